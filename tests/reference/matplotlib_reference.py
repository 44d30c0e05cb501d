#!/usr/bin/python3
"""Writes levels.csv and projection.csv: what matplotlib 3.6 says.

Run by hand: python3 tests/reference/matplotlib_reference.py tests/reference
(Debian: python3-matplotlib). The tests only read the files.
"""
import csv
import os
import random
import sys
import warnings

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.ticker import MaxNLocator
from mpl_toolkits.mplot3d import proj3d

random.seed(1)
warnings.simplefilter("ignore")  # axes.dist is deprecated in 3.6
folder = sys.argv[1]


def levels(low, high, wanted):
    """The levels that ContourSet makes of an integer."""
    ticks = MaxNLocator(wanted + 1, min_n_ticks=1).tick_values(low, high)
    below = [i for i, t in enumerate(ticks) if t < low]
    above = [i for i, t in enumerate(ticks) if t > high]
    return ticks[below[-1] if below else 0: above[0] + 1 if above else len(ticks)]


with open(os.path.join(folder, "levels.csv"), "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["low", "high", "wanted", "count", "first", "second", "last"])
    written = 0
    while written < 300:
        low = random.choice([0, 1, -1, 1e4]) * random.uniform(0, 3) * 10 ** random.randint(-8, 8)
        high = low + random.uniform(0.1, 10) * 10 ** random.randint(-6, 9)
        wanted = random.randint(1, 400)
        if high - low < 1e-12 * max(abs(low), abs(high)):
            continue  # rounding noise: matplotlib widens such limits, we draw no lines
        written += 1
        found = levels(low, high, wanted)
        rows.writerow([repr(low), repr(high), wanted, len(found), repr(float(found[0])),
                       repr(float(found[1])), repr(float(found[-1]))])

with open(os.path.join(folder, "projection.csv"), "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    names = "xlo xhi ylo yhi zlo zhi azimuth elevation distance x y z page_x page_y depth"
    rows.writerow(names.split())
    for _ in range(200):
        spans = []
        for _axis in range(3):
            low = random.uniform(-100, 100)
            spans.append((low, low + random.uniform(0.01, 500)))
        azimuth, elevation = random.uniform(-360, 360), random.uniform(-89, 89)
        distance = random.uniform(3, 20)
        figure = plt.figure(figsize=(14, 4), dpi=72)
        axes = figure.add_subplot(1, 2, 1, projection="3d")
        axes.set_xlim(*spans[0]), axes.set_ylim(*spans[1]), axes.set_zlim(*spans[2])
        axes.view_init(elevation, azimuth)
        axes.dist = distance
        axes.apply_aspect()
        point = [random.uniform(*span) for span in spans]
        tx, ty, tz = proj3d.proj_transform(*point, axes.get_proj())
        px, py = axes.transData.transform((tx, ty))
        rows.writerow([repr(v) for span in spans for v in span]
                      + [repr(v) for v in (azimuth, elevation, distance, *point)]
                      + [repr(float(px)), repr(float(py)), repr(float(-distance / tz))])
        plt.close(figure)
