#include "plot/level_labels.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "base/number.h"

enum { EVERY = 5 }; /* levels per labelled one */

/* Avoided lines are kept as places so many points apart; of a path that runs
 * on and on, as many as this. */
static const double AVOID_STRIDE = 3;
enum { AVOID_MAX = 20000 };

static const double TEXT_SHARE = 0.85; /* of the theme's small text */
static const double ROOM = 1.5;        /* around a text, points */
static const double APART = 8;         /* labels are at least, points */
static const double STRIDE = 3;        /* between places that are tried, points */
static const double LENGTH_MIN = 8;    /* of a line, in widths of its label */
static const double STEEPEST = 0.7;    /* sine of a line's slope under a label */

enum { CROSSED_MAX = 4 }; /* levels, by a label */

/* The shortest piece that labels leave of a line, points. */
static const double STUB = 8;

enum { SHOWN_DIGITS = 4 };

static void show_level(char *text, size_t size, const struct levels *levels, size_t level,
                       const struct value_scale *scale)
{
    number_show(text, size, value_unscaled(scale, levels->values[level]), SHOWN_DIGITS);
}

/* How much there is to read: the label's length, a little less for round ones. */
static double effort(const char *text)
{
    size_t length = strlen(text);
    char last = text[length - 1];
    return (double)length - (last == '0' || last == '5' ? 0.5 : 0);
}

/* Of the ways to take every fifth level, the one that is easiest to read. */
static size_t roundest_start(const struct levels *levels, const struct value_scale *scale)
{
    char text[NUMBER_SHOWN_SIZE];
    size_t best = 0;
    double least = INFINITY;
    for (size_t start = 0; start < EVERY && start < levels->count; start++) {
        double sum = 0, count = 0;
        for (size_t level = start; level < levels->count; level += EVERY) {
            show_level(text, sizeof text, levels, level, scale);
            sum += effort(text);
            count++;
        }
        if (sum / count < least) {
            least = sum / count;
            best = start;
        }
    }
    return best;
}

static bool is_near(const struct rect *a, const struct rect *b)
{
    return a->x < b->x + b->width + APART && b->x < a->x + a->width + APART
        && a->y < b->y + b->height + APART && b->y < a->y + a->height + APART;
}

static bool is_free(const struct level_labels *labels, const struct rect *box,
                    const struct rect *panel)
{
    if (box->x < panel->x + ROOM || box->x + box->width > panel->x + panel->width - ROOM
        || box->y < panel->y + ROOM || box->y + box->height > panel->y + panel->height - ROOM) {
        return false;
    }
    for (size_t i = 0; i < labels->count; i++) {
        if (is_near(box, &labels->items[i].box)) {
            return false;
        }
    }
    for (size_t i = 0; i < labels->avoided_count; i++) {
        struct vec2 at = labels->avoided[i];
        if (at.x > box->x - ROOM && at.x < box->x + box->width + ROOM && at.y > box->y - ROOM
            && at.y < box->y + box->height + ROOM) {
            return false;
        }
    }
    return true;
}

/* A place in the middle of a label, on its way along a line. */
struct walk {
    const struct vec2 *points;
    size_t count, segment; /* points[segment] .. points[segment + 1] */
    double along;          /* from points[segment] */
};

static double segment_length(const struct walk *walk)
{
    struct vec2 a = walk->points[walk->segment], b = walk->points[walk->segment + 1];
    return cr_hypot(b.x - a.x, b.y - a.y);
}

/* Goes on by a distance; false when the line ends before. */
static bool walk_on(struct walk *walk, double distance, struct vec2 *at)
{
    walk->along += distance;
    while (walk->segment + 1 < walk->count && walk->along > segment_length(walk)) {
        walk->along -= segment_length(walk);
        walk->segment++;
    }
    if (walk->segment + 1 >= walk->count) {
        return false;
    }
    struct vec2 a = walk->points[walk->segment], b = walk->points[walk->segment + 1];
    double part = walk->along / fmax(segment_length(walk), 1e-9);
    *at = (struct vec2){ a.x + part * (b.x - a.x), a.y + part * (b.y - a.y) };
    return true;
}

/* The place on a line where a label lies best: where the line leaves under it
 * as level as possible. */
