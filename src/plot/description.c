#include "plot/description.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "model/catalogue.h"
#include "model/critical.h"
#include "optimize/outcome.h"
#include "plot/markup.h"

/* More names than these are too many to listen to; the first and the last stand for all. */
enum { NAMED_MOST = 8, TOLD_MOST = 6 };

/* Bytes of what users write at will. */
enum { LABEL_MOST = 40, FORMULA_MOST = 120, KNOWN_FORMULA_MOST = 40 };

/* What sentences are made of. */
struct story {
    const struct preset *preset;
    const struct objective *objective;
    const struct trajectory *paths;
    const struct outcome *outcomes;
    struct arena *arena;
    bool is_named; /* the only minimum has been told */
};

struct ending {
    const char *label;
    size_t index;
    struct outcome outcome;
};

/* 1.5×10^{-7}, which is markup, as characters. */
static const char *raise_exponent(const char *shown, struct arena *arena)
{
    static const char *const digits[] = { "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                          "\u2075", "\u2076", "\u2077", "\u2078", "\u2079" };
    const char *brace = strstr(shown, "^{");
    if (!brace) {
        return arena_copy(arena, shown, strlen(shown));
    }
    const char *text = arena_copy(arena, shown, (size_t)(brace - shown));
    for (const char *c = brace + 2; *c != '}'; c++) {
        text = arena_printf(arena, "%s%s", text, *c == '-' ? "\u207b" : digits[*c - '0']);
    }
    return text;
}

static const char *show(double value, int digits, struct arena *arena)
{
    char text[NUMBER_SHOWN_SIZE];
    number_show(text, sizeof text, value, digits);
    return raise_exponent(text, arena);
}

const char *description_number(double value, struct arena *arena)
{
    return show(value, 3, arena);
}

const char *description_bound(double value, struct arena *arena)
{
    char text[NUMBER_SIZE];
    double bound = value;
    snprintf(text, sizeof text, "%.1e", value); /* d.de-xx */
    number_parse(text, strlen(text), &bound);
    if (isfinite(value) && bound < value) {
        int whole = 10 * (text[0] - '0') + (text[2] - '0') + 1;
        int exponent = (int)strtol(text + 4, NULL, 10) - 1;
        snprintf(text, sizeof text, "%de%d", whole, exponent);
        number_parse(text, strlen(text), &bound);
    }
    return show(bound, 2, arena);
}

const char *description_point(struct vec2 point, struct arena *arena)
{
    return arena_printf(arena, "(%s, %s)", description_number(point.x, arena),
                        description_number(point.y, arena));
}

/* Appends the line, scripts as ^2 and _1. */
static const char *plain_words(const char *text, const struct markup *line, struct arena *arena)
{
    for (size_t i = 0; i < line->count; i++) {
        if (line->codes[i] < MARKUP_SCRIPTS) {
            char character[UTF8_SIZE];
            utf8_write(character, line->codes[i]);
            text = arena_printf(arena, "%s%s", text, character);
            continue;
        }
        const struct markup_scripts *scripts = &line->scripts[line->codes[i] - MARKUP_SCRIPTS];
        if (scripts->below) {
            text = plain_words(arena_printf(arena, "%s_", text), scripts->below, arena);
        }
        if (scripts->above) {
            text = plain_words(arena_printf(arena, "%s^", text), scripts->above, arena);
        }
    }
    return text;
}

const char *description_plain(const char *markup, struct arena *arena)
{
    return plain_words("", markup_parse(arena, markup), arena);
}

const char *description_label(const char *label, struct arena *arena)
{
    size_t length = 0, size;
    uint32_t code;
    while (label[length]
           && (size = utf8_read(label + length, strlen(label + length), &code)) > 0
           && length + size <= LABEL_MOST) {
        length += size;
    }
    bool is_cut = label[length] != '\0';
    while (is_cut && length && label[length - 1] == ' ') {
        length--;
    }
    const char *part = arena_copy(arena, label, length);
    return arena_printf(arena, "%s%s", description_plain(part, arena),
                        is_cut ? "\u2026" : "");
}

/* "six", as sentences have it. */
static const char *count_words(size_t count, struct arena *arena)
{
    static const char *const words[] = { "no", "one", "two", "three", "four", "five", "six",
                                         "seven", "eight", "nine", "ten", "eleven", "twelve" };
    return count < sizeof words / sizeof *words ? words[count]
                                                : arena_printf(arena, "%zu", count);
}

/* "a, b and c" */
static const char *join(const char *const *items, size_t count, struct arena *arena)
{
    const char *text = count ? items[0] : "";
    for (size_t i = 1; i < count; i++) {
        text = arena_printf(arena, "%s%s%s", text, i + 1 < count ? ", " : " and ", items[i]);
    }
    return text;
}

static const char *tell_who(const struct story *story)
{
    size_t count = story->preset->optimizer_count;
    const char *labels[NAMED_MOST] = { 0 };
    for (size_t i = 0; i < count && i < NAMED_MOST; i++) {
        labels[i] = description_label(story->paths[i].label, story->arena);
    }
    if (count == 1) {
        return arena_printf(story->arena, "The path of %s", labels[0]);
    }
    if (count > NAMED_MOST) {
        return arena_printf(story->arena, "The paths of %s optimizers",
                            count_words(count, story->arena));
    }
    return arena_printf(story->arena, "The paths of %s", join(labels, count, story->arena));
}

/* " with r = x^2, k = 3" */
static const char *tell_lets(const struct let *lets, size_t count, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        text = arena_printf(arena, "%s%s %s = %s", text, i ? "," : " with", lets[i].name.text,
                            lets[i].formula.text);
    }
    return text;
}

