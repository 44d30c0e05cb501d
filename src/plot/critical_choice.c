#include "plot/critical_choice.h"

#include <math.h>

#include "base/elementary.h"
#include "base/memory.h"

/* So many of a kind; more would be a carpet. */
enum { MOST = 20 };

/* Of the panel's sides, how far marks are apart, and what is the place of a stated minimum. */
static const double APART = 0.03, SAME_PLACE = 1e-4;

/* How much farther apart twins are tried that are too many. */
static const double SPREAD = 1.25;

/* Of the values' range: what is the same, as twins by symmetry are. */
static const double SAME_VALUE = 1e-9;

struct choice {
    const struct critical_points *points;
    const struct objective *objective;
    bool *chosen;
};

/* Points from one index to before another. */
struct stretch {
    size_t from, to;
};

static double distance(const struct choice *choice, struct vec2 a, struct vec2 b)
{
    const struct range x = choice->objective->x, y = choice->objective->y;
    return cr_hypot((a.x - b.x) / (x.hi - x.lo), (a.y - b.y) / (y.hi - y.lo));
}

static bool is_stated(const struct choice *choice, const struct critical_point *point)
{
    for (size_t i = 0; i < choice->objective->minimum_count; i++) {
        if (point->kind == CRITICAL_MINIMUM
            && distance(choice, choice->objective->minima[i], point->at) < SAME_PLACE) {
            return true;
        }
    }
    return false;
}

/* Whether a point of the stretch stands off all that are chosen, and from its twins apart. */
static bool has_room(const struct choice *choice, size_t index, struct stretch twins, double apart)
{
    const struct critical_point *items = choice->points->items;
    for (size_t i = 0; i < choice->points->count; i++) {
        double least = i >= twins.from && i < twins.to ? apart : APART;
        if (choice->chosen[i] && distance(choice, items[i].at, items[index].at) < least) {
            return false;
        }
    }
    return true;
}

/* Chooses those that have room; returns how many. */
static size_t add(const struct choice *choice, struct stretch twins, double apart)
{
    size_t count = 0;
    for (size_t i = twins.from; i < twins.to; i++) {
        if (!choice->chosen[i] && has_room(choice, i, twins, apart)) {
            choice->chosen[i] = true;
            count++;
        }
    }
    return count;
}

static void take_back(const struct choice *choice, struct stretch stretch)
{
    for (size_t i = stretch.from; i < stretch.to; i++) {
        choice->chosen[i] = is_stated(choice, &choice->points->items[i]);
    }
}

/* Takes from the front, or the back, the points whose value is that of the one there. */
static struct stretch take_twins(const struct choice *choice, struct stretch *left, bool is_last)
{
    const struct critical_point *items = choice->points->items;
    const double slack = SAME_VALUE * choice->points->range;
    struct stretch twins = { left->from, left->to };
    if (is_last) {
        for (twins.from = left->to - 1; twins.from > left->from
             && items[twins.from - 1].value >= items[left->to - 1].value - slack;) {
            twins.from--;
        }
        left->to = twins.from;
    } else {
        for (twins.to = left->from + 1; twins.to < left->to
             && items[twins.to].value <= items[left->from].value + slack;) {
            twins.to++;
        }
        left->from = twins.to;
    }
    return twins;
}

/* Of one kind, in the order of their values: twins are chosen as a whole, so that none of them
 * is missing; where there is nothing but twins some that are far apart stand for all. */
static void choose_kind(const struct choice *choice, struct stretch left)
{
    bool is_downwards = choice->points->items[left.from].kind == CRITICAL_MAXIMUM;
    size_t count = 0;
    for (size_t i = left.from; i < left.to; i++) {
        count += choice->chosen[i];
    }
    while (left.from < left.to) {
        struct stretch twins = take_twins(choice, &left, is_downwards);
        size_t added = add(choice, twins, APART);
        for (double apart = SPREAD * APART; !count && added > MOST; apart *= SPREAD) {
            take_back(choice, twins);
            added = add(choice, twins, apart);
        }
        if (added && count + added > MOST) {
            take_back(choice, twins);
            return;
        }
        count += added;
    }
}

bool *critical_choose(const struct critical_points *points, const struct objective *objective)
{
    struct choice choice = { points, objective, memory_new(points->count, sizeof(bool)) };
    for (size_t i = 0; i < points->count; i++) {
        choice.chosen[i] = is_stated(&choice, &points->items[i]);
    }
    for (struct stretch kind = { 0, 0 }; kind.from < points->count; kind.from = kind.to) {
        while (kind.to < points->count
               && points->items[kind.to].kind == points->items[kind.from].kind) {
            kind.to++;
        }
        choose_kind(&choice, kind);
    }
    return choice.chosen;
}