static bool find_place(const struct level_labels *labels, const struct vec2 *points, size_t count,
                       const struct level_crowd *crowd, struct rect *box)
{
    struct walk behind = { points, count, 0, 0 }, middle = behind, ahead = behind;
    struct vec2 from, at, to;
    double best = STEEPEST, width = box->width, height = box->height;
    bool good = walk_on(&behind, 0, &from) && walk_on(&middle, width / 2, &at)
             && walk_on(&ahead, width, &to);
    while (good) {
        struct rect here = { at.x - width / 2, at.y - height / 2, width, height };
        double slope = fabs(to.y - from.y) / fmax(width, cr_hypot(to.x - from.x, to.y - from.y));
        bool is_turn = cr_hypot(to.x - from.x, to.y - from.y) < 0.8 * width;
        if (slope < best && !is_turn && is_free(labels, &here, &crowd->panel)
            && level_crowd_levels(crowd, &here) <= CROSSED_MAX) {
            best = slope;
            *box = here;
        }
        good = walk_on(&behind, STRIDE, &from) && walk_on(&middle, STRIDE, &at)
            && walk_on(&ahead, STRIDE, &to);
    }
    return best < STEEPEST;
}

static double length_of(const struct vec2 *points, size_t count)
{
    double length = 0;
    for (size_t i = 1; i < count; i++) {
        length += cr_hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    }
    return length;
}

struct text_run *level_labels_shape(struct level_labels *labels, double value,
                                    const struct theme *theme)
{
    char text[NUMBER_SHOWN_SIZE];
    number_show(text, sizeof text, value, SHOWN_DIGITS);
    return text_markup(&labels->arena, text, TEXT_SHARE * theme->small_text_size);
}

struct rect level_labels_box(const struct text_run *run)
{
    return (struct rect){ 0, 0, run->width + 2 * ROOM, run->size + ROOM };
}

static void add(struct level_labels *labels, struct text_run *run, struct rect box)
{
    labels->items = memory_grow(labels->items, labels->count, &labels->capacity,
                                sizeof *labels->items);
    labels->items[labels->count++] = (struct level_label){ run, box };
}

bool level_labels_add(struct level_labels *labels, struct text_run *run, struct rect box,
                      const struct rect *panel)
{
    bool good = is_free(labels, &box, panel);
    if (good) {
        add(labels, run, box);
    }
    return good;
}

static void label_level(struct level_labels *labels, const struct level_lines *lines,
                        struct text_run *run, const struct level_crowd *crowd)
{
    const struct vec2 *points = lines->points;
    for (size_t i = 0; i < lines->count; i++) {
        struct rect box = level_labels_box(run);
        if (length_of(points, lines->lengths[i]) > LENGTH_MIN * box.width
            && find_place(labels, points, lines->lengths[i], crowd, &box)) {
            add(labels, run, box);
        }
        points += lines->lengths[i];
    }
}

void level_labels_avoid(struct level_labels *labels, struct vec2 from, struct vec2 to)
{
    size_t places = 1 + (size_t)(cr_hypot(to.x - from.x, to.y - from.y) / AVOID_STRIDE);
    for (size_t i = 0; i <= places && labels->avoided_count < AVOID_MAX; i++) {
        double part = (double)i / (double)places;
        struct vec2 at = { from.x + part * (to.x - from.x), from.y + part * (to.y - from.y) };
        size_t count = labels->avoided_count;
        if (count && cr_hypot(at.x - labels->avoided[count - 1].x,
                           at.y - labels->avoided[count - 1].y) < AVOID_STRIDE) {
            continue;
        }
        labels->avoided = memory_grow(labels->avoided, labels->avoided_count,
                                      &labels->avoided_capacity, sizeof *labels->avoided);
        labels->avoided[labels->avoided_count++] = at;
    }
}

void level_labels_init(struct level_labels *labels, const struct level_lines *lines,
                       const struct levels *levels, const struct value_scale *scale,
                       const struct theme *theme, const struct level_crowd *crowd)
{
    for (size_t level = roundest_start(levels, scale); level < levels->count; level += EVERY) {
        double value = value_unscaled(scale, levels->values[level]);
        label_level(labels, &lines[level], level_labels_shape(labels, value, theme), crowd);
    }
}

void level_labels_finish(struct level_labels *labels)
{
    free(labels->items);
    free(labels->avoided);
    arena_finish(&labels->arena);
    *labels = (struct level_labels){ 0 };
}

