#include "figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "support.h"

enum { SETTINGS_MAX = 32 };

static size_t append(const char **settings, size_t count, const char *const *more)
{
    for (; more && *more; more++) {
        ck_assert_uint_lt(count, SETTINGS_MAX);
        settings[count++] = *more;
    }
    return count;
}

void figure_init(struct figure *figure, const char *name, const char *const *overrides)
{
    static const char *const notebook[] = { "figure.theme=notebook", "figure.layout=notebook",
                                            "film.counter=no", NULL };
    static const char *const range[] = { "contour.color_min=-7", "contour.color_max=7", NULL };
    const char *settings[SETTINGS_MAX + 1] = { NULL };
    size_t count = append(settings, 0, notebook);
    count = append(settings, count, strcmp(name, "beale") ? NULL : range);
    append(settings, count, overrides);
    figure_init_shipped(figure, name, settings);
}

void figure_init_shipped(struct figure *figure, const char *name, const char *const *overrides)
{
    char path[128];
    struct error err = { 0 };
    const char *settings[SETTINGS_MAX];
    size_t count = append(settings, 0, overrides);
    *figure = (struct figure){ 0 };
    snprintf(path, sizeof path, "../presets/%s.ini", name);
    struct preset *preset = &figure->preset;
    bool good = preset_load(preset, test_path(path), settings, count, &figure->report, &err)
                && look_resolve(&figure->look, preset, &figure->report)
                && objective_init(&figure->objective, &preset->problem, &figure->report);
    report_print(&figure->report, stderr, false);
    ck_assert_msg(good, "%s: %s", path, err.text);
    figure->runs = memory_new(preset->optimizer_count, sizeof *figure->runs);
    figure->trajectories = memory_new(preset->optimizer_count, sizeof *figure->trajectories);
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        ck_assert(run_resolve(&figure->runs[i], preset, &preset->optimizers[i],
                              &figure->objective, &figure->report));
        trajectory_run(&figure->trajectories[i], &figure->runs[i], &figure->objective);
    }
    landscape_init(&figure->landscape, preset, &figure->look, &figure->objective);
    struct timeline timeline;
    timeline_init(&timeline, &preset->film, &figure->look,
                  trajectory_longest(figure->trajectories, preset->optimizer_count));
    struct plot_source source = { preset, &figure->look, &figure->landscape, &timeline,
                                  figure->runs, figure->trajectories };
    plot_init(&figure->film, &source, &preset->film.page, false);
    plot_init(&figure->still, &source, &preset->still.page, true);
}

void figure_finish(struct figure *figure)
{
    plot_finish(&figure->film);
    plot_finish(&figure->still);
    landscape_finish(&figure->landscape);
    for (size_t i = 0; i < figure->preset.optimizer_count; i++) {
        trajectory_finish(&figure->trajectories[i]);
    }
    free(figure->trajectories);
    free(figure->runs);
    objective_finish(&figure->objective);
    report_finish(&figure->report);
    preset_finish(&figure->preset);
}

void frames_open(struct frames *frames, const struct plot *plot, double dpi)
{
    struct error err = { 0 };
    int width = (int)lround(plot->page.width * dpi / 72);
    int height = (int)lround(plot->page.height * dpi / 72);
    ck_assert_msg(frames_init(frames, plot, width, height, dpi, 0, &err), "%s", err.text);
}

struct image frames_at(struct frames *frames, size_t number)
{
    struct image image;
    struct error err = { 0 };
    ck_assert_msg(frames_paint(frames, number, &image, &err), "%s", err.text);
    return image;
}

struct mesh mesh_flat(size_t cells)
{
    struct mesh mesh = { .x = { -1, 1 }, .y = { -1, 1 }, .cells = cells,
                         .cut = { -INFINITY, INFINITY } };
    size_t side = mesh_side(&mesh);
    mesh.heights = memory_new(side * side, sizeof *mesh.heights);
    mesh.parts = memory_new(side * side, sizeof *mesh.parts);
    return mesh;
}

bool frames_damaged(const struct frames *frames, int x, int y)
{
    for (size_t i = 0; i < frames->damage_count; i++) {
        const struct pixels *damage = &frames->damage[i];
        if (x >= damage->x && x < damage->x + damage->width && y >= damage->y
            && y < damage->y + damage->height) {
            return true;
        }
    }
    return false;
}

const struct theme *theme_named(const char *name)
{
    size_t count;
    const struct theme *themes = theme_list(&count);
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(themes[i].name, name)) {
            return &themes[i];
        }
    }
    ck_abort_msg("no theme %s", name);
}
