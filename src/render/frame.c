#include "render/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/font.h"
#include "render/painter.h"

static bool check(struct frames *frames, cairo_status_t status, struct error *err)
{
    if (status == CAIRO_STATUS_SUCCESS) {
        return true;
    }
    return error_set(err, ERROR_RENDER, "drawing %d x %d pixels failed: %s", frames->width,
                     frames->height, cairo_status_to_string(status));
}

/* A context in page points, closed with paint_end. */
static cairo_t *paint_begin(const struct frames *frames, cairo_surface_t *target)
{
    cairo_t *cairo = cairo_create(target);
    cairo_scale(cairo, frames->scale, frames->scale);
    return cairo;
}

static bool paint_end(struct frames *frames, cairo_t *cairo, struct error *err)
{
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    return check(frames, status, err);
}

static bool paint_whole(struct frames *frames, cairo_surface_t *target, struct error *err)
{
    cairo_t *cairo = paint_begin(frames, target);
    painter_paint(cairo, &frames->scene, frames->font, frames->scale);
    return paint_end(frames, cairo, err);
}

bool frames_init(struct frames *frames, const struct plot *plot, int width, int height, double dpi,
                 struct error *err)
{
    *frames = (struct frames){ .plot = plot, .scale = dpi / 72, .width = width, .height = height };
    frames->font = font_face_create();
    cairo_surface_t **images[] = { &frames->trail, &frames->overlay, &frames->frame };
    for (size_t i = 0; i < 3; i++) {
        *images[i] = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
        if (!check(frames, cairo_surface_status(*images[i]), err)) {
            return false;
        }
    }
    scene_init(&frames->scene, plot->page.width, plot->page.height);
    plot_background(plot, &frames->scene);
    if (plot_shows(plot, PANEL_SURFACE)) {
        plot_surface(plot, &plot->view, &frames->scene);
    }
    if (!paint_whole(frames, frames->trail, err)) {
        return false;
    }
    scene_reset(&frames->scene);
    plot_overlay(plot, &frames->scene);
    bool done = paint_whole(frames, frames->overlay, err);
    scene_reset(&frames->scene);
    return done;
}

void frames_finish(struct frames *frames)
{
    cairo_surface_destroy(frames->trail);
    cairo_surface_destroy(frames->overlay);
    cairo_surface_destroy(frames->frame);
    cairo_font_face_destroy(frames->font);
    scene_finish(&frames->scene);
    free(frames->damage);
    free(frames->heads);
    *frames = (struct frames){ 0 };
}

/* The whole pixels that a primitive touches. */
static bool touched_pixels(const struct frames *frames, const struct primitive *primitive,
                           struct damage *pixels)
{
    struct rect box;
    if (!primitive_bounds(&frames->scene, primitive, &box)) {
        return false;
    }
    double scale = frames->scale;
    int left = (int)floor(box.x * scale) - 1, top = (int)floor(box.y * scale) - 1;
    int right = (int)ceil((box.x + box.width) * scale) + 1;
    int bottom = (int)ceil((box.y + box.height) * scale) + 1;
    left = left > 0 ? left : 0;
    top = top > 0 ? top : 0;
    right = right < frames->width ? right : frames->width;
    bottom = bottom < frames->height ? bottom : frames->height;
    *pixels = (struct damage){ left, top, right - left, bottom - top };
    return right > left && bottom > top;
}

static void add_damage(struct frames *frames, struct damage damage)
{
    frames->damage = memory_grow(frames->damage, frames->damage_count, &frames->damage_capacity,
                                 sizeof *frames->damage);
    frames->damage[frames->damage_count++] = damage;
}

/* The scene's pixels become damage, and those of heads are remembered. */
static void note_scene(struct frames *frames, bool heads)
{
    for (size_t i = 0; i < frames->scene.count; i++) {
        struct damage pixels;
        if (!touched_pixels(frames, &frames->scene.items[i], &pixels)) {
            continue;
        }
        add_damage(frames, pixels);
        if (heads) {
            frames->heads = memory_grow(frames->heads, frames->head_count,
                                        &frames->head_capacity, sizeof *frames->heads);
            frames->heads[frames->head_count++] = pixels;
        }
    }
}

static bool grow_trail(struct frames *frames, size_t step, struct error *err)
{
    for (; frames->next <= step; frames->next++) {
        scene_reset(&frames->scene);
        for (size_t i = 0; i < frames->plot->path_count; i++) {
            double from = frames->next ? (double)frames->next - 1 : 0;
            plot_trail(frames->plot, &frames->plot->view, &frames->scene, i, from, (double)frames->next);
        }
        note_scene(frames, false);
        if (frames->scene.count && !paint_whole(frames, frames->trail, err)) {
            return false;
        }
    }
    return true;
}

static void clip_to_damage(const struct frames *frames, cairo_t *cairo)
{
    for (size_t i = 0; i < frames->damage_count; i++) {
        const struct damage *damage = &frames->damage[i];
        cairo_rectangle(cairo, damage->x, damage->y, damage->width, damage->height);
    }
    cairo_clip(cairo);
}

/* Restores the damaged pixels from the trail and puts heads and overlay on. */
static bool compose(struct frames *frames, struct error *err)
{
    cairo_t *cairo = cairo_create(frames->frame);
    clip_to_damage(frames, cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
    cairo_set_source_surface(cairo, frames->trail, 0, 0);
    cairo_paint(cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_OVER);
    cairo_save(cairo);
    cairo_scale(cairo, frames->scale, frames->scale);
    painter_paint(cairo, &frames->scene, frames->font, frames->scale);
    cairo_restore(cairo);
    cairo_set_source_surface(cairo, frames->overlay, 0, 0);
    cairo_paint(cairo);
    return paint_end(frames, cairo, err);
}

bool frames_paint(struct frames *frames, size_t step, struct image *image, struct error *err)
{
    bool is_first = frames->next == 0;
    frames->damage_count = 0;
    if (!grow_trail(frames, step, err)) {
        return false;
    }
    for (size_t i = 0; i < frames->head_count; i++) {
        add_damage(frames, frames->heads[i]);
    }
    frames->head_count = 0;
    scene_reset(&frames->scene);
    struct moment moment = timeline_at(&frames->plot->timeline, step);
    plot_heads(frames->plot, &frames->plot->view, &frames->scene, &moment);
    note_scene(frames, true);
    if (is_first) {
        frames->damage_count = 0;
        add_damage(frames, (struct damage){ 0, 0, frames->width, frames->height });
    }
    if (!compose(frames, err)) {
        return false;
    }
    cairo_surface_flush(frames->frame);
    *image = (struct image){ frames->width, frames->height,
                             cairo_image_surface_get_stride(frames->frame),
                             cairo_image_surface_get_data(frames->frame) };
    return true;
}
