#include "load/value.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/color.h"
#include "base/number.h"
#include "base/suggest.h"
#include "load/call.h"
#include "load/preset.h"
#include "load/words.h"

_Static_assert(sizeof(enum layout) == sizeof(int), "choices are stored as int");

/* One reading: what is read and by which row. */
struct reading {
    const struct value_reader *reader;
    const struct key *key;
};

/* The bytes start .. end of a text, trimmed. Its end is not a NUL. */
static struct text part_of(const struct text *text, size_t start, size_t end)
{
    while (start < end && text->text[start] == ' ') {
        start++;
    }
    while (end > start && text->text[end - 1] == ' ') {
        end--;
    }
    /* An empty part is pointed at by what stands after it. */
    size_t shown = end > start ? end - start : 1;
    return (struct text){ text->text + start, end - start, text_place(text, start, shown) };
}

/* Byte offset of the first c from start on, the length when there is none. */
static size_t find_byte(const struct text *text, size_t start, char c)
{
    const char *found = memchr(text->text + start, c, text->length - start);
    return found ? (size_t)(found - text->text) : text->length;
}

/* What is probably wrong with a number, for the end of its message. */
static const char *number_hint(const struct text *part)
{
    double value;
    char copy[NUMBER_SIZE];
    const char *comma = memchr(part->text, ',', part->length);
    if (comma && part->length < sizeof copy) {
        memcpy(copy, part->text, part->length);
        copy[comma - part->text] = '.';
        if (number_parse(copy, part->length, &value)) {
            return "; write a decimal point, not a comma";
        }
    }
    static const struct {
        const char *piece, *hint;
    } hints[] = {
        { "#", "; a comment after a value begins with ' ;'" },
        { "\xe2\x88\x92", "; the minus sign is a '-' here" },
        { "\xe2\x80\x93", "; the minus sign is a '-' here" },
        { "\"", "; numbers stand without quotes" },
        { "\xe2\x80\x9c", "; numbers stand without quotes" },
        { "\xe2\x80\x9e", "; numbers stand without quotes" },
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        const char *found = strstr(part->text, hints[i].piece);
        if (found && found < part->text + part->length) {
            return hints[i].hint;
        }
    }
    return "";
}

/* Reports "[SECTION] KEY: ..." at part; a value over several lines may be an
 * indented key, so it says that too. */
__attribute__((format(printf, 3, 4)))
static bool refuse(const struct reading *reading, const struct text *part, const char *format, ...)
{
    const struct place *place = &part->place;
    bool continues = place->source && part->length
                     && memchr(place->source->text + place->offset, '\n', part->length);
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *title = reading->reader->title;
    return report_error(reading->reader->report, *place, "[%s] %s: %s%s",
                        words_shown(title, strlen(title)).text, reading->key->name, message,
                        continues ? "; an indented line continues the value before it" : "");
}

/* "0.1 .. 200 inches" */
struct limits {
    char text[2 * NUMBER_SIZE + 32];
};

static struct limits limits_of(const struct key *key)
{
    struct limits limits;
    char min[NUMBER_SIZE], max[NUMBER_SIZE];
    number_print(min, key->min, 15);
    number_print(max, key_max(key), 15);
    snprintf(limits.text, sizeof limits.text, "%s .. %s%s%s", min, max, key->unit ? " " : "",
             key->unit ? key->unit : "");
    return limits;
}

static bool spells_nonfinite(const struct text *part)
{
    static const char *const words[] = { "inf", "infinity", "nan" };
    size_t sign = part->length && strchr("+-", part->text[0]) ? 1 : 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (part->length - sign == strlen(words[i])
            && !strncasecmp(part->text + sign, words[i], part->length - sign)) {
            return true;
        }
    }
    return false;
}

/* Stores only a number that is in range, like all that follow. */
static bool read_number(const struct reading *reading, const struct text *part, double *value)
{
    const struct key *key = reading->key;
    struct shown shown = words_shown(part->text, part->length);
    double number;
    if (!part->length) {
        return refuse(reading, part, "a number is missing");
    }
    bool is_number = number_parse(part->text, part->length, &number);
    if (is_number ? !isfinite(number) : spells_nonfinite(part)) {
        return refuse(reading, part, "'%s' is not a finite number", shown.text);
    }
    if (!is_number) {
        return refuse(reading, part, "'%s' is not a number%s", shown.text,
                      key->type == KEY_PARAM ? ", nor a product such as 2*pi or 1/3"
                                             : number_hint(part));
    }
    bool is_argument = key->type == KEY_CALL; /* whose range a later stage knows */
    if (!is_argument && (number < key->min || number > key_max(key))) {
        bool is_above = key->limit && number > key->min;
        return refuse(reading, part, "%s is not in %s%s", shown.text, limits_of(key).text,
                      is_above ? limit_hint(key->limit).text : "");
    }
    *value = number;
    return true;
}

