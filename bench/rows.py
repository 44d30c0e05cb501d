"""The rows of the table: what is run, and which figure is held against which bar."""
import os
import re
import statistics
import time
from collections import namedtuple

import measure
from measure import Side, Unmeasured, median, say

FRAMES = {"quad": 20, "booth": 70, "hyper": 50, "beale": 200}
SMALL, LARGE, FULL_HD = (1008, 288), (2800, 800), (1920, 1080)

# Parts of --timings that are drawing (lines, mesh and text are made, then painted)
# or PNG compression, and those of them that only paint and compress.
DRAWING = ("trace", "paint", "frames", "compress")
PAINTING = ("paint", "frames", "compress")

Bar = namedtuple("Bar", "kind value aim unit")

BARS = {
    "films": Bar("at least", 100, 200, "x"),
    "expert": Bar("at least", 25, None, "x"),
    "encode": Bar("at most", 1.0, 0.5, ""),
    "settings": Bar("at most", 1.25, 1.1, ""),
    "steps": Bar("at most", 10.5, None, ""),
    "steps memory": Bar("at most", 1.05, None, ""),
    "optimizers": Bar("at most", 2, None, ""),
    "memory": Bar("at most", 150, None, " MB"),
    "still": Bar("at least", 25, None, "x"),
    "still share": Bar("at most", 1 / 3, None, ""),
    "grid": Bar("at most", 40, None, " ms"),
    "batch": Bar("at least", 1.8, None, "x"),
    "camera": Bar("at least", 30, None, " frames/s"),
    "course": Bar("at most", 1, None, " ms"),
    "course change": Bar("at least", 20, None, "x"),
}

# What is printed: ours and peer as text, figure is what the bar is about. A
# row without a figure was not measured, and why says so; a row with a figure
# and why misses its bar for that reason.
Row = namedtuple("Row", "what ours peer figure bar why")

# What rows are measured with: paths of the programs, the presets' folder, a
# folder of their own to write to, and how often short, long and slow commands
# run.
Bench = namedtuple("Bench", "optrender grid_contour presets scripts folder short long slow")


def seconds(samples):
    return f"{median(samples):.3f} s"


def faster(what, bar, ours, peer):
    """A row that says how many times faster than the peer we are."""
    return Row(what, seconds(ours), seconds(peer), median(peer) / median(ours), BARS[bar], None)


def slower(what, bar, ours, peer, why=None):
    """A row that says how many times the peer's time we take."""
    return Row(what, seconds(ours), seconds(peer), median(ours) / median(peer), BARS[bar], why)


def tried(what, bar, rows):
    """What rows yields; what cannot be measured becomes a row that says why."""
    try:
        yield from rows
    except Unmeasured as reason:
        yield Row(what, "", "", None, BARS[bar], str(reason))
    except Exception as error:  # a surprise in one row must not lose the table
        yield Row(what, "", "", None, BARS[bar], f"{type(error).__name__}: {error}")


def preset(bench, name):
    return os.path.join(bench.presets, f"{name}.ini")


def own(bench, name):
    return os.path.join(bench.folder, name)


def render(bench, presets, out, *options):
    return [bench.optrender, *presets, *options, "-q", "--force", "-o", out]


def write_paths(bench, names):
    """The CSV files that the peers read."""
    presets = [preset(bench, name) for name in names]
    measure.run(render(bench, presets, own(bench, "{name}.csv")))


def peer_films(bench, python, script):
    """The peer's command for the four films, and a name for each of them."""
    command, outs = [python, "-B", os.path.join(bench.scripts, script), "72"], {}
    for name in FRAMES:
        outs[name] = own(bench, f"{name}-peer.mp4")
        command += [name, own(bench, f"{name}.csv"), outs[name]]
    return command, outs


def four_films(bench, script, peer_runs):
    """Samples of ours and the peer's four films at 1008x288."""
    measure.need("ffmpeg")
    python = measure.find_python()
    write_paths(bench, FRAMES)
    theirs, outs = peer_films(bench, python, script)
    presets = [preset(bench, name) for name in sorted(FRAMES)]  # as presets/*.ini has them
    ours = render(bench, presets, own(bench, "{name}-ours.mp4"), "--dpi", "72")
    samples = measure.interleave({"ours": Side(ours, bench.short),
                                  script: Side(theirs, peer_runs)})
    for name, frames in FRAMES.items():
        measure.check_film(own(bench, f"{name}-ours.mp4"), *SMALL, frames)
        measure.check_film(outs[name], *SMALL, frames)
    return samples["ours"], samples[script]


