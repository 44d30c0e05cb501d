#include "render/frame.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "render/font.h"
#include "render/painter.h"

enum { DAMAGE_MAX = 128 };

static bool check(struct frames *frames, cairo_status_t status, struct error *err)
{
    if (status == CAIRO_STATUS_SUCCESS) {
        return true;
    }
    return error_set(err, ERROR_RENDER, "drawing %d x %d pixels failed: %s", frames->page.width,
                     frames->page.height, cairo_status_to_string(status));
}

static bool paint_end(struct frames *frames, cairo_t *cairo, struct error *err)
{
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    return check(frames, status, err);
}

/* Paints the scene on a context in pixels. */
static void paint_scene(const struct frames *frames, const struct scene *scene, cairo_t *cairo)
{
    cairo_save(cairo);
    cairo_scale(cairo, frames->scale, frames->scale);
    painter_paint(cairo, scene->items, scene->count, frames->font, frames->scale);
    cairo_restore(cairo);
}

/* Paints the scene on an image of a part of the page. */
static cairo_surface_t *paint_part(struct frames *frames, struct pixels part, struct error *err)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, part.width,
                                                        part.height);
    if (check(frames, cairo_surface_status(image), err)) {
        cairo_surface_set_device_offset(image, -part.x, -part.y);
        cairo_t *cairo = cairo_create(image);
        paint_scene(frames, &frames->scene, cairo);
        paint_end(frames, cairo, err);
    }
    return image;
}

/* The pixels that a scene can touch, at least one. */
static struct pixels scene_pixels(const struct frames *frames)
{
    struct pixels all = { 0, 0, 1, 1 }, touched;
    bool is_first = true;
    for (size_t i = 0; i < frames->scene.count; i++) {
        if (primitive_pixels(&frames->scene, &frames->scene.items[i], frames->scale, frames->page,
                             &touched)) {
            all = is_first ? touched : pixels_union(all, touched);
            is_first = false;
        }
    }
    return all;
}

/* What stays: below the trails, and on top of the heads. */
static void paint_background(struct frames *frames, struct error *err)
{
    const struct plot *plot = frames->plot;
    plot_background(plot, &frames->scene);
    if (plot_shows(plot, PANEL_SURFACE) && !plot_moves(plot)) {
        plot_surface(plot, &plot->view, &frames->scene);
    }
    frames->background = paint_part(frames, frames->page, err);
    scene_reset(&frames->scene);
    plot_overlay(plot, &frames->scene);
    frames->overlay = paint_part(frames, scene_pixels(frames), err);
}

void frames_finish(struct frames *frames)
{
    cairo_surface_destroy(frames->background);
    cairo_surface_destroy(frames->overlay);
    cairo_surface_destroy(frames->frame);
    cairo_font_face_destroy(frames->font);
    layers_finish(&frames->layers);
    view_finish(&frames->turned);
    scene_finish(&frames->scene);
    scene_finish(&frames->heads);
    free(frames->damage);
    free(frames->passing);
    *frames = (struct frames){ 0 };
}

static long area(struct pixels box)
{
    return (long)box.width * box.height;
}

/* Every rectangle costs something in every layer: those that lie close become one
 * that is no larger than they are together, and very many become one in any case. */
static void add_damage(struct frames *frames, struct pixels damage)
{
    struct pixels *boxes = frames->damage;
    bool is_full = frames->damage_count == DAMAGE_MAX;
    for (size_t i = 0; i < frames->damage_count;) {
        struct pixels both = pixels_union(damage, boxes[i]);
        if (is_full || area(both) <= area(damage) + area(boxes[i])) {
            damage = both;
            boxes[i] = boxes[--frames->damage_count];
            i = 0; /* it may have come close to others */
        } else {
            i++;
        }
    }
    frames->damage = memory_grow(frames->damage, frames->damage_count, &frames->damage_capacity,
                                 sizeof *frames->damage);
    frames->damage[frames->damage_count++] = damage;
}

/* The scene's pixels become damage; what passes is damage again in the next
 * frame, which wipes it out. */
static void note_scene(struct frames *frames, const struct scene *scene, bool passes)
{
    for (size_t i = 0; i < scene->count; i++) {
        struct pixels touched;
        if (!primitive_pixels(scene, &scene->items[i], frames->scale, frames->page, &touched)) {
            continue;
        }
        add_damage(frames, touched);
        if (passes) {
            frames->passing = memory_grow(frames->passing, frames->passing_count,
                                          &frames->passing_capacity, sizeof *frames->passing);
            frames->passing[frames->passing_count++] = touched;
        }
    }
}