static bool read_whole(const struct reading *reading, const struct text *part, double *value)
{
    double number = 0;
    if (!read_number(reading, part, &number)) {
        return false;
    }
    if (number != floor(number)) {
        return refuse(reading, part, "%s is not a whole number in %s",
                      words_shown(part->text, part->length).text, limits_of(reading->key).text);
    }
    *value = number;
    return true;
}

static bool read_int(const struct reading *reading, const struct text *part, int *value)
{
    double number = 0;
    if (!read_whole(reading, part, &number)) {
        return false;
    }
    *value = (int)number;
    return true;
}

static bool equals(const struct text *part, const char *word)
{
    return part->length == strlen(word) && !memcmp(part->text, word, part->length);
}

static bool read_yes_no(const struct reading *reading, const struct text *text, bool *value)
{
    static const char *const words[] = { "no", "yes", "false", "true", "off", "on" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (equals(text, words[i])) {
            *value = i % 2;
            return true;
        }
    }
    return refuse(reading, text, "'%s' is not yes or no",
                  words_shown(text->text, text->length).text);
}

/* Names the nearest choice, or else all of them. */
static bool refuse_choice(const struct reading *reading, const struct text *part)
{
    struct suggestion near = { .wanted = part->text, .length = part->length };
    char hint[256] = "; known: ";
    for (const char *const *choice = reading->key->choices; *choice; choice++) {
        size_t used = strlen(hint);
        snprintf(hint + used, sizeof hint - used, "%s%s", *choice, choice[1] ? ", " : "");
        suggestion_offer(&near, *choice);
    }
    if (near.best) {
        suggestion_text(&near, hint, sizeof hint);
    }
    const char *what = reading->key->type == KEY_PANELS ? "panel" : "choice";
    if (!part->length) {
        return refuse(reading, part, "a %s is missing%s", what, hint);
    }
    return refuse(reading, part, "unknown %s '%s'%s", what,
                  words_shown(part->text, part->length).text, hint);
}

static bool read_choice(const struct reading *reading, const struct text *part, int *value)
{
    for (int i = 0; reading->key->choices[i]; i++) {
        if (equals(part, reading->key->choices[i])) {
            *value = i;
            return true;
        }
    }
    return refuse_choice(reading, part);
}

static bool read_panels(const struct reading *reading, const struct text *text,
                        struct panel_list *value)
{
    struct panel_list panels = { .count = 0 };
    for (size_t start = 0, end; start <= text->length; start = end + 1) {
        end = find_byte(text, start, ',');
        struct text part = part_of(text, start, end);
        int panel = 0;
        if (!read_choice(reading, &part, &panel)) {
            return false;
        }
        for (size_t i = 0; i < panels.count; i++) {
            if (panels.items[i] == (enum panel)panel) {
                return refuse(reading, &part, "'%s' is there twice", reading->key->choices[panel]);
            }
        }
        panels.items[panels.count++] = (enum panel)panel;
    }
    *value = panels;
    return true;
}

static bool read_point(const struct reading *reading, const struct text *part,
                       struct vec2 *value)
{
    size_t comma = find_byte(part, 0, ',');
    if (!part->length) {
        return refuse(reading, part, "a point 'X, Y' is missing");
    }
    if (comma == part->length || find_byte(part, comma + 1, ',') < part->length) {
        return refuse(reading, part, "'%s' is not a point 'X, Y'",
                      words_shown(part->text, part->length).text);
    }
    struct text x = part_of(part, 0, comma), y = part_of(part, comma + 1, part->length);
    bool is_x = read_number(reading, &x, &value->x);
    return read_number(reading, &y, &value->y) && is_x;
}

static bool read_minima(const struct reading *reading, const struct text *text,
                        struct minima *value)
{
    if (equals(text, "none")) {
        *value = (struct minima){ .kind = MINIMUM_NONE };
        return true;
    }
    size_t most = 1;
    for (size_t i = 0; i < text->length; i++) {
        most += text->text[i] == '|';
    }
    if (most > PRESET_MINIMA_MAX) {
        return refuse(reading, text, "%zu minima; a preset has at most %d", most,
                      PRESET_MINIMA_MAX);
    }
    struct minima minima = {
        .kind = MINIMUM_GIVEN,
        .points = arena_new(reading->reader->arena, most, sizeof *minima.points),
        .places = arena_new(reading->reader->arena, most, sizeof *minima.places),
    };
    for (size_t start = 0, end; start <= text->length; start = end + 1) {
        end = find_byte(text, start, '|');
        struct text part = part_of(text, start, end);
        if (!read_point(reading, &part, &minima.points[minima.count])) {
            return false;
        }
        minima.places[minima.count++] = part.place;
    }
    *value = minima;
    return true;
}