def films(bench):
    samples = four_films(bench, "matplotlib_film.py", bench.slow)
    yield faster("four films 1008x288, matplotlib", "films", *samples)


def expert(bench):
    samples = four_films(bench, "expert_film.py", bench.long)
    yield faster("four films 1008x288, expert's script", "expert", *samples)


def strings_of(field, source):
    """The text of a field in C source, which may be made of several string literals."""
    text = re.search(r"\." + field + r'\s*=((?:\s*"[^"]*")+)', source)
    if not text:
        raise Unmeasured(f"no {field} in src/write/video.c")
    return "".join(re.findall(r'"([^"]*)"', text[1]))


def our_settings(scripts, film, size):
    """The settings of a film of the program: from the one place where they stand, and what depends
    on its frames' number and size, from the options that x264 notes in it."""
    with open(os.path.join(scripts, "..", "src", "write", "video.c")) as file:
        source = file.read()
    more = "large_options" if size[0] * size[1] >= 1000 * 1000 else "small_options"
    settings = strings_of("codec_options", source) + strings_of(more, source)
    noted = dict(re.findall(r"(\w+)=([0-9.]+)", measure.x264_options(film).decode()))
    return f"{settings},threads={noted['threads']},i_qfactor={1 / float(noted['ip_ratio']):.4f}"


def check_same_settings(film, other):
    """x264 notes in a film what it was made with."""
    if measure.x264_options(film) != measure.x264_options(other):
        raise Unmeasured("x264 had other settings in our film")


def film_quality(film, raw):
    """SSIM over all planes, and the file's size."""
    return measure.ssim(film, raw, LARGE)["All"], os.path.getsize(film)


def quality_text(quality):
    return "SSIM {:.6f}, {:,} bytes".format(*quality)


def worse(ours, theirs):
    reasons = ["SSIM is lower"] if ours[0] < theirs[0] else []
    reasons += ["the file is larger"] if ours[1] > theirs[1] else []
    return ", ".join(reasons) or None


def with_quality(row, ours, theirs):
    return row._replace(ours=f"{row.ours}, {quality_text(ours)}",
                        peer=f"{row.peer}, {quality_text(theirs)}", why=worse(ours, theirs))


def encode_one(bench, name):
    """Rows of one film at 2800x800 against encoding its finished frames."""
    options = ["--dpi", "200"]
    outs = {side: own(bench, f"{name}-{side}.mp4") for side in ("ours", "default", "same")}
    raw = measure.raw_frames(bench.optrender, [preset(bench, name), *options], bench.folder)
    command = render(bench, [preset(bench, name)], outs["ours"], *options)
    measure.run(command)
    settings = our_settings(bench.scripts, outs["ours"], LARGE)
    samples = measure.interleave({
        "ours": Side(command, bench.short),
        "default": Side(measure.encode_command(raw, LARGE, "", outs["default"]), bench.short),
        "same": Side(measure.encode_command(raw, LARGE, settings, outs["same"]), bench.short),
    })
    for film in outs.values():
        measure.check_film(film, *LARGE, FRAMES[name])
    ours, default = film_quality(outs["ours"], raw), film_quality(outs["default"], raw)
    os.remove(raw)
    row = slower(f"{name} 2800x800, ffmpeg's default encode", "encode", samples["ours"],
                 samples["default"])
    yield with_quality(row, ours, default)
    check_same_settings(outs["ours"], outs["same"])
    yield slower(f"{name} 2800x800, encode with our settings", "settings", samples["ours"],
                 samples["same"])


def encode(bench):
    measure.need("ffmpeg", "ffprobe")
    for name in FRAMES:
        yield from tried(f"{name} 2800x800", "encode", encode_one(bench, name))


def steps(bench):
    """Booth's function, for all six paths still move after a thousand steps."""
    def side(count):
        out = own(bench, f"steps-{count}.mp4")
        return Side(render(bench, [preset(bench, "booth")], out, "--dpi", "72",
                           "-s", f"problem.steps={count}"), bench.long)

    samples = measure.interleave({"1,000 steps": side(1000), "10,000 steps": side(10000)})
    short, long = samples.values()
    for count in 1000, 10000:
        measure.check_film(own(bench, f"steps-{count}.mp4"), *SMALL, count)
    yield slower("10,000 steps / 1,000, booth 1008x288", "steps", long, short)
    peaks = [median(side, "peak_mb") for side in (long, short)]
    yield Row("the same, peak memory", f"{peaks[0]:.1f} MB", f"{peaks[1]:.1f} MB",
              peaks[0] / peaks[1], BARS["steps memory"], None)


