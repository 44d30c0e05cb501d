"""What an expert makes of matplotlib: the background is drawn once and restored for every frame,
only paths and heads are drawn again, and the pixels go straight into ffmpeg, which encodes
meanwhile.

Usage: expert_film.py DPI NAME PATHS.csv OUT.mp4 [NAME PATHS.csv OUT.mp4]...
"""
import subprocess
import sys

from mpl_toolkits.mplot3d import proj3d

import notebook


def project(axes, path):
    """The camera does not move: a path is projected once and drawn as flat lines."""
    x, y, _ = proj3d.proj_transform(path.x, path.y, path.z, axes.get_proj())
    return x, y


def line_and_head(axes, x, y, **style):
    line = notebook.plt.Line2D([], [], zorder=10, **style)
    head = notebook.plt.Line2D([], [], marker="o", markersize=5, zorder=10, **style)
    for artist in line, head:
        artist.set_animated(True)
        artist.set_transform(axes.transData)
        artist.set_clip_path(axes.patch)
        artist.axes = axes
        artist.figure = axes.figure
    return line, head, x, y


def add_paths(figure, paths):
    trails = []
    for number, path in enumerate(paths):
        color = f"C{number}"
        trails.append(line_and_head(figure.surface, *project(figure.surface, path), color=color))
        trails.append(line_and_head(figure.contour, path.x, path.y, color=color))
        figure.contour.plot([], [], color=color, label=path.label)
    figure.contour.legend(loc="upper right")
    return trails


def draw_frame(renderer, trails, frame):
    for line, head, x, y in trails:
        line.set_data(x[:frame + 1], y[:frame + 1])
        head.set_data(x[frame:frame + 1], y[frame:frame + 1])
        line.draw(renderer)
        head.draw(renderer)


def start_encoder(canvas, out):
    width, height = canvas.get_width_height()
    return subprocess.Popen(
        ["ffmpeg", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgba",
         "-s", f"{width}x{height}", "-r", str(notebook.FPS), "-i", "-",
         "-c:v", "libx264", "-pix_fmt", "yuv420p", "-y", out], stdin=subprocess.PIPE)


def make_film(name, dpi, paths_file, out):
    paths = notebook.read_paths(paths_file)
    figure = notebook.draw_figure(notebook.CALLS[name], dpi)
    canvas = figure.figure.canvas
    trails = add_paths(figure, paths)
    canvas.draw()
    background = canvas.copy_from_bbox(figure.figure.bbox)
    encoder = start_encoder(canvas, out)
    for frame in range(len(paths[0].x)):
        canvas.restore_region(background)
        draw_frame(canvas.get_renderer(), trails, frame)
        encoder.stdin.write(canvas.buffer_rgba())
    encoder.stdin.close()
    if encoder.wait():
        sys.exit(f"expert_film.py: ffmpeg failed on {out}")
    notebook.plt.close(figure.figure)


notebook.make_films(make_film)
