#include "base/timings.h"

#include <stdatomic.h>
#include <time.h>

static const struct {
    const char *name, *help;
} parts[TIMING_COUNT] = {
    [TIMING_READ] = { "read", "presets, checked and resolved" },
    [TIMING_SIMULATE] = { "simulate", "the optimizers' paths" },
    [TIMING_SAMPLE] = { "sample", "the function, for levels and colours" },
    [TIMING_TRACE] = { "trace", "level lines, mesh, text and legend" },
    [TIMING_PAINT] = { "paint", "what stays: surface, contours, axes; a still's trails" },
    [TIMING_FRAMES] = { "frames", "a film's trails, heads, composition" },
    [TIMING_CONVERT] = { "convert", "pixels to the film's colours" },
    [TIMING_ENCODE] = { "encode", "film, beside the drawing" },
    [TIMING_COMPRESS] = { "compress", "pictures and pages" },
    [TIMING_PLACE] = { "place", "files: completed, read back, put in place" },
};

static atomic_int_fast64_t passed[TIMING_COUNT];

int64_t timings_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void timings_add(enum timing timing, int64_t since)
{
    atomic_fetch_add(&passed[timing], timings_now() - since);
}

void timings_print(FILE *stream, int64_t since)
{
    for (size_t i = 0; i < TIMING_COUNT; i++) {
        double ms = (double)atomic_load(&passed[i]) / 1e6;
        if (ms > 0) {
            fprintf(stream, "%-9s %9.2f ms  %s\n", parts[i].name, ms, parts[i].help);
        }
    }
    fprintf(stream, "%-9s %9.2f ms  from the start of the program to its end\n", "all",
            (double)(timings_now() - since) / 1e6);
}