OPTIMIZERS_PRESET = """[problem]
function = booth
x = -3 .. 6
y = -3 .. 6
steps = 200
"""


def optimizer_section(number):
    """Pairs of momentum and Adam from places around the start, so that no two
    paths are the same."""
    method = ("method = momentum\nlearning_rate = 0.002\nmomentum = 0.9",
              "method = adam\nlearning_rate = 0.05")[number % 2]
    return (f"\n[optimizer Path {number + 1}]\n{method}\n"
            f"start = {-2.5 + 0.4 * (number // 2):.1f}, {-2 + 0.3 * (number // 2):.1f}\n")


def write_optimizers(bench, count):
    path = own(bench, f"optimizers-{count}.ini")
    with open(path, "w") as file:
        file.write(OPTIMIZERS_PRESET)
        file.writelines(optimizer_section(number) for number in range(count))
    return path


def optimizers(bench):
    sides = {}
    for count in 2, 20:
        out = own(bench, f"optimizers-{count}.mp4")
        command = render(bench, [write_optimizers(bench, count)], out, "--dpi", "72")
        sides[f"{count} optimizers"] = Side(command, bench.short)
    few, many = measure.interleave(sides).values()
    for count in 2, 20:
        measure.check_film(own(bench, f"optimizers-{count}.mp4"), *SMALL, 200)
    yield slower("20 optimizers / 2, 200 steps, 1008x288", "optimizers", many, few)


def memory(bench):
    out = own(bench, "memory.mp4")
    command = render(bench, [preset(bench, "beale")], out, "--dpi", "200")
    samples = measure.interleave({"beale 2800x800": Side(command, bench.long)})
    measure.check_film(out, *LARGE, FRAMES["beale"])
    peak = median(samples["beale 2800x800"], "peak_mb")
    yield Row("peak memory, beale 2800x800, 200 frames", f"{peak:.1f} MB", "", peak,
              BARS["memory"], None)


STILL_OPTIONS = ("-s", "still.width=14", "-s", "still.height=4", "--dpi", "72")


def png_size(path):
    with open(path, "rb") as file:
        header = file.read(24)
    return int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big")


def check_still(path):
    if png_size(path) != SMALL:
        raise Unmeasured("{} is {}x{}".format(os.path.basename(path), *png_size(path)))


def still_one(bench, python, name):
    ours, theirs = own(bench, f"{name}-ours.png"), own(bench, f"{name}-peer.png")
    script = os.path.join(bench.scripts, "matplotlib_still.py")
    samples = measure.interleave({
        "ours": Side(render(bench, [preset(bench, name)], ours, *STILL_OPTIONS), bench.short),
        "matplotlib": Side([python, "-B", script, "72", name, own(bench, f"{name}.csv"), theirs],
                           bench.short),
    })
    check_still(ours)
    check_still(theirs)
    yield faster(f"{name} still 1008x288, matplotlib", "still", *samples.values())


def timings(text):
    """Milliseconds by stage from what --timings prints: lines of a name and a
    time with its unit."""
    found = {}
    for line in text.splitlines():
        match = re.match(r"\s*(?P<name>[A-Za-z][^\d]*?)\s+(?P<time>[\d.]+) *(?P<unit>ms|s)\b", line)
        if match:
            found[match["name"]] = float(match["time"]) * (1 if match["unit"] == "ms" else 1000)
    return found


def shares_outside(command):
    """The parts of a run, from process start to its end, that are outside drawing and
    compression, and outside painting and compression."""
    start = time.perf_counter()
    stages = timings(measure.output_of(command))
    total = (time.perf_counter() - start) * 1000
    missing = [stage for stage in DRAWING if stage not in stages]
    if missing:
        raise Unmeasured(f"--timings has no {missing[0]}")
    return [max(0, 1 - sum(stages[stage] for stage in inside) / total)
            for inside in (DRAWING, PAINTING)]


def still_share(bench, name):
    command = render(bench, [preset(bench, name)], own(bench, "share.png"), *STILL_OPTIONS,
                     "--timings")
    if "--timings" not in measure.output_of([bench.optrender, "--help"]):
        raise Unmeasured("this optrender has no --timings")
    shares = [shares_outside(command) for _ in range(bench.short)]
    share, strict = (statistics.median(column) for column in zip(*shares))
    yield Row(f"{name} still, share of time outside drawing and PNG",
              f"{100 * share:.0f} % ({100 * strict:.0f} % outside painting and PNG)", "", share,
              BARS["still share"], None)


