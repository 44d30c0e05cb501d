"""How commands are run, timed and compared; nothing here knows what is measured.

Times are wall time from starting a process to its end. Processor time and peak memory are what the
kernel reports for the process and the children that it waited for: time is their sum, memory the
largest single one of them.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple

Sample = namedtuple("Sample", "wall cpu peak_mb")

# A command, and how often it runs for each time that the benchmark asks for.
Side = namedtuple("Side", "command runs")


class Unmeasured(Exception):
    """Why a row has no figure: a tool is missing, or a command failed."""


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def message_in(text):
    """The line that says what is wrong: the first with "error:", else the last."""
    lines = text.strip().splitlines() or ["no message"]
    return next((line for line in lines if "error:" in line), lines[-1])


def run(command):
    """Runs a command, which has to succeed, and returns its Sample."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        try:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.DEVNULL, stderr=errors)
        except OSError as error:
            raise Unmeasured(f"{command[0]}: {error.strerror}") from error
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            name = os.path.basename(command[0])
            errors.seek(0)
            message = message_in(errors.read().decode(errors="replace"))
            raise Unmeasured(f"{name} failed ({child.returncode}): {message}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def output_of(command):
    """What a command prints, standard output and errors together."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
    except OSError as error:
        raise Unmeasured(f"{command[0]}: {error.strerror}") from error
    text = done.stdout.decode(errors="replace")
    if done.returncode:
        name = os.path.basename(command[0])
        raise Unmeasured(f"{name} failed ({done.returncode}): {message_in(text)}")
    return text


def rounds_of(side, rounds):
    """The rounds in which a side runs: all, or fewer around the middle."""
    runs = min(side.runs, rounds)
    return {int((i + 0.5) * rounds / runs) for i in range(runs)}


def interleave(sides):
    """Runs all sides (a dict of Side) in turns, every other round backwards, and returns the list
    of Samples of each. The first side, ours, runs once before as a warm-up."""
    names = list(sides)
    rounds = max(side.runs for side in sides.values())
    samples = {name: [] for name in names}
    run(sides[names[0]].command)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            if number in rounds_of(sides[name], rounds):
                samples[name].append(run(sides[name].command))
                say(f"{name}: {samples[name][-1].wall:.3f} s")
    return samples


def median(samples, field="wall"):
    return statistics.median(getattr(sample, field) for sample in samples)


def need(*tools):
    for tool in tools:
        if not shutil.which(tool):
            raise Unmeasured(f"{tool} is missing")


def find_python():
    """The first Python 3 that can draw with matplotlib; importing it here also lets it make its
    cache of fonts before anything is timed."""
    program = "import matplotlib, numpy, mpl_toolkits.mplot3d, matplotlib.pyplot"
    for name in os.environ.get("PYTHON"), "python3", "/usr/bin/python3", sys.executable:
        path = shutil.which(name) if name else None
        if path and not subprocess.run([path, "-c", program], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       check=False).returncode:
            return path
    raise Unmeasured("no python3 with matplotlib")


def frame_count(film):
    need("ffprobe")
    text = output_of(["ffprobe", "-v", "error", "-count_packets", "-select_streams", "v:0",
                      "-show_entries", "stream=width,height,nb_read_packets", "-of", "csv=p=0",
                      film])
    width, height, frames = (int(part) for part in text.strip().split(","))
    return width, height, frames


def check_film(film, width, height, frames):
    """A film that is not what it should be must not be compared."""
    found = frame_count(film)
    if found != (width, height, frames):
        raise Unmeasured("{} is {}x{} with {} frames".format(os.path.basename(film), *found))


def x264_options(film):
    """The options that x264 writes into the films it makes."""
    with open(film, "rb") as file:
        found = re.search(rb"x264 - core [^\0]*? - options: ([\x20-\x7e]+)", file.read())
    if not found:
        raise Unmeasured(f"no options of x264 in {os.path.basename(film)}")
    return found[1]


def settings_options(settings):
    """Encoder settings as the program's libavcodec takes them, KEY=VALUE,KEY=VALUE, as options of
    the ffmpeg program."""
    options = []
    for setting in settings.split(",") if settings else []:
        key, _, value = setting.partition("=")
        options += [f"-{key}:v" if key == "profile" else f"-{key}", value]
    return options


def encode_command(raw, size, settings, out):
    return (["ffmpeg", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p",
             "-s", "{}x{}".format(*size), "-r", "5", "-i", raw, "-c:v", "libx264"]
            + settings_options(settings) + ["-y", out])


def raw_frames(optrender, preset_options, folder):
    """The frames that go to the program's encoder, as a file of raw yuv420p."""
    need("ffmpeg")
    y4m, raw = os.path.join(folder, "lossless.y4m"), os.path.join(folder, "lossless.yuv")
    run([optrender, *preset_options, "-q", "--force", "-o", y4m])
    run(["ffmpeg", "-loglevel", "error", "-i", y4m, "-f", "rawvideo", "-y", raw])
    os.remove(y4m)
    return raw


def ssim(film, raw, size):
    """SSIM of a film against the lossless frames: a dict of Y, U, V and All. Frames are matched by
    their number, since ours hold the first and the last one longer."""
    match = "settb=1/5,setpts=N"
    text = output_of(["ffmpeg", "-hide_banner", "-nostats", "-i", film,
                      "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "{}x{}".format(*size),
                      "-r", "5", "-i", raw,
                      "-lavfi", f"[0:v]{match}[a];[1:v]{match}[b];[a][b]ssim",
                      "-f", "null", "-"])
    found = dict(re.findall(r"\b(Y|U|V|All):([0-9.]+)", text[text.rfind("SSIM "):]))
    if len(found) != 4:
        raise Unmeasured("ffmpeg printed no SSIM")
    return {plane: float(value) for plane, value in found.items()}
