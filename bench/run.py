"""Measures optrender next to other ways to make the same things, and prints a table.

Usage: run.py [options] [ROW]...     (make bench calls it; bench/README.md explains the rows)

A bar that is missed and a tool that is missing are said in the table; the exit status is 0 in both
cases.
"""
import argparse
import os
import shutil
import sys
import tempfile

import rows

HEADINGS = ("what", "ours", "peer", "ratio", "bar", "aim", "reached")


def bar_text(bar, value):
    return f"{bar.kind} {value:.4g}{bar.unit}" if value is not None else ""


def meets(bar, figure, value):
    return figure >= value if bar.kind == "at least" else figure <= value


def reached(row):
    if row.figure is None:
        return f"not measured: {row.why}"
    if not meets(row.bar, row.figure, row.bar.value):
        return "no" + (f"; {row.why}" if row.why else "")
    if row.why:
        return f"no: {row.why}"
    has_aim = row.bar.aim is not None and meets(row.bar, row.figure, row.bar.aim)
    return "yes, the aim too" if has_aim else "yes"


def cells(row):
    figure = "" if row.figure is None else f"{row.figure:.4g}{row.bar.unit}"
    return (row.what, row.ours, row.peer, figure, bar_text(row.bar, row.bar.value),
            bar_text(row.bar, row.bar.aim), reached(row))


def print_table(found):
    """As Markdown, with columns that line up on a terminal too."""
    table = [HEADINGS, *(cells(row) for row in found)]
    widths = [max(len(line[i]) for line in table) for i in range(len(HEADINGS))]
    rule = tuple("-" * width for width in widths)
    for line in (table[0], rule, *table[1:]):
        print("| " + " | ".join(text.ljust(width) for text, width in zip(line, widths)) + " |")


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def optional(text):
    """make passes an empty text for what was not given."""
    return positive(text) if text else None


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="measures optrender next to other ways")
    parser.add_argument("row", nargs="*", metavar="ROW",
                        help=f"which rows; default: all of {' '.join(rows.ROWS)}")
    parser.add_argument("--optrender", default="./optrender")
    parser.add_argument("--grid-contour", default="bench/grid_contour")
    parser.add_argument("--presets", default=os.path.join(here, "..", "presets"))
    parser.add_argument("--runs", type=optional,
                        help="runs of each side; default: 5, of long ones 3")
    parser.add_argument("--slow-runs", type=optional,
                        help="runs of matplotlib's four films; default: 1")
    given = parser.parse_args()
    for name in given.row:
        if name not in rows.ROWS:
            parser.error(f"unknown row {name!r}; there are {' '.join(rows.ROWS)}")
    return given, here


def bench_of(given, here, folder):
    return rows.Bench(os.path.abspath(given.optrender), os.path.abspath(given.grid_contour),
                      os.path.abspath(given.presets), here, folder, given.runs or 5,
                      given.runs or 3, given.slow_runs or 1)


def measure_into(found, bench, names):
    """Each benchmark has a folder of its own, which is emptied before the next."""
    for name in names:
        folder = os.path.join(bench.folder, name)
        os.mkdir(folder)
        found.extend(rows.measured(bench._replace(folder=folder), name))
        shutil.rmtree(folder)


def main():
    given, here = arguments()
    found = []
    with tempfile.TemporaryDirectory(prefix="optrender-bench-") as folder:
        try:
            measure_into(found, bench_of(given, here, folder), given.row or rows.ROWS)
        except KeyboardInterrupt:
            print("bench: interrupted", file=sys.stderr)
    print_table(found)


main()