def still(bench):
    python = measure.find_python()
    write_paths(bench, FRAMES)
    for name in FRAMES:
        yield from tried(f"{name} still", "still", still_one(bench, python, name))
    for name in FRAMES:
        yield from tried(f"{name} still, share", "still share", still_share(bench, name))


def grid(bench):
    text = measure.output_of([bench.grid_contour, preset(bench, "beale")])
    found = {name: float(value) for name, value in (line.split() for line in text.splitlines())}
    ours = "grid {grid_ms:.1f} + contours {contour_ms:.1f} ms".format(**found)
    yield Row("grid {columns:.0f}x{rows:.0f} and {levels:.0f} levels, beale".format(**found), ours,
              "", found["both_ms"], BARS["grid"], None)


BATCH = 64


def batch_presets(bench):
    """Sixteen copies of each preset, in turns."""
    copies = []
    for number in range(BATCH):
        name = list(FRAMES)[number % len(FRAMES)]
        copies.append(own(bench, f"batch-{number:02}.ini"))
        with open(preset(bench, name)) as source, open(copies[-1], "w") as copy:
            copy.write(source.read())
    return copies


def batch(bench):
    presets = batch_presets(bench)
    sides = {}
    for jobs in "2", "1":
        command = render(bench, presets, own(bench, f"{{name}}-j{jobs}.mp4"), "--dpi", "36",
                         "-s", "problem.steps=30", "--jobs", jobs)
        sides[f"-j{jobs}"] = Side(command, bench.short)
    two, one = measure.interleave(sides).values()
    measure.check_film(own(bench, f"batch-{BATCH - 1}-j2.mp4"), 504, 144, 30)
    if (os.cpu_count() or 1) < 2:
        raise Unmeasured("this machine has one processor")
    yield faster("64 films 504x144 of 30 frames, -j2 / -j1", "batch", two, one)


# 49 intervals of 203 ms at 30 frames a second are 300 frames.
CAMERA_FRAMES = 300
CAMERA_OPTIONS = ("--size", "1920x1080", "-s", "surface.azimuth=-30 .. 60", "-s", "film.fps=30",
                  "-s", "film.interval_ms=203")


def camera(bench):
    out = own(bench, "camera.mp4")
    command = render(bench, [preset(bench, "hyper")], out, *CAMERA_OPTIONS)
    samples = measure.interleave({"turning camera": Side(command, bench.long)})
    measure.check_film(out, *FULL_HD, CAMERA_FRAMES)
    wall = median(samples["turning camera"])
    yield Row("camera turns, hyper 1920x1080, 300 frames", f"{wall:.3f} s", "",
              CAMERA_FRAMES / wall, BARS["camera"], None)


COURSE = 300


def course_presets(bench):
    """A folder of presets that are quad with another caption and number of steps."""
    folder = own(bench, "course")
    os.makedirs(folder)
    with open(preset(bench, "quad")) as source:
        text = source.read().partition("[claim]")[0]
    for number in range(COURSE):
        changed = re.sub(r"(?m)^caption .*", f"caption = Lesson {number}", text)
        changed = re.sub(r"(?m)^steps .*", f"steps = {20 + number % 30}", changed)
        with open(os.path.join(folder, f"lesson-{number:03}.ini"), "w") as file:
            file.write(changed)
    return folder


def course(bench):
    """What CI does after a change: nothing to do, and one preset of all."""
    out = own(bench, "course-out")
    command = [bench.optrender, course_presets(bench), "-o", out + "/", "-f", "mp4,png",
               "-s", "film.dpi=50", "-q"]
    change = f'rm "{out}"/lesson-077.*; exec "$@"'
    everything, nothing, one = measure.interleave({
        "all": Side([*command, "--force"], bench.slow),
        "up to date": Side(command, bench.short),
        "one": Side(["sh", "-c", change, "sh", *command], bench.short),
    }).values()
    measure.check_film(os.path.join(out, "lesson-077.mp4"), 700, 200, 37)
    each = 1000 * median(nothing) / (2 * COURSE)
    yield Row(f"{COURSE} films and {COURSE} stills that are up to date, each", seconds(nothing),
              seconds(everything), each, BARS["course"], None)
    yield faster(f"one of {COURSE} presets changed / all of them", "course change", one, everything)


ROWS = {function.__name__: function for function in (
    films, expert, encode, steps, optimizers, memory, still, grid, batch, camera, course)}


def measured(bench, name):
    """The rows of one benchmark."""
    say(name)
    yield from tried(name, name, ROWS[name](bench))
