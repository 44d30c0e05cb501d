"""What users have today: matplotlib's FuncAnimation, saved through ffmpeg as to_html5_video does.

Usage: matplotlib_film.py DPI NAME PATHS.csv OUT.mp4 [NAME PATHS.csv OUT.mp4]...
One process makes all the films, as a notebook does.
"""
from matplotlib.animation import FFMpegWriter, FuncAnimation

import notebook


def line_and_head(figure, path, color):
    """The artists of one path, in the order in which they are painted."""
    line3, = figure.surface.plot([], [], [], label=path.label, color=color, zorder=10)
    head3, = figure.surface.plot([], [], [], "o", markersize=5, color=color, zorder=10)
    line2, = figure.contour.plot([], [], label=path.label, color=color)
    head2, = figure.contour.plot([], [], "o", markersize=5, color=color)
    return line3, head3, line2, head2


def show(artists, path, frame):
    """Frame i shows the path's points before i, with the head at the last of them."""
    line3, head3, line2, head2 = artists
    head = frame - 1
    line3.set_data(path.x[:frame], path.y[:frame])
    line3.set_3d_properties(path.z[:frame])
    head3.set_data([path.x[head]], [path.y[head]])
    head3.set_3d_properties([path.z[head]])
    line2.set_data(path.x[:frame], path.y[:frame])
    head2.set_data([path.x[head]], [path.y[head]])


def make_film(name, dpi, paths_file, out):
    paths = notebook.read_paths(paths_file)
    figure = notebook.draw_figure(notebook.CALLS[name], dpi)
    artists = [line_and_head(figure, path, f"C{number}") for number, path in enumerate(paths)]
    figure.contour.legend(loc="best")

    def animate(frame):
        for parts, path in zip(artists, paths):
            show(parts, path, frame)
        return [artist for parts in artists for artist in parts]

    film = FuncAnimation(figure.figure, animate, frames=len(paths[0].x),
                         interval=1000 / notebook.FPS, blit=True)
    film.save(out, writer=FFMpegWriter(fps=notebook.FPS, codec="h264"))
    notebook.plt.close(figure.figure)


notebook.make_films(make_film)
