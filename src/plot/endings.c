#include "plot/endings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "plot/description.h"

/* More than these are too many to listen to; the first and the last stand for all. */
enum { TOLD_MOST = 6 };

struct story {
    const struct objective *objective;
    struct arena *arena;
    size_t count;  /* of all paths */
    bool is_named; /* the only minimum has been told */
};

struct ending {
    const char *label;
    size_t index;
    struct outcome outcome;
};

static const char *tell_step(const struct story *story, size_t step)
{
    return step ? arena_printf(story->arena, "at step %zu", step) : "at the start";
}

static bool has_one_minimum(const struct story *story)
{
    return story->objective->minimum_count == 1;
}

/* "the minimum (3, 0.5)", where there is one only the first time with its place. */
static const char *tell_minimum(struct story *story, struct vec2 point)
{
    bool is_known = story->is_named && has_one_minimum(story);
    story->is_named = true;
    return is_known ? "the minimum"
                    : description_minimum(story->objective, point, story->arena);
}

/* "away from the minimum (3, 0.5)"; of several, each path is measured from its own. */
static const char *tell_away(struct story *story, struct vec2 point)
{
    return has_one_minimum(story)
               ? arena_printf(story->arena, "away from %s", tell_minimum(story, point))
               : "away from the nearest minimum";
}

static bool is_same(struct vec2 a, struct vec2 b)
{
    return a.x == b.x && a.y == b.y;
}

/* What is no distance in this picture. */
static double nothing_in(const struct story *story)
{
    return 1e-4 * outcome_tolerance(story->objective);
}

/* Of points that were found by walking there. */
static bool is_nearly_same(const struct story *story, struct vec2 a, struct vec2 b)
{
    return fabs(a.x - b.x) <= nothing_in(story) && fabs(a.y - b.y) <= nothing_in(story);
}

/* "within 0.03 of", or as given where the distance is nothing. */
static const char *tell_near(const struct story *story, double distance, const char *there)
{
    return distance <= nothing_in(story)
               ? there
               : arena_printf(story->arena, "within %s of",
                              description_bound(distance, story->arena));
}

/* "the local minimum (1.7, -0.9) of value 0.299", "it" where it has just been told. */
static const char *tell_point(const struct story *story, const struct ending *ending,
                              const struct ending *first)
{
    const struct outcome *outcome = &ending->outcome;
    struct arena *arena = story->arena;
    const char *at = description_point(outcome->point, arena);
    if (ending != first && is_nearly_same(story, outcome->point, ending[-1].outcome.point)) {
        return "it";
    }
    switch (outcome->kind) {
    case OUTCOME_LOWEST:
        return at;
    case OUTCOME_SADDLE:
        return arena_printf(arena, "the saddle point %s", at);
    default:
        return arena_printf(arena, "the %s %s of value %s",
                            outcome->kind == OUTCOME_LOCAL ? "local minimum" : "maximum", at,
                            description_number(outcome->value, arena));
    }
}

/* The words of the ending that no other may have to be told along with it. */
static bool is_told_alike(const struct story *story, const struct ending *a,
                          const struct ending *b)
{
    const struct outcome *one = &a->outcome, *other = &b->outcome;
    struct arena *arena = story->arena;
    switch (one->kind) {
    case OUTCOME_ARRIVES:
        return one->step == other->step && is_same(one->point, other->point);
    case OUTCOME_LEAVES:
    case OUTCOME_DIVERGES:
        return one->step == other->step;
    case OUTCOME_ENDS:
        return !strcmp(description_number(one->loss, arena),
                       description_number(other->loss, arena));
    case OUTCOME_NEARER:
    case OUTCOME_FARTHER:
        return !strcmp(description_number(one->distance, arena),
                       description_number(other->distance, arena));
    case OUTCOME_LOWEST:
    case OUTCOME_LOCAL:
    case OUTCOME_SADDLE:
    case OUTCOME_MAXIMUM:
        return is_nearly_same(story, one->point, other->point)
            && !strcmp(tell_near(story, one->distance, "at"),
                       tell_near(story, other->distance, "at"));
    default:
        return false;
    }
}

