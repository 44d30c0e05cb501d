#include "plot/captions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "optimize/outcome.h"

/* A line stays for so long, with the lines of what happened meanwhile. */
enum { LINE_MS = 2500, LINES_MOST = 4 };

/* Films with fewer steps have no quarters. */
enum { QUARTERED_LEAST = 8 };

struct event {
    size_t step;
    size_t order; /* of those at one step */
    const char *text;
};

struct teller {
    const struct preset *preset;
    const struct objective *objective;
    const struct trajectory *paths;
    const struct outcome *outcomes;
    const struct timeline *timeline;
    struct arena *arena;
    struct event *events; /* room for two of each path and three quarters */
    size_t event_count;
    bool by_distance; /* from the stated minima, which are all that there are */
};

static void add_event(struct teller *teller, size_t step, const char *text)
{
    size_t order = teller->event_count++;
    teller->events[order] = (struct event){ step, order, text };
}

static void add_outcome(struct teller *teller, size_t index)
{
    const struct trajectory *path = &teller->paths[index];
    struct outcome outcome = teller->outcomes[index];
    struct arena *arena = teller->arena;
    const char *text = NULL;
    const char *label = description_label(path->label, arena);
    if (outcome.kind == OUTCOME_ARRIVES) {
        double tolerance = outcome_tolerance(teller->objective);
        text = arena_printf(arena, "Step %zu: %s is within %s of %s, and stays.",
                            outcome.step, label, description_number(tolerance, arena),
                            description_minimum(teller->objective, outcome.point, arena));
    } else if (outcome.kind == OUTCOME_LEAVES) {
        text = arena_printf(arena, "Step %zu: %s leaves the picture.", outcome.step, label);
    } else if (outcome.kind == OUTCOME_DIVERGES) {
        text = arena_printf(arena, "Step %zu: %s diverges.", outcome.step, label);
    }
    if (outcome.left) {
        add_event(teller, outcome.left, arena_printf(arena, "Step %zu: %s leaves the picture.",
                                                     outcome.left, label));
    }
    if (text && outcome.step) { /* else it is so from the start */
        add_event(teller, outcome.step, text);
    }
}

/* How far a path is at a step: the lower the better. NaN outside of the picture, where nobody
 * sees it, nor any longer a path that is not finite. */
static double standing(const struct teller *teller, size_t index, size_t step)
{
    const struct objective *objective = teller->objective;
    const struct trajectory *path = &teller->paths[index];
    size_t row = step < path->count ? step : path->count - 1;
    struct vec2 at = path->points[row];
    double value = path->losses[row];
    if ((path->diverged && row == path->count - 1) || !range_holds(objective->x, at.x)
        || !range_holds(objective->y, at.y)) {
        return NAN;
    }
    if (teller->by_distance) {
        outcome_minimum(objective, at, &value);
    }
    return value;
}

/* "GD is nearest to the minimum, 0.31 away, and NAG farthest, 4.4 away", of those that are in
 * the picture. */
static const char *tell_standing(const struct teller *teller, size_t best, size_t worst,
                                 size_t seen, size_t step)
{
    struct arena *arena = teller->arena;
    size_t minima = teller->by_distance ? teller->objective->minimum_count : 0;
    const char *a = description_label(teller->paths[best].label, arena);
    const char *b = description_label(teller->paths[worst].label, arena);
    const char *low = description_number(standing(teller, best, step), arena);
    const char *high = description_number(standing(teller, worst, step), arena);
    const char *which = minima > 1 ? "a" : "the";
    if (best == worst) {
        return minima ? arena_printf(arena, "%s is %s away from %s minimum", a, low,
                                     minima > 1 ? "the nearest" : "the")
                      : arena_printf(arena, "%s has the value %s", a, low);
    }
    if (!strcmp(low, high)) {
        bool in_order = best < worst;
        const char *who = seen < teller->preset->optimizer_count ? "all in the picture" : "all";
        who = seen > 2 ? who : arena_printf(arena, "%s and %s", in_order ? a : b,
                                            in_order ? b : a);
        return minima ? arena_printf(arena, "%s are as near to %s minimum, %s away", who, which,
                                     low)
                      : arena_printf(arena, "%s have the value %s", who, low);
    }
    return minima ? arena_printf(arena, "%s is nearest to %s minimum, %s away, and %s farthest, "
                                 "%s away", a, which, low, b, high)
                  : arena_printf(arena, "%s has the lowest value in the picture, %s, and %s the "
                                 "highest, %s", a, low, b, high);
}

