#include "plot/scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Strokes reach over their points by half a width, joins being round (only the
 * corners of snapped lines are mitred, and those belong to the overlay, which
 * does not move); and a little is for antialiasing. */
static const double BLEED = 1;

/* How far glyphs reach round their baseline, in text sizes. */
static const double GLYPH_REACH = 1.5;

/* A star has eleven points, the first twice. */
enum { PRINTED_POINTS = 12 };

void scene_init(struct scene *scene, double width, double height)
{
    *scene = (struct scene){ .width = width, .height = height };
}

void scene_reset(struct scene *scene)
{
    scene->count = 0;
    arena_reset(&scene->arena);
}

void scene_finish(struct scene *scene)
{
    free(scene->items);
    arena_finish(&scene->arena);
    *scene = (struct scene){ 0 };
}

static struct primitive *scene_add(struct scene *scene, enum primitive_kind kind,
                                   const struct rect *clip)
{
    scene->items = memory_grow(scene->items, scene->count, &scene->capacity, sizeof *scene->items);
    struct primitive *primitive = &scene->items[scene->count++];
    *primitive = (struct primitive){
        .kind = kind, .role = scene->role, .clip = clip
    };
    return primitive;
}

static const struct vec2 *copy_points(struct scene *scene, const struct vec2 *points, size_t count)
{
    struct vec2 *copy = arena_new(&scene->arena, count, sizeof *copy);
    memcpy(copy, points, count * sizeof *copy);
    return copy;
}

static struct primitive *add_path(struct scene *scene, const struct rect *clip,
                                  const struct vec2 *points, size_t point_count,
                                  const size_t *lengths, size_t subpath_count)
{
    struct primitive *primitive = scene_add(scene, PRIMITIVE_PATH, clip);
    primitive->points = points;
    primitive->point_count = point_count;
    primitive->lengths = lengths;
    primitive->subpath_count = subpath_count;
    return primitive;
}

void scene_line(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                size_t count, const struct stroke *stroke)
{
    scene_lines(scene, clip, copy_points(scene, points, count), count, NULL, 1, stroke);
}

void scene_lines(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                 size_t point_count, const size_t *lengths, size_t subpath_count,
                 const struct stroke *stroke)
{
    add_path(scene, clip, points, point_count, lengths, subpath_count)->stroke = *stroke;
}

void scene_fill(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                size_t point_count, const size_t *lengths, size_t subpath_count,
                struct color fill)
{
    add_path(scene, clip, points, point_count, lengths, subpath_count)->fill = fill;
}

void scene_polygon(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                   size_t count, struct color fill, const struct stroke *stroke)
{
    struct vec2 *closed = arena_new(&scene->arena, count + 1, sizeof *closed);
    memcpy(closed, points, count * sizeof *closed);
    closed[count] = points[0];
    struct primitive *primitive = add_path(scene, clip, closed, count + 1, NULL, 1);
    primitive->fill = fill;
    if (stroke) {
        primitive->stroke = *stroke;
    }
}

void scene_disc(struct scene *scene, const struct rect *clip, struct vec2 center, double radius,
                struct color fill, const struct stroke *stroke)
{
    struct primitive *primitive = scene_add(scene, PRIMITIVE_DISC, clip);
    primitive->points = copy_points(scene, &center, 1);
    primitive->point_count = 1;
    primitive->radius = radius;
    primitive->fill = fill;
    if (stroke) {
        primitive->stroke = *stroke;
    }
}

void scene_text(struct scene *scene, const struct text_run *run, struct vec2 baseline,
                struct color color)
{
    struct primitive *primitive = scene_add(scene, PRIMITIVE_GLYPHS, NULL);
    primitive->points = copy_points(scene, &baseline, 1);
    primitive->point_count = 1;
    primitive->run = run;
    primitive->fill = color;
}

void scene_text_upwards(struct scene *scene, const struct text_run *run, struct vec2 baseline,
                        struct color color)
{
    scene_text(scene, run, baseline, color);
    scene->items[scene->count - 1].upwards = true;
}

void scene_surface(struct scene *scene, const struct rect *clip,
                   const struct surface_view *surface)
{
    scene_add(scene, PRIMITIVE_SURFACE, clip)->surface = surface;
}

void scene_raise(struct scene *scene, size_t first, enum role role)
{
    size_t kept = first, raised = 0, count = scene->count - first;
    struct primitive *above = arena_new(&scene->arena, count, sizeof *above);
    for (size_t i = first; i < scene->count; i++) {
        if (scene->items[i].role == role) {
            above[raised++] = scene->items[i];
        } else {
            scene->items[kept++] = scene->items[i];
        }
    }
    memcpy(scene->items + kept, above, raised * sizeof *above);
}

