#include "drawn.h"

#include <math.h>

#include <cairo-svg.h>

#include "render/font.h"
#include "render/frame.h"
#include "render/painter.h"
#include "scenes.h"
#include "session.h"

enum { WIDTH = 48, HEIGHT = 24, DPI = 36, STEPS_MAX = 20, OPTIMIZERS_MAX = 4, LEVELS_MAX = 20 };

/* What would only take time. */
static void restrain(struct preset *preset)
{
    struct page_section page = { (double)WIDTH / DPI, (double)HEIGHT / DPI, DPI };
    preset->film.page = preset->still.page = page;
    preset->still.surface_ppi = 72;
    preset->still.frame.given = false;
    preset->film.fps.given = false;
    preset->problem.steps = (int)fmin(preset->problem.steps, STEPS_MAX);
    preset->contour.levels = (int)fmin(preset->contour.levels, LEVELS_MAX);
    if (preset->optimizer_count > OPTIMIZERS_MAX) {
        preset->optimizer_count = OPTIMIZERS_MAX;
        preset->claims.count = 0; /* they may be about the others */
    }
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        double *steps = &preset->optimizers[i].steps.value;
        *steps = fmin(*steps, STEPS_MAX);
    }
}

static cairo_status_t forget(void *context, const unsigned char *bytes, unsigned size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return CAIRO_STATUS_SUCCESS;
}

static const char *paint_svg(const struct scene *scene)
{
    cairo_font_face_t *font = font_face_create();
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(forget, NULL, scene->width,
                                                                   scene->height);
    cairo_t *cairo = cairo_create(surface);
    painter_paint(cairo, scene->items, scene->count, font, 1);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    cairo_font_face_destroy(font);
    return status ? cairo_status_to_string(status) : NULL;
}

static const char *paint_pixels(const struct plot *plot, size_t number)
{
    struct frames frames;
    struct image image;
    struct error err = { 0 };
    bool good = frames_init(&frames, plot, WIDTH, HEIGHT, DPI, number, &err)
                && frames_paint(&frames, number, &image, &err);
    frames_finish(&frames);
    return good ? NULL : "a frame";
}

static void look_at(struct drawn *drawn, const struct plot *plot, size_t number)
{
    struct scene scene;
    struct view turned = { 0 };
    struct moment moment = timeline_at(&plot->timeline, number);
    scene_init(&scene, plot->page.width, plot->page.height);
    if (plot_moves(plot)) {
        plot_view(plot, &turned, moment.turn);
    }
    plot_picture(plot, &scene, plot_moves(plot) ? &turned : &plot->view, &moment);
    drawn->flaw = scene_flaw(&scene);
    drawn->flaw = drawn->flaw ? drawn->flaw : paint_svg(&scene);
    drawn->flaw = drawn->flaw ? drawn->flaw : paint_pixels(plot, number);
    drawn->scenes++;
    view_finish(&turned);
    scene_finish(&scene);
}

struct drawn drawn_from(const char *path)
{
    struct request request = { .preset_path = path, .frame = -1 };
    struct session session;
    struct report report = { 0 };
    struct error err = { 0 };
    struct drawn drawn = { .refused = true };
    if (session_load(&session, &request, &report, &err) && !report.errors) {
        restrain(&session.preset);
        drawn.refused = !session_compute(&session, &report, &err);
    }
    if (!drawn.refused) {
        for (size_t i = 0; i < session.preset.optimizer_count; i++) {
            drawn.diverged += session.trajectories[i].diverged;
        }
        look_at(&drawn, session_plot(&session, PAGE_STILL), session.timeline.frames - 1);
        if (!drawn.flaw) {
            look_at(&drawn, session_plot(&session, PAGE_FILM), session.timeline.frames / 2);
        }
    }
    session_finish(&session);
    report_finish(&report);
    return drawn;
}