/* The parts before and after two dots; false when there are none, or three. */
static bool split_at_dots(const struct text *text, struct text *before, struct text *after)
{
    const char *dots = strstr(text->text, "..");
    if (!dots || dots[2] == '.') {
        return false;
    }
    size_t middle = (size_t)(dots - text->text);
    *before = part_of(text, 0, middle);
    *after = part_of(text, middle + 2, text->length);
    return true;
}

static bool read_range(const struct reading *reading, const struct text *text,
                       struct range *value)
{
    struct text lo, hi;
    if (!split_at_dots(text, &lo, &hi)) {
        return refuse(reading, text, "'%s' is not a range 'LO .. HI'",
                      words_shown(text->text, text->length).text);
    }
    bool is_lo = read_number(reading, &lo, &value->lo);
    if (!read_number(reading, &hi, &value->hi) || !is_lo) {
        return false;
    }
    if (value->lo >= value->hi) {
        return refuse(reading, text, "the range is empty; the lower end comes first");
    }
    /* A grid over it needs numbers that differ. */
    if (value->hi - value->lo < 1e-9 * fmax(fabs(value->lo), fabs(value->hi))) {
        return refuse(reading, text, "the range is too narrow for its numbers");
    }
    return true;
}

static bool read_sweep(const struct reading *reading, const struct text *text,
                       struct sweep *value)
{
    struct text from, to;
    struct sweep sweep;
    if (!strstr(text->text, "..")) {
        if (!read_number(reading, text, &sweep.from)) {
            return false;
        }
        *value = (struct sweep){ sweep.from, sweep.from };
        return true;
    }
    if (!split_at_dots(text, &from, &to)) {
        return refuse(reading, text, "'%s' is not a number or 'FROM .. TO'",
                      words_shown(text->text, text->length).text);
    }
    bool is_from = read_number(reading, &from, &sweep.from);
    if (!read_number(reading, &to, &sweep.to) || !is_from) {
        return false;
    }
    *value = sweep;
    return true;
}

static bool read_color(const struct reading *reading, const struct text *text,
                       struct color *value)
{
    if (text->length > 7 || !color_parse(text->text, text->length, value)) {
        return refuse(reading, text, "'%s' is not a colour '#rgb' or '#rrggbb'",
                      words_shown(text->text, text->length).text);
    }
    return true;
}

static struct text collapsed(struct arena *arena, const struct text *text)
{
    const char *words = words_collapse(arena, text->text, text->length);
    return (struct text){ words, strlen(words), text->place };
}

static bool read_string(const struct reading *reading, const struct text *text, struct text *value)
{
    struct text words = collapsed(reading->reader->arena, text);
    if (words.length > PRESET_TEXT_MAX) {
        return refuse(reading, text, "a text of %zu bytes; it has at most %d", words.length,
                      PRESET_TEXT_MAX);
    }
    *value = words;
    return true;
}

bool value_number(const struct value_reader *reader, const struct key *key,
                  const struct text *part, double *value)
{
    const struct reading reading = { reader, key };
    return read_number(&reading, part, value);
}

bool value_refuse(const struct value_reader *reader, const struct key *key,
                  const struct text *part, const char *message)
{
    const struct reading reading = { reader, key };
    return refuse(&reading, part, "%s", message);
}

bool value_read(const struct value_reader *reader, const struct key *key,
                const struct text *text, void *base)
{
    const struct reading reading = { reader, key };
    void *field = (char *)base + key->offset;
    struct maybe_number *number = field;
    struct maybe_point *point = field;
    struct maybe_range *range = field;
    struct maybe_color *color = field;
    switch (key->type) {
    case KEY_NUMBER:
        return read_number(&reading, text, field);
    case KEY_WHOLE:
        return read_int(&reading, text, field);
    case KEY_MAYBE_NUMBER:
        number->place = text->place;
        number->given = read_number(&reading, text, &number->value);
        return number->given;
    case KEY_MAYBE_WHOLE:
        number->place = text->place;
        number->given = read_whole(&reading, text, &number->value);
        return number->given;
    case KEY_YES_NO:
        return read_yes_no(&reading, text, field);
    case KEY_CHOICE:
        return read_choice(&reading, text, field);
    case KEY_STRING:
        return read_string(&reading, text, field);
    case KEY_TEXT:
        *(struct text *)field = *text;
        return true;
    case KEY_POINT:
        point->place = text->place;
        point->given = read_point(&reading, text, &point->value);
        return point->given;
    case KEY_RANGE:
        range->place = text->place;
        range->given = read_range(&reading, text, &range->value);
        return range->given;
    case KEY_SWEEP:
        return read_sweep(&reading, text, field);
    case KEY_COLOR:
        color->given = read_color(&reading, text, &color->value);
        return color->given;
    case KEY_MINIMA:
        return read_minima(&reading, text, field);
    case KEY_PANELS:
        return read_panels(&reading, text, field);
    case KEY_CALL:
        return call_read(reader, key, text, field);
    case KEY_LET:
    case KEY_PARAM:
    case KEY_CLAIM:
    case KEY_TYPE_COUNT:
        break;
    }
    return false;
}