/* What those of the group came to who are told as one; verbs stand with the first only. */
static const char *tell_one(struct story *story, const struct ending *ending,
                            const struct ending *first, const char *who, bool is_one)
{
    struct arena *arena = story->arena;
    const struct outcome *outcome = &ending->outcome;
    bool leads = ending == first;
    const char *s = is_one ? "s" : "";
    const char *number = description_number(outcome->distance, arena);
    const char *step = tell_step(story, outcome->step);
    switch (outcome->kind) {
    case OUTCOME_ARRIVES:
        return leads ? arena_printf(arena, "%s reach%s %s %s", who, is_one ? "es" : "",
                                    tell_minimum(story, outcome->point), step)
               : is_same(outcome->point, ending[-1].outcome.point)
                   ? arena_printf(arena, "%s %s", who, step)
                   : arena_printf(arena, "%s that at %s %s", who,
                                  description_point(outcome->point, arena), step);
    case OUTCOME_NEARER:
        return leads ? arena_printf(arena, "%s %s still %s %s", who, is_one ? "is" : "are",
                                    number, tell_away(story, outcome->point))
                     : arena_printf(arena, "%s %s", who, number);
    case OUTCOME_FARTHER:
        return leads ? arena_printf(arena, "%s end%s %s %s", who, s, number,
                                    tell_away(story, outcome->point))
                     : arena_printf(arena, "%s %s", who, number);
    case OUTCOME_ENDS:
        return arena_printf(arena, "%s for %s", description_number(outcome->loss, arena), who);
    case OUTCOME_LOWEST:
    case OUTCOME_LOCAL:
    case OUTCOME_SADDLE:
    case OUTCOME_MAXIMUM:
        return arena_printf(arena, "%s%s %s %s", who, leads ? is_one ? " ends" : " end" : "",
                            tell_near(story, outcome->distance, "at"),
                            tell_point(story, ending, first));
    case OUTCOME_LEAVES:
        return !outcome->step ? arena_printf(arena, "%s begin%s and end%s outside of the picture",
                                             who, s, s)
               : leads ? arena_printf(arena, "%s leave%s the picture %s", who, s, step)
                     : arena_printf(arena, "%s %s", who, step);
    case OUTCOME_DIVERGES:
        return leads ? arena_printf(arena, "%s diverge%s %s", who, s, step)
                     : arena_printf(arena, "%s %s", who, step);
    default:
        return who;
    }
}

/* A group's sentence around what is told of its members. */
static const char *frame_sentence(const struct story *story, const struct ending *group,
                                  const char *told, size_t count)
{
    enum outcome_kind kind = group[0].outcome.kind;
    bool same = true;
    for (size_t i = 1; i < count; i++) {
        same &= is_nearly_same(story, group[i].outcome.point, group[0].outcome.point);
    }
    struct arena *arena = story->arena;
    const char *tolerance = description_number(outcome_tolerance(story->objective), arena);
    switch (kind) {
    case OUTCOME_ARRIVES:
        return arena_printf(arena, "%s%s within %s of %s.", told,
                            count == 1 ? " and stays" : ", and they stay", tolerance,
                            same ? "it" : "them");
    case OUTCOME_LOWEST:
        return arena_printf(arena, "%s, %s as low as the marked %s.", told,
                            same ? "a minimum" : "minima",
                            has_one_minimum(story) ? "one" : "ones");
    case OUTCOME_NEARER:
        return arena_printf(arena, "At the end %s.", told);
    case OUTCOME_FARTHER:
        return arena_printf(arena, "%s, no nearer than at the start.", told);
    case OUTCOME_ENDS:
        return arena_printf(arena, "At the end the function's value is %s.", told);
    case OUTCOME_RESTS:
        return arena_printf(arena, "%s hardly %s: %s within %s of %s start.", told,
                            count == 1 ? "moves" : "move", count == 1 ? "it stays" : "they stay",
                            tolerance, count == 1 ? "its" : "their");
    case OUTCOME_DIVERGES:
        return arena_printf(arena, "%s: %s numbers are no longer finite.", told,
                            count == 1 ? "its" : "their");
    default:
        return arena_printf(arena, "%s.", told);
    }
}

/* "A first, at step 1, and B last, at step 3" */
static const char *tell_steps(const struct story *story, const struct ending *first,
                              const struct ending *last)
{
    const char *step = tell_step(story, first->outcome.step);
    return first->outcome.step == last->outcome.step
               ? arena_printf(story->arena, "all %s", step)
               : arena_printf(story->arena, "%s first, %s, and %s last, %s", first->label, step,
                              last->label, tell_step(story, last->outcome.step));
}

