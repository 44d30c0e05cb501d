"use strict";
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const players = document.querySelectorAll(".player");

for (const player of players) {
  const video = player.querySelector("video");
  const button = player.querySelector("button");
  const play = () => {
    for (const other of players) if (other !== player) other.dispatchEvent(new Event("rest"));
    player.classList.add("plays");
    button.setAttribute("aria-pressed", "true");
    video.play().catch(error => error.name === "AbortError" || stop());
  };
  const pause = () => {
    video.pause();
    button.setAttribute("aria-pressed", "false");
  };
  /* Back to the still, which is the film's end. */
  function stop() {
    pause();
    player.classList.remove("plays");
    video.currentTime = 0;
  }
  /* One film at a time. */
  player.addEventListener("rest", () => video.paused || stop());
  button.hidden = false;
  button.addEventListener("click", () => video.paused ? play() : pause());
  /* Whoever wants no motion gets it only by pressing; so do fingers, which point at nothing. */
  button.addEventListener("pointerenter", event => {
    if (event.pointerType === "mouse" && !calm.matches) play();
  });
  button.addEventListener("pointerleave", event => {
    if (event.pointerType === "mouse") stop();
  });
  button.addEventListener("focus", () => {
    if (button.matches(":focus-visible") && !calm.matches) play();
  });
  button.addEventListener("blur", stop);
  /* Another film is the one to play when the page becomes dark or light. */
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    stop();
    video.load();
  });
}

/* What is too wide is scrolled, also by the keyboard. */
const widen = new ResizeObserver(entries => {
  for (const { target } of entries) {
    const wide = target.scrollWidth > target.clientWidth;
    if (wide) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
for (const math of document.querySelectorAll(".math")) widen.observe(math);

const search = document.querySelector(".search");
if (search) {
  const films = [...document.querySelectorAll(".film")];
  const texts = films.map(film => film.textContent.toLowerCase());
  const find = () => {
    const words = search.querySelector("input").value.toLowerCase().split(/\s+/);
    let found = 0;
    films.forEach((film, i) => {
      film.hidden = !words.every(word => texts[i].includes(word));
      found += !film.hidden;
    });
    search.querySelector("output").value =
      found === films.length ? "" : `${found} of ${films.length} films`;
  };
  search.hidden = false;
  search.addEventListener("input", find);
  search.addEventListener("submit", event => event.preventDefault());
  find();
}