static void add_quarter(struct teller *teller, size_t step, size_t last)
{
    size_t count = teller->preset->optimizer_count, best = count, worst = count;
    size_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        double value = standing(teller, i, step);
        if (isnan(value)) {
            continue;
        }
        seen++;
        best = best == count || value < standing(teller, best, step) ? i : best;
        worst = worst == count || value >= standing(teller, worst, step) ? i : worst;
    }
    if (best < count) {
        add_event(teller, step, arena_printf(teller->arena, "Step %zu of %zu: %s.", step, last,
                                             tell_standing(teller, best, worst, seen, step)));
    }
}

static int compare_events(const void *left, const void *right)
{
    const struct event *a = left, *b = right;
    return a->step != b->step ? (a->step < b->step ? -1 : 1) : a->order < b->order ? -1 : 1;
}

static void find_events(struct teller *teller)
{
    size_t count = teller->preset->optimizer_count, last = teller->timeline->steps - 1;
    teller->events = memory_new(2 * count + 3, sizeof *teller->events);
    for (size_t quarter = 1; quarter < 4 && last >= QUARTERED_LEAST; quarter++) {
        add_quarter(teller, last / 4 * quarter + last % 4 * quarter / 4, last);
    }
    for (size_t i = 0; i < count; i++) {
        add_outcome(teller, i);
    }
    qsort(teller->events, teller->event_count, sizeof *teller->events, compare_events);
}

static int64_t ms_of_ticks(const struct timeline *timeline, int64_t ticks)
{
    return ticks * 1000 / timeline->clock.ticks_per_second;
}

/* When the film shows a step. */
static int64_t ms_of_step(const struct timeline *timeline, size_t step)
{
    int64_t hold = step ? ms_of_ticks(timeline, timeline->clock.hold_start_ticks) : 0;
    return hold + (int64_t)step * timeline->interval_ms;
}

/* The event's line after those of the events shortly before. */
static const char *recent_lines(const struct teller *teller, size_t index)
{
    const struct event *events = teller->events;
    int64_t now = ms_of_step(teller->timeline, events[index].step);
    size_t first = index;
    while (first > 0 && index - first + 1 < LINES_MOST
           && ms_of_step(teller->timeline, events[first - 1].step) > now - LINE_MS) {
        first--;
    }
    const char *text = events[first].text;
    for (size_t i = first + 1; i <= index; i++) {
        text = arena_printf(teller->arena, "%s\n%s", text, events[i].text);
    }
    return text;
}

static struct caption *put_caption(struct caption *caption, int64_t start_ms, const char *text)
{
    *caption = (struct caption){ .start_ms = start_ms, .text = text };
    return caption + 1;
}

struct caption *captions_make(const struct description *description,
                              const struct preset *preset, const struct objective *objective,
                              const struct trajectory *trajectories,
                              const struct timeline *timeline, struct arena *arena,
                              size_t *count)
{
    struct teller teller = { preset, objective, trajectories, description->outcomes, timeline,
                             arena, NULL, 0, objective->minimum_count > 0 };
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        teller.by_distance &= description->outcomes[i].kind != OUTCOME_LOWEST;
    }
    const struct clock *clock = &timeline->clock;
    find_events(&teller);
    struct caption *captions = arena_new(arena, teller.event_count + 2, sizeof *captions);
    struct caption *end = captions;
    int64_t last_ticks = timeline->frames > 1 ? clock->hold_start_ticks : 0;
    last_ticks += (int64_t)(timeline->frames - 1) * clock->frame_ticks;
    int64_t last_ms = ms_of_ticks(timeline, last_ticks);
    if (timeline->steps > 1) {
        end = put_caption(end, 0, description->shown);
    }
    for (size_t i = 0; i < teller.event_count; i++) {
        const struct event *event = &teller.events[i];
        bool is_last_of_step = i + 1 == teller.event_count || event[1].step > event->step;
        if (is_last_of_step && event->step + 1 < timeline->steps) {
            end = put_caption(end, ms_of_step(timeline, event->step), recent_lines(&teller, i));
        }
    }
    end = put_caption(end, last_ms, timeline->steps > 1 ? description->result
                                                        : description->text);
    for (struct caption *caption = captions; caption + 1 < end; caption++) {
        caption->end_ms = caption[1].start_ms;
    }
    int64_t held = timeline->frames > 1 ? 0 : clock->hold_start_ticks;
    end[-1].end_ms = ms_of_ticks(timeline, last_ticks + held + clock->frame_ticks
                                               + clock->hold_end_ticks);
    *count = (size_t)(end - captions);
    free(teller.events);
    return captions;
}
