/* How long Beale's function takes on its grid and its contour set to trace, by
 * the functions that films use. Prints medians in milliseconds of processor
 * time, all threads together, so that more threads would not look faster.
 *
 * Usage: grid_contour presets/beale.ini [RUNS] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "load/preset.h"
#include "model/objective.h"
#include "plot/contour.h"
#include "plot/landscape.h"
#include "plot/levels.h"
#include "plot/style.h"

enum { RUNS = 15 };

struct subject {
    struct preset preset;
    struct look look;
    struct objective objective;
};

struct sample {
    double grid_ms, contour_ms, both_ms;
    size_t columns, rows, levels;
};

/* In theme notebook the grid and the 280 levels are the original's. */
static const char *const overrides[] = {
    "figure.theme=notebook", "contour.scale=log", "contour.levels=300",
};

static bool subject_init(struct subject *subject, const char *path)
{
    struct report report = { 0 };
    struct error err = { 0 };
    *subject = (struct subject){ 0 };
    bool good = preset_load(&subject->preset, path, overrides,
                            sizeof overrides / sizeof *overrides, &report, &err)
                && look_resolve(&subject->look, &subject->preset, &report)
                && objective_init(&subject->objective, &subject->preset.problem, &report);
    report_print(&report, stderr, false);
    if (err.kind) {
        fprintf(stderr, "grid_contour: %s\n", err.text);
    }
    return good;
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct sample measure(const struct subject *subject)
{
    struct landscape landscape;
    struct levels levels;
    double start = now_ms();
    landscape_init(&landscape, &subject->preset, &subject->look, &subject->objective);
    double middle = now_ms();
    struct grid scaled;
    landscape_scaled(&landscape, (struct stride){ 1, 1 }, &scaled);
    levels_init(&levels, landscape.level_range, subject->preset.contour.levels);
    struct level_lines *lines = contour_trace(&scaled, &levels);
    double end = now_ms();
    struct sample sample = { middle - start, end - middle, end - start,
                             landscape.axes.columns, landscape.axes.rows, levels.count };
    contour_free(lines, levels.count);
    grid_finish(&scaled);
    levels_finish(&levels);
    landscape_finish(&landscape);
    return sample;
}

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static void print_median(const char *name, double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    printf("%s_ms %.3f\n", name, (values[(count - 1) / 2] + values[count / 2]) / 2);
}

static void measure_all(const struct subject *subject, size_t runs)
{
    double *grid = memory_new(3 * runs, sizeof *grid);
    double *contour = grid + runs, *both = grid + 2 * runs;
    struct sample sample = measure(subject); /* a warm-up */
    printf("columns %zu\nrows %zu\nlevels %zu\n", sample.columns, sample.rows, sample.levels);
    for (size_t i = 0; i < runs; i++) {
        sample = measure(subject);
        grid[i] = sample.grid_ms;
        contour[i] = sample.contour_ms;
        both[i] = sample.both_ms;
    }
    print_median("grid", grid, runs);
    print_median("contour", contour, runs);
    print_median("both", both, runs);
    free(grid);
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[2]) : RUNS;
    struct subject subject;
    if (argc < 2 || runs < 1) {
        fprintf(stderr, "usage: grid_contour presets/beale.ini [RUNS]\n");
        return 2;
    }
    if (!subject_init(&subject, argv[1])) {
        return 1;
    }
    measure_all(&subject, (size_t)runs);
    objective_finish(&subject.objective);
    preset_finish(&subject.preset);
    return 0;
}