/* "at values from 1 (A) to 2 (B)", "1 (A) to 2 (B) away" */
static const char *tell_numbers(const struct story *story, const struct ending *first,
                                const struct ending *last)
{
    struct arena *arena = story->arena;
    enum outcome_kind kind = first->outcome.kind;
    bool is_loss = kind == OUTCOME_ENDS || kind == OUTCOME_LOCAL || kind == OUTCOME_LOWEST
                || kind == OUTCOME_MAXIMUM;
    const struct outcome *least = &first->outcome, *most = &last->outcome;
    const char *low = description_number(is_loss ? least->loss : least->distance, arena);
    const char *high = description_number(is_loss ? most->loss : most->distance, arena);
    if (!strcmp(low, high)) {
        return arena_printf(arena, is_loss ? "all at the value %s" : "all %s away", low);
    }
    return arena_printf(arena, "%s%s (%s) to %s (%s)%s", is_loss ? "at values from " : "", low,
                        first->label, high, last->label, is_loss ? "" : " away");
}

/* The same of many, by the first and the last of them. */
static const char *tell_crowd(struct story *story, const struct ending *group, size_t count)
{
    static const char *const verbs[OUTCOME_COUNT] = {
        [OUTCOME_ARRIVES] = "reach", [OUTCOME_LOWEST] = "end as low as the minimum",
        [OUTCOME_LOCAL] = "end at a local minimum", [OUTCOME_MAXIMUM] = "end at a maximum",
        [OUTCOME_NEARER] = "are still away from the minimum",
        [OUTCOME_FARTHER] = "end no nearer to a minimum than they began",
        [OUTCOME_ENDS] = "end within the picture", [OUTCOME_RESTS] = "hardly move",
        [OUTCOME_SADDLE] = "end near a saddle point", [OUTCOME_LEAVES] = "leave the picture",
        [OUTCOME_DIVERGES] = "diverge",
    };
    struct arena *arena = story->arena;
    const struct ending *first = &group[0], *last = &group[count - 1];
    enum outcome_kind kind = first->outcome.kind;
    const char *number = description_count(count, arena);
    const char *all = count == story->count
                          ? arena_printf(arena, "all %s optimizers %s", number, verbs[kind])
                          : arena_printf(arena, "%s of the optimizers %s", number, verbs[kind]);
    const char *tolerance = description_number(outcome_tolerance(story->objective), arena);
    switch (kind) {
    case OUTCOME_ARRIVES:
        return arena_printf(arena, "%s %s, %s, and stay within %s of it.", all,
                            has_one_minimum(story) ? tell_minimum(story, first->outcome.point)
                                                   : "a minimum",
                            tell_steps(story, first, last), tolerance);
    case OUTCOME_LEAVES:
    case OUTCOME_DIVERGES:
        return arena_printf(arena, "%s, %s.", all, tell_steps(story, first, last));
    case OUTCOME_RESTS:
        return arena_printf(arena, "%s: they stay within %s of their start.", all, tolerance);
    default:
        return arena_printf(arena, "%s, %s.", all, tell_numbers(story, first, last));
    }
}

static const char *tell_group(struct story *story, const struct ending *group, size_t count)
{
    const char *items[TOLD_MOST] = { 0 };
    if (count > TOLD_MOST) {
        return tell_crowd(story, group, count);
    }
    size_t told_count = 0;
    for (size_t i = 0, next; i < count; i = next) {
        const char *labels[TOLD_MOST] = { 0 };
        for (next = i; next < count
                       && (next == i || is_told_alike(story, &group[i], &group[next])); next++) {
            labels[next - i] = group[next].label;
        }
        const char *who = description_join(labels, next - i, story->arena);
        items[told_count++] = tell_one(story, &group[i], &group[0], who, next == i + 1);
    }
    const char *told = description_join(items, told_count, story->arena);
    return frame_sentence(story, group, told, count);
}

static double rank(const struct outcome *outcome)
{
    switch (outcome->kind) {
    case OUTCOME_ARRIVES:
    case OUTCOME_LEAVES:
    case OUTCOME_DIVERGES:
        return (double)outcome->step;
    case OUTCOME_LOWEST:
    case OUTCOME_LOCAL:
    case OUTCOME_ENDS:
    case OUTCOME_MAXIMUM:
        return outcome->loss;
    default:
        return outcome->distance;
    }
}

static int compare_endings(const void *left, const void *right)
{
    const struct ending *a = left, *b = right;
    double before = rank(&a->outcome), after = rank(&b->outcome);
    if (a->outcome.kind != b->outcome.kind) {
        return a->outcome.kind < b->outcome.kind ? -1 : 1;
    }
    return before < after ? -1 : before > after ? 1 : a->index < b->index ? -1 : 1;
}