static const char *tell_formula(const struct story *story)
{
    const struct objective *objective = story->objective;
    return arena_printf(story->arena, "f(x, y) = %s%s", objective->formula,
                        tell_lets(objective->lets, objective->let_count, story->arena));
}

/* "Beale's function", "the hyperbolic paraboloid f(x, y) = y^2 - x^2" */
static const char *tell_function(const struct story *story)
{
    const char *formula = tell_formula(story), *name = story->objective->name;
    const struct catalogue_entry *entry = catalogue_find(name, strlen(name));
    if (!entry) {
        return strlen(formula) <= FORMULA_MOST ? formula : "a function of x and y";
    }
    bool is_owned = strstr(entry->title, "'s ") != NULL;
    char *title = arena_copy(story->arena, entry->title, strlen(entry->title));
    if (!is_owned && title[0] >= 'A' && title[0] <= 'Z') {
        title[0] = (char)(title[0] - 'A' + 'a');
    }
    bool is_short = strlen(story->objective->formula) <= KNOWN_FORMULA_MOST;
    if (!is_short) {
        const struct problem_section *problem = &story->preset->problem;
        formula = tell_lets(problem->params, problem->param_count, story->arena);
    }
    return arena_printf(story->arena, "%s%s%s%s", is_owned ? "" : "the ", title,
                        is_short ? is_owned ? ", " : " " : "", formula);
}

/* "from (1.5, 2) through 199 steps" */
static const char *tell_way(const struct story *story)
{
    size_t count = story->preset->optimizer_count;
    size_t longest = trajectory_longest(story->paths, count);
    struct vec2 start = story->paths[0].points[0];
    bool same = true, fewer = false;
    for (size_t i = 0; i < count; i++) {
        struct vec2 other = story->paths[i].points[0];
        same &= other.x == start.x && other.y == start.y;
        fewer |= story->paths[i].count < longest;
    }
    const char *from = same ? description_point(start, story->arena) : "different starts";
    return longest == 1 ? arena_printf(story->arena, "at the start, %s", from)
                        : arena_printf(story->arena, "from %s through %s%zu step%s", from,
                                       fewer ? "up to " : "", longest - 1,
                                       longest == 2 ? "" : "s");
}

static const char *tell_panels(const struct story *story)
{
    static const char *const places[] = {
        [PANEL_SURFACE] = "on its surface", [PANEL_CONTOUR] = "on a map of its level lines",
        [PANEL_LOSS] = "as values over the steps"
    };
    const struct panel_list *panels = &story->preset->figure.panels;
    const char *items[PANEL_COUNT];
    for (size_t i = 0; i < panels->count; i++) {
        items[i] = places[panels->items[i]];
    }
    return join(items, panels->count, story->arena);
}

/* "4 minima", or NULL for none. */
static const char *tell_count(size_t count, const char *one, const char *many, struct arena *arena)
{
    return count == 1 ? arena_printf(arena, "a %s", one)
           : count    ? arena_printf(arena, "%zu %s", count, many) : NULL;
}

/* " Marked are 4 minima, a maximum and 4 saddle points.", where something is. */
static const char *tell_marks(const struct story *story)
{
    const struct panel_list *panels = &story->preset->figure.panels;
    bool is_marked = false;
    for (size_t i = 0; i < panels->count; i++) {
        is_marked |= panels->items[i] == PANEL_CONTOUR && story->preset->contour.critical;
    }
    if (!is_marked) {
        return "";
    }
    struct critical_points points;
    size_t of_kind[CRITICAL_SADDLE + 1] = { 0 }, count = 0;
    critical_find(&points, story->objective);
    for (size_t i = 0; i < points.count; i++) {
        of_kind[points.items[i].kind]++;
    }
    critical_finish(&points);
    const char *items[] = {
        tell_count(of_kind[CRITICAL_MINIMUM], "minimum", "minima", story->arena),
        tell_count(of_kind[CRITICAL_MAXIMUM], "maximum", "maxima", story->arena),
        tell_count(of_kind[CRITICAL_SADDLE], "saddle point", "saddle points", story->arena),
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        items[count] = items[i];
        count += items[i] != NULL;
    }
    return count ? arena_printf(story->arena, " Marked are %s.", join(items, count, story->arena))
                 : "";
}