/* Whether a panel's trails stay where they are from frame to frame. */
static bool grows(const struct frames *frames, enum panel panel)
{
    return plot_shows(frames->plot, panel)
        && !(panel == PANEL_SURFACE && plot_moves(frames->plot));
}

/* Dashes turn corners only within a stroke: it begins a step earlier. */
static double stroke_start(const struct path *path, size_t step)
{
    size_t back = path->dash.count || path->shares ? 2 : 1;
    return step > back ? (double)(step - back) : 0;
}

/* A path's trail in a panel, up to a step. A film's grows step by step, so that a
 * frame alone is the frame of the film; a still's comes at once. */
static void grow_trail(struct frames *frames, struct scene *scene, size_t path, enum panel panel,
                       size_t step, bool notes)
{
    const struct plot *plot = frames->plot;
    for (size_t next = frames->next, last; next <= step; next = last + 1) {
        last = plot->is_still ? step : next;
        scene_reset(scene);
        plot_trail(plot, &plot->view, scene, path, panel, stroke_start(&plot->paths[path], next),
                   (double)last);
        layers_stroke(&frames->layers, path, panel, scene);
        if (notes) {
            note_scene(frames, scene, false);
        }
    }
}

/* What threads share: the trails of all paths in all panels. */
struct growth {
    struct frames *frames;
    size_t step;
};

static void grow_part(void *context, size_t part)
{
    const struct growth *growth = context;
    struct frames *frames = growth->frames;
    enum panel panel = (enum panel)(part % PANEL_COUNT);
    struct scene scene;
    scene_init(&scene, frames->plot->page.width, frames->plot->page.height);
    if (grows(frames, panel)) {
        grow_trail(frames, &scene, part / PANEL_COUNT, panel, growth->step, false);
    }
    scene_finish(&scene);
}

static void grow_trails(struct frames *frames, size_t step)
{
    struct growth growth = { frames, step };
    size_t count = frames->plot->path_count;
    if (!frames->is_begun) { /* the first picture is damage as a whole */
        parallel_for(count * PANEL_COUNT, grow_part, &growth);
    } else {
        for (size_t part = 0; part < count * PANEL_COUNT; part++) {
            enum panel panel = (enum panel)(part % PANEL_COUNT);
            if (grows(frames, panel)) {
                grow_trail(frames, &frames->scene, part / PANEL_COUNT, panel, step, true);
            }
        }
    }
    frames->next = step + 1 > frames->next ? step + 1 : frames->next;
}

/* What threads share before the first frame: what stays, and the trails. */
struct start {
    struct growth growth;
    struct error err; /* of what stays */
};

static void start_part(void *context, size_t part)
{
    struct start *start = context;
    if (part == 0) {
        paint_background(start->growth.frames, &start->err);
    } else {
        grow_part(&start->growth, part - 1);
    }
}

bool frames_init(struct frames *frames, const struct plot *plot, int width, int height, double dpi,
                 size_t first, struct error *err)
{
    *frames = (struct frames){ .plot = plot, .scale = dpi / 72, .page = { 0, 0, width, height } };
    frames->font = font_face_create();
    layers_init(&frames->layers, plot, frames->scale, width, height);
    scene_init(&frames->scene, plot->page.width, plot->page.height);
    scene_init(&frames->heads, plot->page.width, plot->page.height);
    frames->frame = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    if (!check(frames, cairo_surface_status(frames->frame), err)) {
        return false;
    }
    size_t step = timeline_at(&plot->timeline, first).whole_step;
    struct start start = { .growth = { frames, step } };
    parallel_for(1 + plot->path_count * PANEL_COUNT, start_part, &start);
    frames->next = step + 1;
    if (start.err.kind) {
        *err = start.err;
    }
    return !err->kind;
}

/* The way from the last whole step to where the heads are now. */
static void glide(struct frames *frames, const struct moment *moment)
{
    const struct plot *plot = frames->plot;
    bool is_between = moment->step > (double)moment->whole_step;
    for (size_t i = 0; is_between && i < plot->path_count; i++) {
        for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
            if (grows(frames, panel)) {
                scene_reset(&frames->scene);
                plot_trail(plot, &plot->view, &frames->scene, i, panel,
                           stroke_start(&plot->paths[i], moment->whole_step + 1), moment->step);
                note_scene(frames, &frames->scene, true);
                layers_stroke_briefly(&frames->layers, i, panel, &frames->scene);
            }
        }
    }
}

