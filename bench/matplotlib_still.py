"""One still by matplotlib: the complete paths, with a dot at every step.

Usage: matplotlib_still.py DPI NAME PATHS.csv OUT.png
"""
import sys

import notebook


def main(dpi, name, paths_file, out):
    figure = notebook.draw_figure(notebook.CALLS[name], float(dpi), star_zorder=10)
    for number, path in enumerate(notebook.read_paths(paths_file)):
        style = {"markersize": 1.5, "color": f"C{number}", "label": path.label}
        figure.surface.plot(path.x, path.y, path.z, "o-", zorder=10, **style)
        figure.contour.plot(path.x, path.y, "o-", **style)
    figure.contour.legend(loc="best")
    figure.figure.savefig(out)


main(*sys.argv[1:])
