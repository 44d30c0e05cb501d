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
#include "model/scope.h"
#include "plot/critical_choice.h"
#include "plot/endings.h"
#include "plot/markup.h"

/* More names than these are too many to listen to. */
enum { NAMED_MOST = 8 };

/* Bytes of what users write at will. */
enum { LABEL_MOST = 40, FORMULA_MOST = 120, KNOWN_FORMULA_MOST = 40 };

/* What sentences are made of. */
struct story {
    const struct preset *preset;
    const struct objective *objective;
    const struct trajectory *paths;
    struct arena *arena;
};

/* 1.5×10^{-7}, which is markup, as characters. */
static const char *show(double value, int digits, struct arena *arena)
{
    char text[NUMBER_SHOWN_SIZE];
    number_show(text, sizeof text, value, digits);
    return description_plain(text, arena);
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

/* What Unicode has small and raised, or lowered; NULL for all else. */
static const char *small_form(uint32_t code, bool is_raised)
{
    static const char *const raised[] = { "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                          "\u2075", "\u2076", "\u2077", "\u2078", "\u2079" };
    static const char *const lowered[] = { "\u2080", "\u2081", "\u2082", "\u2083", "\u2084",
                                           "\u2085", "\u2086", "\u2087", "\u2088", "\u2089" };
    if (code >= '0' && code <= '9') {
        return (is_raised ? raised : lowered)[code - '0'];
    }
    bool is_minus = code == '-' || code == 0x2212;
    return is_minus ? is_raised ? "\u207b" : "\u208b" : NULL;
}

static const char *plain_words(const char *text, const struct markup *line, struct arena *arena);

/* Appends a script: whole numbers as they are written, all else as ^n and _n. */
static const char *plain_script(const char *text, const struct markup *script, bool is_raised,
                                struct arena *arena)
{
    const char *small = "";
    for (size_t i = 0; small && i < script->count; i++) {
        const char *form = small_form(script->codes[i], is_raised);
        small = form ? arena_printf(arena, "%s%s", small, form) : NULL;
    }
    return small ? arena_printf(arena, "%s%s", text, small)
                 : plain_words(arena_printf(arena, "%s%c", text, is_raised ? '^' : '_'), script,
                               arena);
}

/* Appends the line. */
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
            text = plain_script(text, scripts->below, false, arena);
        }
        if (scripts->above) {
            text = plain_script(text, scripts->above, true, arena);
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
    const char *plain = description_plain(arena_copy(arena, label, length), arena);
    bool is_list = strchr(plain, ',') || strstr(plain, " and ");
    return arena_printf(arena, "%s%s%s%s", is_list ? "\u201c" : "", plain,
                        is_cut ? "\u2026" : "", is_list ? "\u201d" : "");
}

const char *description_count(size_t count, struct arena *arena)
{
    static const char *const words[] = { "no", "one", "two", "three", "four", "five", "six",
                                         "seven", "eight", "nine", "ten", "eleven", "twelve" };
    return count < sizeof words / sizeof *words ? words[count]
                                                : arena_printf(arena, "%zu", count);
}

const char *description_join(const char *const *items, size_t count, struct arena *arena)
{
    const char *text = count ? items[0] : "", *last = " and ";
    for (size_t i = 0; i < count; i++) {
        last = strstr(items[i], " and ") ? ", and " : last;
    }
    for (size_t i = 1; i < count; i++) {
        text = arena_printf(arena, "%s%s%s", text, i + 1 < count ? ", " : last, items[i]);
    }
    return text;
}

const char *description_sentence(const char *text, struct arena *arena)
{
    char *sentence = arena_copy(arena, text, strlen(text));
    bool is_word = (text[0] >= 'a' && text[0] <= 'z')
                   && ((text[1] >= 'a' && text[1] <= 'z') || text[1] == ' ');
    if (is_word) {
        sentence[0] = (char)(text[0] - 'a' + 'A');
    }
    return sentence;
}

const char *description_minimum(const struct objective *objective, struct vec2 point,
                                struct arena *arena)
{
    bool is_drawn = range_holds(objective->x, point.x) && range_holds(objective->y, point.y);
    return arena_printf(arena, "the minimum %s%s", description_point(point, arena),
                        is_drawn ? "" : " outside the picture");
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
                            description_count(count, story->arena));
    }
    return arena_printf(story->arena, "The paths of %s",
                        description_join(labels, count, story->arena));
}

/* Whether the formula has the name. */
static bool has_name(const char *formula, const struct text *name)
{
    const char *end = formula + strlen(formula);
    while (formula < end) {
        size_t left = (size_t)(end - formula), length = name_scan(formula, left);
        if (length == name->length && length && !memcmp(formula, name->text, length)) {
            return true;
        }
        length = length ? length : number_scan(formula, left); /* 1e5 has no e5 */
        formula += length ? length : 1;
    }
    return false;
}

