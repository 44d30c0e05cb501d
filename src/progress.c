#include "progress.h"

#include <time.h>
#include <unistd.h>

enum { BAR_WIDTH = 28 };

/* Seconds between two showings. */
static const double periods[] = {
    [PROGRESS_BAR] = 0.1, [PROGRESS_PLAIN] = 5, [PROGRESS_JSON] = 0.5
};

double progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_init(struct progress *progress, enum progress_mode mode, FILE *stream)
{
    if (mode == PROGRESS_AUTO) {
        mode = isatty(fileno(stream)) ? PROGRESS_BAR : PROGRESS_PLAIN;
    }
    *progress = (struct progress){ .stream = stream, .mode = mode, .started = progress_clock() };
    progress->shown = progress->started;
}

/* Frames per second so far and seconds left; both 0 while nothing is known. */
static void rates(const struct progress *progress, const struct tally *tally, double *fps,
                  double *left)
{
    double elapsed = progress_clock() - progress->started;
    *fps = elapsed > 0 ? (double)tally->frames / elapsed : 0;
    *left = *fps > 0 && tally->frames_total > tally->frames
                ? (double)(tally->frames_total - tally->frames) / *fps
                : 0;
}

static void print_counts(const struct progress *progress, const struct tally *tally)
{
    double fps, left;
    rates(progress, tally, &fps, &left);
    fprintf(progress->stream, "%zu/%zu frames", tally->frames, tally->frames_total);
    if (tally->presets_total > 1) {
        fprintf(progress->stream, ", %zu/%zu presets", tally->presets, tally->presets_total);
    }
    fprintf(progress->stream, ", %.0f frames/s, %d:%02d left", fps, (int)left / 60,
            (int)left % 60);
}

static void print_bar(struct progress *progress, const struct tally *tally)
{
    size_t total = tally->frames_total ? tally->frames_total : 1;
    size_t filled = tally->frames < total ? tally->frames * BAR_WIDTH / total : BAR_WIDTH;
    fputs("\r[", progress->stream);
    for (size_t i = 0; i < BAR_WIDTH; i++) {
        fputc(i < filled ? '#' : ' ', progress->stream);
    }
    fputs("] ", progress->stream);
    print_counts(progress, tally);
    fputs("\033[K", progress->stream);
    fflush(progress->stream);
    progress->visible = true;
}

static void print_json(const struct progress *progress, const struct tally *tally)
{
    double fps, left;
    rates(progress, tally, &fps, &left);
    fprintf(progress->stream,
            "{\"frames\": %zu, \"frames_total\": %zu, \"presets\": %zu, \"presets_total\": %zu, "
            "\"frames_per_second\": %.1f, \"seconds_left\": %.1f}\n",
            tally->frames, tally->frames_total, tally->presets, tally->presets_total, fps, left);
}

static void show(struct progress *progress, const struct tally *tally)
{
    if (progress->mode == PROGRESS_BAR) {
        print_bar(progress, tally);
    } else if (progress->mode == PROGRESS_JSON) {
        print_json(progress, tally);
    } else {
        fputs("optrender: ", progress->stream);
        print_counts(progress, tally);
        fputc('\n', progress->stream);
    }
}

void progress_show(struct progress *progress, const struct tally *tally)
{
    double now = progress_clock();
    if (progress->mode != PROGRESS_NONE && tally->frames_total
        && now - progress->shown >= periods[progress->mode]) {
        progress->shown = now;
        show(progress, tally);
    }
}

void progress_hide(struct progress *progress)
{
    if (progress->visible) {
        fputs("\r\033[K", progress->stream);
        progress->visible = false;
    }
}

void progress_end(struct progress *progress, const struct tally *tally)
{
    progress_hide(progress);
    if (progress->mode == PROGRESS_JSON) {
        print_json(progress, tally);
    }
}