/* Narrows the part of a segment to where a coordinate is within lo..hi. */
static void narrow(double from, double to, double lo, double hi, struct range *part)
{
    if (from == to) {
        if (from < lo || from > hi) {
            part->hi = -INFINITY;
        }
        return;
    }
    double a = (lo - from) / (to - from), b = (hi - from) / (to - from);
    part->lo = fmax(part->lo, fmin(a, b));
    part->hi = fmin(part->hi, fmax(a, b));
}

/* The first part of a segment after a point on it that a label covers. */
static struct range next_covered(const struct level_labels *labels, struct vec2 from,
                                 struct vec2 to, double after)
{
    struct range first = { 1, 1 };
    for (size_t i = 0; i < labels->count; i++) {
        const struct rect *box = &labels->items[i].box;
        struct range part = { after, 1 };
        narrow(from.x, to.x, box->x, box->x + box->width, &part);
        narrow(from.y, to.y, box->y, box->y + box->height, &part);
        if (part.lo < part.hi && part.lo < first.lo) {
            first = part;
        }
    }
    return first;
}

/* Adds what no label covers of one line. */
static void cut_line(const struct level_labels *labels, const struct vec2 *points, size_t count,
                     struct level_lines *result)
{
    bool is_open = false;
    for (size_t i = 0; i + 1 < count; i++) {
        struct vec2 a = points[i], b = points[i + 1];
        for (double done = 0; done < 1;) {
            struct range covered = next_covered(labels, a, b, done);
            if (covered.lo > done) {
                if (!is_open) {
                    lines_begin(result);
                    lines_point(result, (struct vec2){ a.x + done * (b.x - a.x),
                                                       a.y + done * (b.y - a.y) });
                }
                lines_point(result, covered.lo < 1 ? (struct vec2){ a.x + covered.lo * (b.x - a.x),
                                                                    a.y + covered.lo * (b.y - a.y) }
                                                   : b);
            }
            is_open = covered.lo > done && covered.lo >= 1;
            done = covered.hi;
        }
    }
}

/* Drops what labels have left of a line when it is too short to be read as one: lines of
 * the result from first on, of which those at the ends of a closed line go on there. */
static void drop_stubs(struct level_lines *result, size_t first, size_t first_point,
                       bool is_closed)
{
    size_t count = first, from = first_point, kept = first_point, end = result->count;
    if (end - first < 2 && is_closed) {
        return;
    }
    for (size_t i = first; i < end; i++) {
        size_t length = result->lengths[i];
        struct vec2 *points = result->points + from;
        from += length;
        bool goes_on = is_closed && (i == first || i + 1 == end);
        if (goes_on || length_of(points, length) >= STUB) {
            memmove(result->points + kept, points, length * sizeof *points);
            kept += length;
            result->lengths[count++] = length;
        }
    }
    result->count = count;
    result->point_count = kept;
}

/* Cuts one line; one that no label covers stays as it is. */
static void cut_and_clean(const struct level_labels *labels, const struct vec2 *points,
                          size_t count, struct level_lines *result)
{
    size_t first = result->count, first_point = result->point_count;
    struct vec2 begin = points[0], end = points[count - 1];
    cut_line(labels, points, count, result);
    bool is_cut = result->count != first + 1 || result->lengths[first] != count
               || result->points[first_point].x != begin.x
               || result->points[first_point].y != begin.y;
    if (is_cut) {
        drop_stubs(result, first, first_point, begin.x == end.x && begin.y == end.y);
    }
}

void level_labels_cut(const struct level_labels *labels, struct level_lines *lines,
                      size_t level_count)
{
    for (size_t level = 0; labels->count && level < level_count; level++) {
        struct level_lines result = { 0 };
        const struct vec2 *points = lines[level].points;
        for (size_t i = 0; i < lines[level].count; i++) {
            cut_and_clean(labels, points, lines[level].lengths[i], &result);
            points += lines[level].lengths[i];
        }
        free(lines[level].points);
        free(lines[level].lengths);
        lines[level] = result;
    }
}

void level_labels_draw(const struct level_labels *labels, const struct theme *theme,
                       struct scene *scene)
{
    for (size_t i = 0; i < labels->count; i++) {
        const struct level_label *label = &labels->items[i];
        struct vec2 baseline = { label->box.x + ROOM,
                                 label->box.y + label->box.height / 2 + 0.36 * label->run->size };
        scene_text(scene, label->run, baseline, color_hex(theme->soft_ink));
    }
}