/* " On the way GD leaves the picture at step 1, and comes back.", of those that do. */
static const char *tell_leaving(const struct story *story, const struct ending *endings,
                                size_t count)
{
    struct arena *arena = story->arena;
    const char *items[TOLD_MOST] = { 0 };
    size_t leaving = 0;
    for (size_t i = 0; i < count; i++) {
        if (endings[i].outcome.left && leaving++ < TOLD_MOST) {
            items[leaving - 1] = arena_printf(arena, "%s%s at step %zu", endings[i].label,
                                              leaving == 1 ? " leaves the picture" : "",
                                              endings[i].outcome.left);
        }
    }
    if (leaving > TOLD_MOST) {
        return arena_printf(arena, " On the way %s of the optimizers leave the picture, and come "
                            "back.", description_count(leaving, arena));
    }
    return leaving ? arena_printf(arena, " On the way %s, and come%s back.",
                                  description_join(items, leaving, arena),
                                  leaving == 1 ? "s" : "")
                   : "";
}

static bool pass_alike(const struct story *story, const struct outcome *a,
                       const struct outcome *b)
{
    return is_nearly_same(story, a->passed, b->passed) && a->steps_near == b->steps_near
        && !strcmp(tell_near(story, a->passed_within, "to"),
                   tell_near(story, b->passed_within, "to"));
}

/* "GD comes within 0.015 of the saddle point (0, 0) and is near it for 38 steps" */
static const char *tell_one_passing(const struct story *story, const struct outcome *outcome,
                                    const struct outcome *before, const char *who, bool is_one)
{
    struct arena *arena = story->arena;
    bool is_known = before && is_nearly_same(story, before->passed, outcome->passed);
    const char *near = tell_near(story, outcome->passed_within, "to");
    size_t steps = outcome->steps_near;
    return is_known ? arena_printf(arena, "%s %s it for %zu", who, near, steps)
                    : arena_printf(arena, "%s come%s %s the saddle point %s and %s near "
                                   "it for %zu step%s", who, is_one ? "s" : "", near,
                                   description_point(outcome->passed, arena),
                                   is_one ? "is" : "are", steps, steps == 1 ? "" : "s");
}

/* " On the way GD comes ... and Momentum within 0.014 for 9: near is within 0.5." */
static const char *tell_passing(const struct story *story, const struct ending *endings,
                                size_t count)
{
    struct arena *arena = story->arena;
    const struct ending *passing[TOLD_MOST] = { 0 };
    const char *items[TOLD_MOST] = { 0 };
    size_t found = 0, told = 0;
    for (size_t i = 0; i < count && found < TOLD_MOST; i++) {
        if (endings[i].outcome.passes) {
            passing[found++] = &endings[i];
        }
    }
    for (size_t i = 0, next; i < found; i = next) {
        const char *labels[TOLD_MOST] = { 0 };
        const struct outcome *outcome = &passing[i]->outcome;
        for (next = i; next < found && pass_alike(story, outcome, &passing[next]->outcome);
             next++) {
            labels[next - i] = passing[next]->label;
        }
        items[told++] = tell_one_passing(story, outcome, i ? &passing[i - 1]->outcome : NULL,
                                         description_join(labels, next - i, arena),
                                         next == i + 1);
    }
    return told ? arena_printf(arena, " On the way %s; near is within %s.",
                               description_join(items, told, arena),
                               description_number(outcome_nearness(story->objective), arena))
                : "";
}

const char *endings_tell(const struct outcome *outcomes, const struct trajectory *paths,
                         size_t count, const struct objective *objective, struct arena *arena)
{
    struct story telling = { objective, arena, count, false }, *story = &telling;
    struct ending *endings = memory_new(count, sizeof *endings);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        endings[i] = (struct ending){ description_label(paths[i].label, arena), i, outcomes[i] };
    }
    qsort(endings, count, sizeof *endings, compare_endings);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && endings[next].outcome.kind == endings[i].outcome.kind;) {
            next++;
        }
        text = arena_printf(story->arena, "%s%s%s", text, i ? " " : "",
                            description_sentence(tell_group(story, &endings[i], next - i), arena));
    }
    text = arena_printf(arena, "%s%s%s", text, tell_leaving(story, endings, count),
                        tell_passing(story, endings, count));
    free(endings);
    return text;
}