static const char *tell_shown(const struct story *story)
{
    const char *function = tell_function(story);
    return arena_printf(story->arena, "%s on %s%s %s, drawn %s.%s", tell_who(story), function,
                        strchr(function, '=') || strchr(function, ',') ? "," : "",
                        tell_way(story), tell_panels(story), tell_marks(story));
}

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
                    : arena_printf(story->arena, "the minimum %s",
                                   description_point(point, story->arena));
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

/* What a path of the group came to; verbs stand with the first one only. */
static const char *tell_one(struct story *story, const struct ending *ending,
                            const struct ending *first)
{
    struct arena *arena = story->arena;
    const struct outcome *outcome = &ending->outcome;
    bool leads = ending == first;
    const char *number = description_number(outcome->distance, arena);
    const char *step = tell_step(story, outcome->step);
    switch (outcome->kind) {
    case OUTCOME_ARRIVES:
        return leads ? arena_printf(arena, "%s reaches %s %s", ending->label,
                                    tell_minimum(story, outcome->point), step)
               : is_same(outcome->point, ending[-1].outcome.point)
                   ? arena_printf(arena, "%s %s", ending->label, step)
                   : arena_printf(arena, "%s that at %s %s", ending->label,
                                  description_point(outcome->point, arena), step);
    case OUTCOME_NEARER:
        return leads ? arena_printf(arena, "%s is still %s %s", ending->label, number,
                                    tell_away(story, outcome->point))
                     : arena_printf(arena, "%s %s", ending->label, number);
    case OUTCOME_FARTHER:
        return leads ? arena_printf(arena, "%s ends %s %s", ending->label, number,
                                    tell_away(story, outcome->point))
                     : arena_printf(arena, "%s %s", ending->label, number);
    case OUTCOME_ENDS:
        return arena_printf(arena, "%s for %s", description_number(outcome->loss, arena),
                            ending->label);
    case OUTCOME_SADDLE:
        return arena_printf(arena, "%s%s within %s of the saddle point %s", ending->label,
                            leads ? " ends" : "", description_bound(outcome->distance, arena),
                            description_point(outcome->point, arena));
    case OUTCOME_LEAVES:
        return arena_printf(arena, "%s%s %s", ending->label, leads ? " leaves the picture" : "",
                            step);
    case OUTCOME_DIVERGES:
        return arena_printf(arena, "%s%s %s", ending->label, leads ? " diverges" : "", step);
    default:
        return ending->label;
    }
}

