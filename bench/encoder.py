"""Tries encoder settings on the frames of our films, and prints Markdown tables of time, size and
SSIM against the lossless frames: one table per film, and one of all.

Usage: encoder.py [--optrender ./optrender] [--runs N] [--films NAME,...] [SETTINGS]...

SETTINGS are written as in src/write/video.c (KEY=VALUE,KEY=VALUE), or are the word program for what
the program itself sets; given ones replace the list below. All candidates encode the same raw frames from a file with the ffmpeg program, in turns.
"""
import argparse
import os
import sys
import tempfile
from collections import namedtuple

import measure
import rows
from measure import Side, Unmeasured, median, say

DEFAULT = ""  # ffmpeg's own: preset medium, crf 23, no tune
PROGRAM = "program"  # what the program's own films are made with

# What all candidates of ours share: a fixed number of threads and code that
# does not depend on the processor, so that films are the same everywhere.
COMMON = ("profile=high", "threads=2", "x264-params=cpu-independent=1")


def ours(preset, crf, *params, tune=None, g=100, bf=0):
    parts = [f"preset={preset}", f"crf={crf}", f"g={g}", f"bf={bf}"]
    parts += [f"tune={tune}"] if tune else []
    return ",".join((*parts, ":".join((",".join(COMMON), *params))))


CANDIDATES = [
    DEFAULT,
    "preset=veryfast",
    *(ours(preset, 20, tune=tune)
      for preset in ("fast", "veryfast", "superfast", "ultrafast")
      for tune in ("animation", "stillimage", None)),
    *(ours("veryfast", crf, tune="animation") for crf in (17, 18, 22, 23)),
    *(ours("veryfast", crf, tune="ssim") for crf in (19, 21)),
    ours("veryfast", 20, tune="animation", g=250),
    ours("veryfast", 20, tune="animation", bf=3),
    ours("veryfast", 20, "aq-mode=0", tune="animation"),
    ours("veryfast", 20, "no-mbtree=1"),
    ours("veryfast", 21, "no-psy=1", "trellis=2", g=250),
    ours("veryfast", 21, "no-psy=1", "subme=4", g=250),
    ours("veryfast", 21, "no-psy=1", "chroma-qp-offset=-3", g=250),
    ours("superfast", 21, "no-psy=1", "rc-lookahead=20", "mbtree=1", g=250),
]

Film = namedtuple("Film", "size options preset")
Result = namedtuple("Result", "time bytes ssim")

FILMS = {name: Film(rows.LARGE, ("--dpi", "200"), name) for name in rows.FRAMES}
FILMS["turning"] = Film(rows.FULL_HD, rows.CAMERA_OPTIONS, "hyper")


def label(settings):
    """Without what candidates share, for which stands a plus."""
    shared = ",".join(COMMON)
    short = settings.replace("," + shared + ":", ",x264-params=+:").replace("," + shared, ",+")
    return {PROGRAM: "(the program's)", DEFAULT: "(ffmpeg's default)"}.get(settings, short)


def resolved(given, settings, film, folder):
    """What the program's settings are for a film; others are what they are."""
    if settings != PROGRAM:
        return settings
    out = os.path.join(folder, "program.mp4")
    preset = os.path.join(given.presets, f"{film.preset}.ini")
    measure.run([given.optrender, preset, *film.options, "-q", "-o", out])
    return rows.our_settings(os.path.dirname(os.path.abspath(__file__)), out)


def usable(settings, command):
    """Whether ffmpeg takes these settings; says so when it does not."""
    try:
        measure.run(command)
        return True
    except Unmeasured as reason:
        say(f"{settings}: {reason}")
        return False


def try_film(given, name, folder):
    """The results of one film by settings."""
    film = FILMS[name]
    preset = os.path.join(given.presets, f"{film.preset}.ini")
    raw = measure.raw_frames(given.optrender, [preset, *film.options], folder)
    outs = {settings: os.path.join(folder, f"{number}.mp4")
            for number, settings in enumerate(given.settings)}
    sides = {settings: Side(measure.encode_command(raw, film.size,
                                                   resolved(given, settings, film, folder), out),
                            given.runs)
             for settings, out in outs.items()}
    sides = {settings: side for settings, side in sides.items() if usable(settings, side.command)}
    samples = measure.interleave(sides)
    found = {settings: Result(median(samples[settings]), os.path.getsize(out),
                              measure.ssim(out, raw, film.size))
             for settings, out in outs.items() if settings in sides}
    os.remove(raw)
    return found


def line(settings, result):
    planes = " | ".join(f"{result.ssim[plane]:.6f}" for plane in ("All", "Y", "U", "V"))
    return f"| `{label(settings)}` | {result.time:.3f} | {result.bytes:,} | {planes} |"


def print_table(title, results):
    print(f"\n{title}\n")
    print("| settings | time, s | bytes | SSIM | Y | U | V |")
    print("|---|---|---|---|---|---|---|")
    for settings, result in results.items():
        print(line(settings, result), flush=True)


def sum_of(results):
    """Times and sizes added up, and of the SSIM the lowest."""
    planes = results[0].ssim
    return Result(sum(result.time for result in results), sum(result.bytes for result in results),
                  {plane: min(result.ssim[plane] for result in results) for plane in planes})


def names_in(text):
    names = text.split(",")
    for name in names:
        if name not in FILMS:
            raise argparse.ArgumentTypeError(f"unknown film {name!r}; there are {' '.join(FILMS)}")
    return names


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="compares encoder settings on our films")
    parser.add_argument("settings", nargs="*", metavar="SETTINGS",
                        help="instead of the program's own and the list here; '' are ffmpeg's")
    parser.add_argument("--optrender", default="./optrender")
    parser.add_argument("--presets", default=os.path.join(here, "..", "presets"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--films", type=names_in, default=list(FILMS))
    given = parser.parse_args()
    given.settings = given.settings or [PROGRAM, *CANDIDATES]
    given.optrender = os.path.abspath(given.optrender)
    return given


def main():
    given = arguments()
    found = {}
    with tempfile.TemporaryDirectory(prefix="optrender-encoder-") as folder:
        for name in given.films:
            say(name)
            found[name] = try_film(given, name, folder)
            print_table("{} {}x{}".format(name, *FILMS[name].size), found[name])
    complete = [settings for settings in given.settings
                if all(settings in results for results in found.values())]
    print_table(f"{', '.join(given.films)}: times and sizes added up, lowest SSIM",
                {settings: sum_of([results[settings] for results in found.values()])
                 for settings in complete})
    print(f"\n`+` is `{','.join(COMMON)}`.")


try:
    main()
except Unmeasured as why:
    sys.exit(f"encoder.py: {why}")
