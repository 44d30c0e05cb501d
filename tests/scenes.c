#include "scenes.h"

#include <math.h>

/* In page sizes, or points as in plot/locate.c; cairo's own numbers end at 2^23 pixels. */
static const double FAR = 100, FAR_POINTS = 1e5;

static bool is_near(const struct scene *scene, struct vec2 point)
{
    double most = fmax(FAR * fmax(scene->width, scene->height), FAR_POINTS);
    return fabs(point.x) <= most && fabs(point.y) <= most;
}

static bool is_share(double value)
{
    return value >= 0 && value <= 1;
}

static bool is_color(struct color color)
{
    return is_share(color.r) && is_share(color.g) && is_share(color.b) && is_share(color.a);
}

static bool is_length(double value)
{
    return value >= 0 && isfinite(value);
}

static bool is_stroke(const struct stroke *stroke)
{
    double sum = 0;
    for (int i = 0; i < stroke->dash_count; i++) {
        if (!is_length(stroke->dashes[i])) {
            return false;
        }
        sum += stroke->dashes[i];
    }
    return is_length(stroke->width) && isfinite(stroke->dash_phase) && is_color(stroke->color)
           && (!stroke->dash_count || sum > 0);
}

static const char *run_flaw(const struct text_run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        if (!isfinite(run->glyphs[i].x) || !isfinite(run->glyphs[i].y)
            || !is_length(run->glyphs[i].scale)) {
            return "a glyph";
        }
    }
    return is_length(run->size) ? NULL : "the size of a text";
}

static const char *surface_flaw(const struct surface_view *surface)
{
    const struct mesh *mesh = surface->mesh;
    const struct surface_style *style = &surface->style;
    bool is_good = isfinite(mesh->limits.lo) && isfinite(mesh->limits.hi)
                   && is_length(style->mesh_line_width) && is_length(style->level_line_width);
    for (size_t i = 0; i < style->level_count; i++) {
        is_good &= isfinite(style->levels[i]) && is_color(style->level_colors[i]);
    }
    return is_good ? NULL : "a surface";
}

static const char *primitive_flaw(const struct scene *scene, const struct primitive *primitive)
{
    const struct rect *clip = primitive->clip;
    for (size_t i = 0; i < primitive->point_count; i++) {
        if (!is_near(scene, primitive->points[i])) {
            return "a point";
        }
    }
    if (clip && !(isfinite(clip->x) && isfinite(clip->y) && is_length(clip->width)
                  && is_length(clip->height))) {
        return "a clip";
    }
    if (!is_length(primitive->radius) || !is_color(primitive->fill)) {
        return "a radius or a colour";
    }
    if (!is_stroke(&primitive->stroke)) {
        return "a stroke";
    }
    return primitive->run       ? run_flaw(primitive->run)
           : primitive->surface ? surface_flaw(primitive->surface)
                                : NULL;
}

const char *scene_flaw(const struct scene *scene)
{
    const char *flaw = NULL;
    for (size_t i = 0; i < scene->count && !flaw; i++) {
        flaw = primitive_flaw(scene, &scene->items[i]);
    }
    return flaw;
}
