/* Opens what the program writes for browsers in one that has no window: films play to their
 * end, nothing is asked for, nothing is complained about, everybody can use it.
 *
 *     node check.mjs CHROMIUM FOLDER
 *
 * FOLDER holds gallery/, many/ (a gallery with a search), page.html and embedded.html, and gets
 * screenshots in shots/, to be looked at. */
import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [program, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = resolve(folder, "shots");
mkdirSync(shots, { recursive: true });
const at = name => pathToFileURL(resolve(folder, name)).href;

let checks = 0, failures = 0;
function check(what, good, ...rest) {
  checks++;
  if (!good) {
    failures++;
    console.log(`FAIL: ${what}`, ...rest);
  }
}

const browser = await chromium.launch({
  executablePath: program, args: ["--no-sandbox", "--disable-gpu"],
});

/* Opens a page with these settings, lets use look at it, and looks at what it asked for. */
async function visit(name, settings, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...settings });
  const page = await context.newPage();
  const told = [];
  page.on("console", message => message.type() === "error" && told.push(message.text()));
  page.on("pageerror", error => told.push(String(error)));
  page.on("request", request => {
    if (!/^(file|data|blob):/.test(request.url())) told.push(`asks for ${request.url()}`);
  });
  page.on("requestfailed", request => {
    /* A film that is no longer wanted is not read to its end. */
    if (!/ERR_ABORTED/.test(request.failure().errorText)) {
      told.push(`cannot have ${request.url().slice(0, 200)}`);
    }
  });
  page.setDefaultTimeout(20000);
  try {
    await page.goto(at(name));
    await use(page);
  } catch (error) {
    check(`${name} ${JSON.stringify(settings)}: ${error}`, false);
  }
  check(`${name}: complains`, told.length === 0, told);
  await context.close();
}

/* Faults that keep somebody out. */
async function check_access(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const grave = violations.filter(fault => /serious|critical/.test(fault.impact));
  check(`${name}: axe`, grave.length === 0,
        grave.map(fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 120))}`));
}

async function check_width(page, name) {
  const [inner, outer] = await page.evaluate(() => [
    document.documentElement.scrollWidth, innerWidth]);
  check(`${name}: is ${inner} pixels wide in ${outer}`, inner <= outer);
}

/* Plays on from where it is, 16 times as fast, to the end. */
function to_end(video) {
  return video.evaluate(film => new Promise((done, fail) => {
    film.addEventListener("ended", () => done(film.duration > 0 &&
                                              film.currentTime === film.duration));
    film.addEventListener("error", () => fail(film.error.message));
    film.loop = false;
    film.playbackRate = 16;
  }));
}

const plays = video => video.evaluate(film => !film.paused);

const wide = { width: 1440, height: 900 };
for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 768, 1440]) {
    for (const name of ["gallery/index.html", "page.html", "embedded.html"]) {
      const viewport = { width, height: 900 };
      await visit(name, { colorScheme, viewport, reducedMotion: "reduce" }, async page => {
        const label = `${name} ${width} ${colorScheme}`;
        for (const image of await page.locator("img").all()) {
          await image.scrollIntoViewIfNeeded();
          check(`${label}: a still is missing`,
                await image.evaluate(still => still.decode().then(() => still.naturalWidth > 0)));
        }
        await check_width(page, label);
        await check_access(page, label);
        await page.evaluate(() => scrollTo(0, 0));
        const shot = `${name.replace(/\W.*/, "")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: resolve(shots, shot), fullPage: true });
      });
    }
  }
}