struct turning {
    struct frames *frames;
    double step;
};

static void stroke_turned(void *context, size_t path)
{
    const struct turning *turning = context;
    struct frames *frames = turning->frames;
    struct scene scene;
    scene_init(&scene, frames->plot->page.width, frames->plot->page.height);
    plot_trail(frames->plot, &frames->turned, &scene, path, PANEL_SURFACE, 0, turning->step);
    layers_stroke(&frames->layers, path, PANEL_SURFACE, &scene);
    scene_finish(&scene);
}

/* Seen from elsewhere, the surface's trails are new from the start on. */
static void turn(struct frames *frames, const struct moment *moment)
{
    struct turning turning = { frames, moment->step };
    view_finish(&frames->turned);
    plot_view(frames->plot, &frames->turned, moment->turn);
    layers_clear(&frames->layers, PANEL_SURFACE);
    parallel_for(frames->plot->path_count, stroke_turned, &turning);
    add_damage(frames, frames->layers.boxes[PANEL_SURFACE]);
}

static void clip_to_damage(const struct frames *frames, cairo_t *cairo)
{
    for (size_t i = 0; i < frames->damage_count; i++) {
        const struct pixels *damage = &frames->damage[i];
        cairo_rectangle(cairo, damage->x, damage->y, damage->width, damage->height);
    }
    cairo_clip(cairo);
}

static void restore(const struct frames *frames, cairo_t *within)
{
    cairo_set_operator(within, CAIRO_OPERATOR_SOURCE);
    cairo_set_source_surface(within, frames->background, 0, 0);
    cairo_paint(within);
    cairo_set_operator(within, CAIRO_OPERATOR_OVER);
}

/* Restores the damaged pixels and puts on what is there now. Only whole pixels
 * are copied within the damage: a clip moves the edges of what is drawn through
 * it by a trace, and scenes touch nothing but damage anyway. */
static bool compose(struct frames *frames, const struct moment *moment, struct error *err)
{
    const struct plot *plot = frames->plot;
    const struct view *view = plot_moves(plot) ? &frames->turned : &plot->view;
    scene_reset(&frames->heads);
    plot_heads(plot, view, &frames->heads, moment);
    note_scene(frames, &frames->heads, true);
    if (!frames->is_begun) {
        frames->damage_count = 0;
        add_damage(frames, frames->page);
    }
    cairo_t *within = cairo_create(frames->frame), *anywhere = cairo_create(frames->frame);
    clip_to_damage(frames, within);
    restore(frames, within);
    if (plot_moves(plot)) {
        scene_reset(&frames->scene);
        plot_surface(plot, view, &frames->scene);
        paint_scene(frames, &frames->scene, anywhere);
    }
    layers_compose(&frames->layers, within);
    paint_scene(frames, &frames->heads, anywhere);
    cairo_set_source_surface(within, frames->overlay, 0, 0);
    cairo_paint(within);
    bool is_drawn = paint_end(frames, anywhere, err);
    bool is_composed = paint_end(frames, within, err);
    return is_drawn && is_composed && check(frames, (cairo_status_t)frames->layers.status, err);
}

void frames_advance(struct frames *frames, size_t number)
{
    grow_trails(frames, timeline_at(&frames->plot->timeline, number).whole_step);
    frames->damage_count = 0;
    add_damage(frames, frames->page);
}

bool frames_paint(struct frames *frames, size_t number, struct image *image, struct error *err)
{
    struct moment moment = timeline_at(&frames->plot->timeline, number);
    frames->damage_count = 0;
    for (size_t i = 0; i < frames->passing_count; i++) {
        add_damage(frames, frames->passing[i]);
    }
    frames->passing_count = 0;
    grow_trails(frames, moment.whole_step);
    glide(frames, &moment);
    if (plot_moves(frames->plot)) {
        turn(frames, &moment);
    }
    bool good = compose(frames, &moment, err);
    layers_undo(&frames->layers);
    frames->is_begun = true;
    cairo_surface_flush(frames->frame);
    *image = (struct image){ .width = frames->page.width,
                             .height = frames->page.height,
                             .stride = cairo_image_surface_get_stride(frames->frame),
                             .pixels = cairo_image_surface_get_data(frames->frame),
                             .damage = frames->damage,
                             .damage_count = frames->damage_count };
    return good;
}
