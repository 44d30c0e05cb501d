"""The article's figure drawn by matplotlib, as its notebook's users draw it today: the function as
a surface and as level lines, side by side, with a path for each optimizer. Shared by the scripts
that make a film or a still of it.

The paths are read from the CSV that optrender writes, so that both sides draw the same numbers and
the peer is spared the time to compute them.
"""
import csv
import sys
from collections import namedtuple

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend comes first)
import numpy as np  # noqa: E402

Call = namedtuple("Call", "f lo hi minimum elevation azimuth levels contour")
Path = namedtuple("Path", "label x y z")
Figure = namedtuple("Figure", "figure surface contour")

COLORMAP = "viridis"
STEP = 0.01
INCHES = (14, 4)
FPS = 5
LOG = {"log": True, "vmin": -7, "vmax": 7, "alpha": 0.5}


def beale(x, y):
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


CALLS = {
    "quad": Call(lambda x, y: x**2 + 4 * y**2, -4.5, 4.5, (0, 0), 30, 5, 30, {}),
    "booth": Call(lambda x, y: (x + 2 * y - 7)**2 + (2 * x + y - 5)**2,
                  -3, 6, (1, 3), 70, -60, 40, {}),
    "hyper": Call(lambda x, y: y**2 - x**2, -4, 4, None, 30, -30, 40, {}),
    "beale": Call(beale, -4.5, 4.5, (3, 0.5), 30, -20, 300, LOG),
}


def read_paths(file_name):
    """The paths in the order of their first rows."""
    rows = {}
    with open(file_name, newline="") as file:
        for row in csv.DictReader(file):
            numbers = [float(row[key]) for key in ("x", "y", "loss")]
            rows.setdefault(row["optimizer"], []).append(numbers)
    return [Path(label, *np.array(points).T) for label, points in rows.items()]


def draw_contour(axes, call, x, y, z):
    options = dict(call.contour)
    values = np.log(z) if options.pop("log", False) else z
    axes.contour(x, y, values, call.levels, cmap=COLORMAP, **options)
    axes.set_xlim(call.lo, call.hi)
    axes.set_ylim(call.lo, call.hi)
    axes.set_xticks([])
    axes.set_yticks([])


def draw_surface(axes, call, x, y, z):
    axes.plot_surface(x, y, z, rcount=50, ccount=50, cmap=COLORMAP)
    axes.set_xlim(call.lo, call.hi)
    axes.set_ylim(call.lo, call.hi)
    axes.set_zlim(z.min(), z.max())
    axes.view_init(call.elevation, call.azimuth)
    axes.dist = 7.5
    axes.axis("off")


def draw_minimum(figure, call, zorder):
    if call.minimum:
        star = {"marker": (5, 1), "markersize": 20, "color": "C3", "alpha": 0.4}
        x, y = call.minimum
        figure.surface.plot([x], [y], [call.f(x, y)], zorder=zorder, **star)
        figure.contour.plot([x], [y], **star)


def draw_figure(call, dpi, star_zorder=2):
    """Everything but the paths."""
    figure = plt.figure(figsize=INCHES, dpi=dpi)
    surface = figure.add_subplot(1, 2, 1, projection="3d")
    contour = figure.add_subplot(1, 2, 2)
    samples = np.arange(call.lo, call.hi, STEP)
    x, y = np.meshgrid(samples, samples)
    z = call.f(x, y)
    draw_surface(surface, call, x, y, z)
    draw_contour(contour, call, x, y, z)
    drawn = Figure(figure, surface, contour)
    draw_minimum(drawn, call, star_zorder)
    return drawn


def make_films(make):
    """Makes the films of the command line with make(name, dpi, paths_file, out)."""
    dpi, films = float(sys.argv[1]), sys.argv[2:]
    for name, paths_file, out in zip(films[0::3], films[1::3], films[2::3]):
        make(name, dpi, paths_file, out)