static struct rect rect_common(struct rect a, struct rect b)
{
    double left = fmax(a.x, b.x), top = fmax(a.y, b.y);
    double right = fmin(a.x + a.width, b.x + b.width);
    double bottom = fmin(a.y + a.height, b.y + b.height);
    return (struct rect){ left, top, fmax(0, right - left), fmax(0, bottom - top) };
}

static struct rect outline_box(const struct primitive *primitive)
{
    struct vec2 lo = { INFINITY, INFINITY }, hi = { -INFINITY, -INFINITY };
    for (size_t i = 0; i < primitive->point_count; i++) {
        lo = (struct vec2){ fmin(lo.x, primitive->points[i].x),
                            fmin(lo.y, primitive->points[i].y) };
        hi = (struct vec2){ fmax(hi.x, primitive->points[i].x),
                            fmax(hi.y, primitive->points[i].y) };
    }
    double room = primitive->radius + primitive->stroke.width / 2 + BLEED;
    return (struct rect){ lo.x - room, lo.y - room, hi.x - lo.x + 2 * room,
                          hi.y - lo.y + 2 * room };
}

static struct rect glyphs_box(const struct primitive *primitive)
{
    double reach = GLYPH_REACH * primitive->run->size, length = primitive->run->width;
    struct vec2 origin = primitive->points[0];
    struct rect box = { origin.x - reach, origin.y - reach, 2 * reach, 2 * reach };
    if (primitive->upwards) {
        box.y -= length;
        box.height += length;
    } else {
        box.width += length;
    }
    return box;
}

bool primitive_bounds(const struct scene *scene, const struct primitive *primitive,
                      struct rect *bounds)
{
    struct rect page = { 0, 0, scene->width, scene->height };
    *bounds = primitive->clip ? rect_common(page, *primitive->clip) : page;
    if (primitive->kind == PRIMITIVE_PATH || primitive->kind == PRIMITIVE_DISC) {
        *bounds = rect_common(*bounds, outline_box(primitive));
    } else if (primitive->kind == PRIMITIVE_GLYPHS) {
        *bounds = rect_common(*bounds, glyphs_box(primitive));
    }
    return bounds->width > 0 && bounds->height > 0;
}

static void print_color(FILE *stream, const char *what, struct color color)
{
    fprintf(stream, " %s #%02x%02x%02x", what, (unsigned)lround(255 * color.r),
            (unsigned)lround(255 * color.g), (unsigned)lround(255 * color.b));
    if (color.a < 1) {
        fprintf(stream, "/%.3g", color.a);
    }
}

static void print_stroke(FILE *stream, const struct stroke *stroke)
{
    print_color(stream, "stroke", stroke->color);
    fprintf(stream, " width %.2f", stroke->width);
    for (int i = 0; i < stroke->dash_count; i++) {
        fprintf(stream, "%s%.2f", i ? "," : " dashes ", stroke->dashes[i]);
    }
}

/* All points, or how many there are and the ends. */
static void print_points(FILE *stream, const struct primitive *primitive)
{
    const struct vec2 *points = primitive->points;
    size_t count = primitive->point_count;
    if (primitive->subpath_count > 1) {
        fprintf(stream, " %zu lines", primitive->subpath_count);
    }
    if (count > PRINTED_POINTS) {
        fprintf(stream, " %zu points %.2f,%.2f .. %.2f,%.2f", count, points[0].x, points[0].y,
                points[count - 1].x, points[count - 1].y);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        fprintf(stream, " %.2f,%.2f", points[i].x, points[i].y);
    }
}

void scene_print(const struct scene *scene, FILE *stream)
{
    static const char *kinds[] = { "path", "disc", "text", "surface" };
    fprintf(stream, "page %.2f x %.2f\n", scene->width, scene->height);
    for (size_t i = 0; i < scene->count; i++) {
        const struct primitive *primitive = &scene->items[i];
        fputs(kinds[primitive->kind], stream);
        if (primitive->run) {
            fprintf(stream, " \"%s\" size %.2f%s", primitive->run->text, primitive->run->size,
                    primitive->upwards ? " upwards" : "");
        }
        if (primitive->radius > 0) {
            fprintf(stream, " radius %.2f", primitive->radius);
        }
        if (primitive->fill.a > 0) {
            print_color(stream, "fill", primitive->fill);
        }
        if (primitive->stroke.width > 0) {
            print_stroke(stream, &primitive->stroke);
        }
        print_points(stream, primitive);
        fputc('\n', stream);
    }
}