static const char *number_text(struct arena *arena, double value)
{
    char text[NUMBER_SIZE];
    number_print_shortest(text, value);
    return arena_copy(arena, text, strlen(text));
}

bool value_read_param(const struct value_reader *reader, const struct key *key,
                      const struct text *text, struct text *number)
{
    const struct reading reading = { reader, key };
    double value;
    struct text part = *text;
    if (!number_parse(text->text, text->length, &value)
        && number_parse_product(text->text, text->length, &value) && isfinite(value)) {
        part.text = number_text(reader->arena, value);
        part.length = strlen(part.text);
    }
    if (!read_number(&reading, &part, &value)) {
        return false;
    }
    const char *shortest = number_text(reader->arena, value);
    *number = (struct text){ shortest, strlen(shortest), text->place };
    return true;
}

static const char *point_text(struct arena *arena, struct vec2 point)
{
    return arena_printf(arena, "%s, %s", number_text(arena, point.x),
                        number_text(arena, point.y));
}

static const char *sweep_text(struct arena *arena, const struct sweep *sweep)
{
    const char *from = number_text(arena, sweep->from);
    return sweep->from == sweep->to
               ? from
               : arena_printf(arena, "%s .. %s", from, number_text(arena, sweep->to));
}

static const char *color_text(struct arena *arena, struct color color)
{
    return arena_printf(arena, "#%02lx%02lx%02lx", lround(255 * color.r), lround(255 * color.g),
                        lround(255 * color.b));
}

static const char *minima_text(struct arena *arena, const struct minima *minima)
{
    if (minima->kind != MINIMUM_GIVEN) {
        return minima->kind == MINIMUM_NONE ? "none" : NULL;
    }
    const char *text = point_text(arena, minima->points[0]);
    for (size_t i = 1; i < minima->count; i++) {
        text = arena_printf(arena, "%s | %s", text, point_text(arena, minima->points[i]));
    }
    return text;
}

static const char *panels_text(struct arena *arena, const struct key *key,
                               const struct panel_list *panels)
{
    const char *text = key->choices[panels->items[0]];
    for (size_t i = 1; i < panels->count; i++) {
        text = arena_printf(arena, "%s, %s", text, key->choices[panels->items[i]]);
    }
    return text;
}

const char *value_text(const struct key *key, const void *base, struct arena *arena)
{
    const void *field = (const char *)base + key->offset;
    const struct maybe_number *number = field;
    const struct maybe_point *point = field;
    const struct maybe_range *range = field;
    const struct maybe_color *color = field;
    switch (key->type) {
    case KEY_NUMBER:
        return number_text(arena, *(const double *)field);
    case KEY_WHOLE:
        return number_text(arena, *(const int *)field);
    case KEY_MAYBE_NUMBER:
    case KEY_MAYBE_WHOLE:
        return number->given ? number_text(arena, number->value) : NULL;
    case KEY_YES_NO:
        return *(const bool *)field ? "yes" : "no";
    case KEY_CHOICE:
        return key->choices[*(const int *)field];
    case KEY_STRING:
    case KEY_TEXT:
        return ((const struct text *)field)->text;
    case KEY_POINT:
        return point->given ? point_text(arena, point->value) : NULL;
    case KEY_RANGE:
        return !range->given ? NULL
                             : arena_printf(arena, "%s .. %s",
                                            number_text(arena, range->value.lo),
                                            number_text(arena, range->value.hi));
    case KEY_SWEEP:
        return sweep_text(arena, field);
    case KEY_COLOR:
        return color->given ? color_text(arena, color->value) : NULL;
    case KEY_MINIMA:
        return minima_text(arena, field);
    case KEY_PANELS:
        return panels_text(arena, key, field);
    case KEY_CALL:
        return call_text(field, arena);
    case KEY_LET:
    case KEY_PARAM:
    case KEY_CLAIM:
    case KEY_TYPE_COUNT:
        break;
    }
    return NULL;
}