/* Under the mouse. */
for (const colorScheme of ["light", "dark"]) {
  await visit("gallery/index.html", { colorScheme }, async page => {
    for (const player of await page.locator(".player").all()) {
      const video = player.locator("video"), button = player.locator("button");
      check("plays by itself", !await plays(video));
      await button.hover();
      check("does not play", await plays(video));
      const film = await video.evaluate(element => element.currentSrc);
      check(`the film is ${film}`, /\/dark\//.test(film) === (colorScheme === "dark"));
      check("does not end", await to_end(video));
      await page.mouse.move(0, 0);
      check("plays on", !await plays(video));
      check("the still is not back",
            await video.evaluate(element => getComputedStyle(element).opacity === "0"));
    }
    await page.locator(".player button").first().hover();
    await page.locator(".player button").first().click();
    check("a click does not stop it", !await plays(page.locator("video").first()));
  });
}

/* By the keyboard, with the films' names. */
await visit("gallery/index.html", {}, async page => {
  const video = page.locator("video").first(), button = page.locator(".player button").first();
  for (let i = 0; i < 20 && !await button.evaluate(element => element.matches(":focus")); i++) {
    await page.keyboard.press("Tab");
  }
  check("is not reached by Tab", await plays(video));
  check("is not pressed", await button.getAttribute("aria-pressed") === "true");
  await page.keyboard.press("Enter");
  check("Enter does not stop it", !await plays(video));
  await page.keyboard.press("Enter");
  check("Enter does not play it", await plays(video));
  await page.keyboard.press("Tab");
  check("plays without the focus", !await plays(video));
});

/* By touch. */
await visit("gallery/index.html", { hasTouch: true, isMobile: true, viewport: { width: 360,
                                    height: 740 } }, async page => {
  const video = page.locator("video").first(), button = page.locator(".player button").first();
  await button.tap();
  check("a tap does not play it", await plays(video));
  await button.tap();
  check("a tap does not stop it", !await plays(video));
});

/* For those who want no motion. */
await visit("gallery/index.html", { reducedMotion: "reduce" }, async page => {
  const video = page.locator("video").first(), button = page.locator(".player button").first();
  await button.hover();
  check("moves for those who want no motion", !await plays(video));
  await button.click();
  check("cannot be played by those who want no motion", await plays(video));
});

/* Without scripts there are stills, and links to the films. */
await visit("gallery/index.html", { javaScriptEnabled: false }, async page => {
  check("no stills without scripts", await page.locator("img:visible").count() > 0);
  check("no films without scripts", await page.locator('.facts a[href$=".mp4"]').count() > 0);
  check("dead buttons without scripts", await page.locator("button:visible").count() === 0);
});

/* The search. */
await visit("gallery/index.html", {}, async page => {
  check("a search among few", await page.locator("input").count() === 0);
});
await visit("many/index.html", {}, async page => {
  const films = page.locator(".film:visible"), all = await page.locator(".film").count();
  await page.getByLabel("Search the films").fill("");
  check(`${await films.count()} of ${all} films at first`, await films.count() === all);
  await page.getByLabel("Search the films").fill("p7");
  check(`finds ${await films.count()}`, await films.count() === 1);
  check("does not tell how many", await page.locator("output").textContent() ===
        `1 of ${all} films`);
  await page.getByLabel("Search the films").fill("P1 quad-");
  check("finds what is not there", await films.count() === 0);
  await check_access(page, "many");
});

/* The figure, alone and in another page. */
for (const name of ["page.html", "embedded.html"]) {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    await visit(name, { reducedMotion }, async page => {
      const video = page.locator("video");
      check(`${name}: plays by itself`, !await plays(video));
      check(`${name}: no poster`, await video.evaluate(async film => {
        const still = new Image();
        still.src = film.poster;
        await still.decode();
        return still.naturalWidth > 0 &&
               Math.abs(still.naturalWidth / still.naturalHeight / (film.width / film.height) - 1) < 0.02;
      }));
      check(`${name}: shows captions by itself`,
            await video.evaluate(film => film.textTracks[0].mode === "disabled"));
      check(`${name}: no captions`, await video.evaluate(film => new Promise(done => {
        const track = film.querySelector("track");
        track.onload = () => done(film.textTracks[0].cues.length > 1);
        track.onerror = () => done(false);
        film.textTracks[0].mode = "showing";
      })));
      await video.evaluate(film => film.play());
      check(`${name}: another size`, await video.evaluate(
        film => film.videoWidth === film.width && film.videoHeight === film.height));
      check(`${name}: does not end`, await to_end(video));
    });
  }
}

await browser.close();
console.log(`${checks} checks, ${failures} failures`);
process.exit(failures ? 1 : 0);
