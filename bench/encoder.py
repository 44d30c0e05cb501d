"""Tries encoder settings on the frames of our films, and prints Markdown tables of time, size and
SSIM against the lossless frames: one table per film, and one of all.

Usage: encoder.py [--optrender ./optrender] [--runs N] [--films NAME,...] [SETTINGS]...

SETTINGS are KEY=VALUE,KEY=VALUE as in src/write/video.c, or the word program for what the program
itself sets, or "program KEY=VALUE ..." for that with some settings changed; given ones replace the
list below. All candidates encode the same raw frames from a file with the ffmpeg program, in turns.
"""
import argparse
import os
import re
import sys
import tempfile
from collections import namedtuple

import measure
import rows
from measure import Side, Unmeasured, median, say

DEFAULT = ""  # ffmpeg's own: preset medium, crf 23, no tune
PROGRAM = "program"  # what the program's own films are made with

# What the program sets, one decision after another taken back, and other ways.
CANDIDATES = [
    DEFAULT,
    PROGRAM,
    "program me=dia subme=2",
    "program me=umh subme=8",
    "program me=dia",
    "program subme=0",
    "program trellis=0",
    "program bf=0",
    "program bf=4",
    "program ref=1",
    "program ref=3",
    "program partitions=none",
    "program no-dct-decimate=0",
    "program psy=1",
    "program chroma-qp-offset=0",
    "program i_qfactor=0.71",
    "program pbratio=1",
    "program threads=1",
    "program threads=4",
    "preset=veryfast",
    "preset=veryfast,crf=20",
    "preset=fast,crf=20,tune=animation",
    "preset=superfast,crf=20",
    "preset=ultrafast,qp=18",
]

Film = namedtuple("Film", "size options preset")
Result = namedtuple("Result", "time bytes ssim")

FILMS = {name: Film(rows.LARGE, ("--dpi", "200"), name) for name in rows.FRAMES}
FILMS.update({f"{name}-small": Film(rows.SMALL, ("--dpi", "72"), name) for name in rows.FRAMES})
FILMS["turning"] = Film(rows.FULL_HD, rows.CAMERA_OPTIONS, "hyper")


def label(settings):
    return {PROGRAM: "(the program's)", DEFAULT: "(ffmpeg's default)"}.get(settings, settings)


def changed(settings, key, value):
    """The settings with another value of one of them, or with one more of x264's."""
    found = re.compile(f"(^|[,:]){re.escape(key)}=[^,:]*")
    if found.search(settings):
        return found.sub(lambda match: f"{match[1]}{key}={value}", settings)
    return settings.replace("x264-params=", f"x264-params={key}={value}:")


def resolved(given, settings, film, folder):
    """What the program's settings are for a film; others are what they are."""
    program, *changes = settings.split(" ")
    if program != PROGRAM:
        return settings
    out = os.path.join(folder, "program.mp4")
    preset = os.path.join(given.presets, f"{film.preset}.ini")
    measure.run([given.optrender, preset, *film.options, "-q", "-o", out])
    here = os.path.dirname(os.path.abspath(__file__))
    program = rows.our_settings(here, out, film.size)
    for change in changes:
        program = changed(program, *change.split("=", 1))
    return program


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
                        help="instead of the list here; '' are ffmpeg's own")
    parser.add_argument("--optrender", default="./optrender")
    parser.add_argument("--presets", default=os.path.join(here, "..", "presets"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--films", type=names_in, default=list(FILMS))
    given = parser.parse_args()
    given.settings = given.settings or CANDIDATES
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


try:
    main()
except Unmeasured as why:
    sys.exit(f"encoder.py: {why}")