/* The lets that the formula uses, or that those use, in their order. */
static struct let *used_lets(const struct objective *objective, size_t *count,
                             struct arena *arena)
{
    size_t all = objective->let_count, first = all;
    struct let *used = arena_new(arena, all + 1, sizeof *used);
    for (size_t i = all; i-- > 0;) {
        const struct let *let = &objective->lets[i];
        bool is_used = has_name(objective->formula, &let->name);
        for (size_t k = first; k < all; k++) {
            is_used |= has_name(used[k].formula.text, &let->name);
        }
        if (is_used) {
            used[--first] = *let;
        }
    }
    *count = all - first;
    return used + first;
}

/* " with r = x^2, k = 3" */
static const char *tell_lets(const struct let *lets, size_t count, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        const struct text *formula = &lets[i].formula;
        double value;
        bool is_number = number_parse(formula->text, formula->length, &value);
        text = arena_printf(arena, "%s%s %s = %s", text, i ? "," : " with", lets[i].name.text,
                            is_number ? description_number(value, arena) : formula->text);
    }
    return text;
}

static const char *tell_formula(const struct story *story)
{
    size_t count;
    const struct let *lets = used_lets(story->objective, &count, story->arena);
    return arena_printf(story->arena, "f(x, y) = %s%s", story->objective->formula,
                        tell_lets(lets, count, story->arena));
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
    return description_join(items, panels->count, story->arena);
}

/* "4 minima", "20 of 121 minima", or NULL for none. */
/* A search that was cut has found but some. */
static const char *tell_count(const size_t marked[], const size_t found[], bool is_cut, int kind,
                              struct arena *arena)
{
    static const char *const names[][2] = {
        [CRITICAL_MINIMUM] = { "minimum", "minima" },
        [CRITICAL_MAXIMUM] = { "maximum", "maxima" },
        [CRITICAL_SADDLE] = { "saddle point", "saddle points" },
    };
    return !marked[kind] ? NULL
           : found[kind] == 1 && marked[kind] == 1
               ? arena_printf(arena, "a %s", names[kind][0])
           : found[kind] == marked[kind]
               ? arena_printf(arena, "%zu %s", found[kind], names[kind][1])
               : arena_printf(arena, "%zu of %s%zu %s", marked[kind],
                              is_cut ? "at least " : "", found[kind], names[kind][1]);
}

/* " Marked are 4 minima, a maximum and 4 saddle points.", where something is. */
static const char *tell_marks(const struct story *story)
{
    enum { KINDS = CRITICAL_SADDLE + 1 };
    const struct panel_list *panels = &story->preset->figure.panels;
    bool is_marked = false;
    for (size_t i = 0; i < panels->count; i++) {
        is_marked |= panels->items[i] == PANEL_CONTOUR && story->preset->contour.critical;
    }
    if (!is_marked) {
        return "";
    }
    struct critical_points points;
    size_t found[KINDS] = { 0 }, marked[KINDS] = { 0 }, count = 0;
    const char *items[KINDS];
    critical_find(&points, story->objective);
    bool *chosen = critical_choose(&points, story->objective);
    for (size_t i = 0; i < points.count; i++) {
        found[points.items[i].kind]++;
        marked[points.items[i].kind] += chosen[i];
    }
    bool is_one = marked[CRITICAL_MINIMUM] + marked[CRITICAL_MAXIMUM]
                      + marked[CRITICAL_SADDLE] == 1;
    bool is_cut = points.is_cut;
    free(chosen);
    critical_finish(&points);
    for (int kind = 0; kind < KINDS; kind++) {
        items[count] = tell_count(marked, found, is_cut, kind, story->arena);
        count += items[count] != NULL;
    }
    return count ? arena_printf(story->arena, " Marked %s %s.", is_one ? "is" : "are",
                                description_join(items, count, story->arena))
                 : "";
}

static const char *tell_shown(const struct story *story)
{
    const char *function = tell_function(story);
    return arena_printf(story->arena, "%s on %s%s %s, drawn %s.%s", tell_who(story), function,
                        strchr(function, '=') || strchr(function, ',') ? "," : "",
                        tell_way(story), tell_panels(story), tell_marks(story));
}

struct description description_of(const struct preset *preset,
                                  const struct objective *objective,
                                  const struct trajectory *trajectories, struct arena *arena)
{
    struct outcome *outcomes = arena_new(arena, preset->optimizer_count, sizeof *outcomes);
    outcomes_find(outcomes, trajectories, preset->optimizer_count, objective);
    struct story story = { preset, objective, trajectories, arena };
    struct description description = {
        .shown = tell_shown(&story),
        .result = endings_tell(outcomes, trajectories, preset->optimizer_count, objective, arena),
        .outcomes = outcomes
    };
    const char *own = preset->figure.alt.text;
    description.text = own ? own : arena_printf(arena, "%s %s", description.shown,
                                                description.result);
    return description;
}