/* A group's sentence around what is told of its members. */
static const char *frame_sentence(const struct story *story, const struct ending *group,
                                  const char *told, size_t count)
{
    enum outcome_kind kind = group[0].outcome.kind;
    bool same = true;
    for (size_t i = 1; i < count; i++) {
        same &= is_same(group[i].outcome.point, group[0].outcome.point);
    }
    struct arena *arena = story->arena;
    const char *tolerance = description_number(outcome_tolerance(story->objective), arena);
    switch (kind) {
    case OUTCOME_ARRIVES:
        return arena_printf(arena, "%s%s within %s of %s.", told,
                            count == 1 ? " and stays" : ", and they stay", tolerance,
                            same ? "it" : "them");
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

/* The same of many, by the first and the last of them. */
static const char *tell_crowd(struct story *story, const struct ending *group, size_t count)
{
    static const char *const verbs[OUTCOME_COUNT] = {
        [OUTCOME_ARRIVES] = "reach", [OUTCOME_NEARER] = "are still away from the minimum",
        [OUTCOME_FARTHER] = "end no nearer to a minimum than they began",
        [OUTCOME_ENDS] = "end within the picture", [OUTCOME_RESTS] = "hardly move",
        [OUTCOME_SADDLE] = "end near a saddle point", [OUTCOME_LEAVES] = "leave the picture",
        [OUTCOME_DIVERGES] = "diverge",
    };
    struct arena *arena = story->arena;
    const struct ending *first = &group[0], *last = &group[count - 1];
    enum outcome_kind kind = first->outcome.kind;
    const char *all = arena_printf(arena, "%s of the optimizers %s",
                                   count_words(count, arena), verbs[kind]);
    const char *tolerance = description_number(outcome_tolerance(story->objective), arena);
    char *text;
    if (kind == OUTCOME_ARRIVES) {
        text = arena_printf(arena, "%s %s, %s first, %s, and %s last, %s, and stay within %s of "
                            "it.", all, has_one_minimum(story)
                                            ? tell_minimum(story, first->outcome.point)
                                            : "a minimum", first->label,
                            tell_step(story, first->outcome.step), last->label,
                            tell_step(story, last->outcome.step), tolerance);
    } else if (kind == OUTCOME_LEAVES || kind == OUTCOME_DIVERGES) {
        text = arena_printf(arena, "%s, %s first, %s, and %s last, %s.", all, first->label,
                            tell_step(story, first->outcome.step), last->label,
                            tell_step(story, last->outcome.step));
    } else if (kind == OUTCOME_RESTS) {
        text = arena_printf(arena, "%s: they stay within %s of their start.", all,
                            tolerance);
    } else {
        bool is_loss = kind == OUTCOME_ENDS;
        const struct outcome *least = &first->outcome, *most = &last->outcome;
        text = arena_printf(arena, "%s, %s%s (%s) to %s (%s)%s.", all,
                            is_loss ? "at values from " : "",
                            description_number(is_loss ? least->loss : least->distance, arena),
                            first->label,
                            description_number(is_loss ? most->loss : most->distance, arena),
                            last->label, is_loss ? "" : " away");
    }
    if (text[0] >= 'a' && text[0] <= 'z') {
        text[0] = (char)(text[0] - 'a' + 'A');
    }
    return text;
}

static const char *tell_group(struct story *story, const struct ending *group, size_t count)
{
    const char *items[TOLD_MOST] = { 0 };
    if (count > TOLD_MOST) {
        return tell_crowd(story, group, count);
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = tell_one(story, &group[i], &group[0]);
    }
    const char *told = join(items, count, story->arena);
    return frame_sentence(story, group, told, count);
}

static double rank(const struct outcome *outcome)
{
    switch (outcome->kind) {
    case OUTCOME_ARRIVES:
    case OUTCOME_LEAVES:
    case OUTCOME_DIVERGES:
        return (double)outcome->step;
    case OUTCOME_ENDS:
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

/* "GD comes within 0.015 of the saddle point (0, 0) and is near it for 38 steps" */
static const char *tell_one_passing(const struct story *story, const struct ending *ending,
                                    const struct outcome *before)
{
    struct arena *arena = story->arena;
    const struct outcome *outcome = &ending->outcome;
    bool is_known = before && is_same(before->passed, outcome->passed);
    const char *within = description_bound(outcome->passed_within, arena);
    size_t steps = outcome->steps_near;
    return is_known ? arena_printf(arena, "%s within %s for %zu", ending->label, within, steps)
                   : arena_printf(arena, "%s comes within %s of the saddle point %s and is near "
                                  "it for %zu step%s", ending->label, within,
                                  description_point(outcome->passed, arena), steps,
                                  steps == 1 ? "" : "s");
}

/* " On the way GD comes ... and Momentum within 0.014 for 9: near is within 0.5." */
static const char *tell_passing(const struct story *story, const struct ending *endings,
                                size_t count)
{
    struct arena *arena = story->arena;
    const struct outcome *before = NULL;
    const char *items[TOLD_MOST] = { 0 };
    size_t told = 0;
    for (size_t i = 0; i < count && told < TOLD_MOST; i++) {
        if (endings[i].outcome.passes) {
            items[told++] = tell_one_passing(story, &endings[i], before);
            before = &endings[i].outcome;
        }
    }
    return told ? arena_printf(arena, " On the way %s; near is within %s.",
                               join(items, told, arena),
                               description_number(outcome_nearness(story->objective), arena))
                : "";
}

static const char *tell_result(struct story *story)
{
    size_t count = story->preset->optimizer_count;
    struct ending *endings = memory_new(count, sizeof *endings);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        endings[i] = (struct ending){ description_label(story->paths[i].label, story->arena), i,
                                      story->outcomes[i] };
    }
    qsort(endings, count, sizeof *endings, compare_endings);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && endings[next].outcome.kind == endings[i].outcome.kind;) {
            next++;
        }
        text = arena_printf(story->arena, "%s%s%s", text, i ? " " : "",
                            tell_group(story, &endings[i], next - i));
    }
    text = arena_printf(story->arena, "%s%s", text, tell_passing(story, endings, count));
    free(endings);
    return text;
}

struct description description_of(const struct preset *preset,
                                  const struct objective *objective,
                                  const struct trajectory *trajectories, struct arena *arena)
{
    struct outcome *outcomes = arena_new(arena, preset->optimizer_count, sizeof *outcomes);
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        outcomes[i] = outcome_of(&trajectories[i], objective);
    }
    struct story story = { preset, objective, trajectories, outcomes, arena, false };
    struct description description = { .shown = tell_shown(&story),
                                       .result = tell_result(&story), .outcomes = outcomes };
    const char *own = preset->figure.alt.text;
    description.text = own ? own : arena_printf(arena, "%s %s", description.shown,
                                                description.result);
    return description;
}
