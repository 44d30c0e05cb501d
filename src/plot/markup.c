#include "plot/markup.h"

#include <stdbool.h>
#include <string.h>

#include <hb.h>

#include "base/utf8.h"

const struct markup_symbol markup_symbols[] = {
    { "alpha", 0x3B1 },     { "beta", 0x3B2 },      { "gamma", 0x3B3 },    { "delta", 0x3B4 },
    { "epsilon", 0x3F5 },   { "varepsilon", 0x3B5 }, { "zeta", 0x3B6 },    { "eta", 0x3B7 },
    { "theta", 0x3B8 },     { "vartheta", 0x3D1 },  { "iota", 0x3B9 },     { "kappa", 0x3BA },
    { "lambda", 0x3BB },    { "mu", 0x3BC },        { "nu", 0x3BD },       { "xi", 0x3BE },
    { "omicron", 0x3BF },   { "pi", 0x3C0 },        { "varpi", 0x3D6 },    { "rho", 0x3C1 },
    { "varrho", 0x3F1 },    { "sigma", 0x3C3 },     { "varsigma", 0x3C2 }, { "tau", 0x3C4 },
    { "upsilon", 0x3C5 },   { "phi", 0x3D5 },       { "varphi", 0x3C6 },   { "chi", 0x3C7 },
    { "psi", 0x3C8 },       { "omega", 0x3C9 },     { "Alpha", 0x391 },    { "Beta", 0x392 },
    { "Gamma", 0x393 },     { "Delta", 0x394 },     { "Epsilon", 0x395 },  { "Zeta", 0x396 },
    { "Eta", 0x397 },       { "Theta", 0x398 },     { "Iota", 0x399 },     { "Kappa", 0x39A },
    { "Lambda", 0x39B },    { "Mu", 0x39C },        { "Nu", 0x39D },       { "Xi", 0x39E },
    { "Omicron", 0x39F },   { "Pi", 0x3A0 },        { "Rho", 0x3A1 },      { "Sigma", 0x3A3 },
    { "Tau", 0x3A4 },       { "Upsilon", 0x3A5 },   { "Phi", 0x3A6 },      { "Chi", 0x3A7 },
    { "Psi", 0x3A8 },       { "Omega", 0x3A9 },     { "times", 0xD7 },     { "cdot", 0x22C5 },
    { "pm", 0xB1 },         { "infty", 0x221E },    { "nabla", 0x2207 },   { "partial", 0x2202 },
    { "le", 0x2264 },       { "ge", 0x2265 },       { "ne", 0x2260 },      { "to", 0x2192 },
    { "approx", 0x2248 },   { "sqrt", 0x221A },     { NULL, 0 },
};

enum { MINUS = 0x2212, REPLACEMENT = 0xFFFD, DEPTH_MAX = 2 };

/* A stretch of the source. */
struct slice {
    const char *text;
    size_t length;
};

struct reader {
    struct arena *arena;
    struct markup *line;
    int depth; /* of scripts in scripts */
};

static struct slice slice_after(struct slice slice, size_t bytes)
{
    return (struct slice){ slice.text + bytes, slice.length - bytes };
}

static bool slice_begins(struct slice slice, char wanted)
{
    return slice.length && slice.text[0] == wanted;
}

static bool is_digit(struct slice slice)
{
    return slice.length && slice.text[0] >= '0' && slice.text[0] <= '9';
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static hb_unicode_general_category_t category(uint32_t code)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code);
}

static bool is_letter(uint32_t code)
{
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
        return true;
    default:
        return false;
    }
}

/* What words are made of: letters with their accents, and digits. */
static bool is_word(uint32_t code)
{
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER:
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
        return true;
    default:
        return is_letter(code);
    }
}

static bool word_follows(struct slice rest)
{
    uint32_t code;
    return utf8_read(rest.text, rest.length, &code) && is_word(code);
}

/* The last character so far, 0 at the start. */
static uint32_t last_code(const struct markup *line)
{
    return line->count ? line->codes[line->count - 1] : 0;
}

static void put(struct markup *line, uint32_t code)
{
    line->codes[line->count++] = code;
}

/* One character as it is. Takes at least one byte. */
static size_t take_character(struct markup *line, struct slice rest)
{
    uint32_t code;
    size_t length = utf8_read(rest.text, rest.length, &code);
    if (!length) {
        put(line, REPLACEMENT);
        return 1;
    }
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
        if (code < ' ' && strchr("\t\n\v\f\r", (int)code)) {
            put(line, ' ');
        }
        break;
    case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
        put(line, ' ');
        break;
    default:
        put(line, code);
    }
    return length;
}

static size_t take_escaped(struct markup *line, struct slice rest)
{
    if (rest.length < 2 || rest.text[0] != '\\' || !memchr("_^\\{}", rest.text[1], 5)) {
        return 0;
    }
    put(line, (unsigned char)rest.text[1]);
    return 2;
}

/* Bytes of a backslash and a known name, 0 when it is none. */
static size_t symbol_scan(struct slice rest, uint32_t *code)
{
    if (!slice_begins(rest, '\\')) {
        return 0;
    }
    size_t length = 1;
    while (length < rest.length && is_ascii_letter(rest.text[length])) {
        length++;
    }
    for (const struct markup_symbol *symbol = markup_symbols; symbol->name; symbol++) {
        if (strlen(symbol->name) == length - 1
            && !memcmp(symbol->name, rest.text + 1, length - 1)) {
            *code = symbol->code;
            return length;
        }
    }
    return 0;
}

/* As in TeX, {} ends a name that a letter follows. */
static size_t take_symbol(struct markup *line, struct slice rest)
{
    uint32_t code;
    size_t length = symbol_scan(rest, &code);
    if (!length) {
        return 0;
    }
    put(line, code);
    struct slice after = slice_after(rest, length);
    return slice_begins(after, '{') && slice_begins(slice_after(after, 1), '}') ? length + 2
                                                                                : length;
}

/* A sign leads a number or a script. A hyphen between words or numbers stays
 * one: 2020-01-02, GPT-4, 1e-3. */
static size_t take_minus(struct reader *reader, struct slice rest)
{
    if (!slice_begins(rest, '-')) {
        return 0;
    }
    uint32_t last = last_code(reader->line);
    struct slice after = slice_after(rest, 1);
    bool leads_number = is_digit(slice_begins(after, '.') ? slice_after(after, 1) : after);
    bool leads_script = reader->depth > 0 && !last;
    bool joins = is_word(last) || (last && last < 0x80 && strchr(")]}-_%", (int)last));
    if (!leads_script && (!leads_number || joins)) {
        return 0;
    }
    put(reader->line, MINUS);
    return 1;
}

/* What becomes a script, without its braces, and all the bytes it takes after
 * the mark; 0: it is none. */
struct argument {
    struct slice inner;
    size_t taken;
};

/* Gives up on deep braces, so that a text of many that never close is not read
 * again to its end for each of them. */
static struct argument scan_group(struct slice rest)
{
    enum { BRACES_MAX = 8 };
    int depth = 0;
    for (size_t i = 0; i < rest.length && depth <= BRACES_MAX; i++) {
        char c = rest.text[i];
        if (c == '\\') {
            i++; /* what it escapes is no brace */
        } else if (c == '{') {
            depth++;
        } else if (c == '}' && --depth == 0) {
            return (struct argument){ { rest.text + 1, i - 1 }, i + 1 };
        }
    }
    return (struct argument){ 0 };
}

static size_t scan_digits(struct slice rest)
{
    size_t length = 0;
    while (is_digit(slice_after(rest, length))) {
        length++;
    }
    return length;
}

/* Digits with a sign or a fraction, but without an exponent. */
static size_t scan_number(struct slice rest)
{
    size_t sign = slice_begins(rest, '-') || slice_begins(rest, '+');
    size_t whole = scan_digits(slice_after(rest, sign));
    if (!whole) {
        return 0;
    }
    struct slice after = slice_after(rest, sign + whole);
    size_t fraction = slice_begins(after, '.') ? scan_digits(slice_after(after, 1)) : 0;
    return sign + whole + (fraction ? 1 + fraction : 0);
}

static size_t scan_letter(struct slice rest)
{
    uint32_t code;
    size_t length = symbol_scan(rest, &code);
    if (!length) {
        length = utf8_read(rest.text, rest.length, &code);
    }
    return length && is_letter(code) ? length : 0;
}

/* Whether the word before a mark holds a '_' already and so is a name. */
static bool in_name(const struct markup *line)
{
    size_t i = line->count;
    while (i > 0 && is_word(line->codes[i - 1])) {
        i--;
    }
    return i > 0 && line->codes[i - 1] == '_';
}

static struct argument scan_argument(const struct markup *line, struct slice rest, char mark)
{
    if (slice_begins(rest, '{')) {
        return scan_group(rest);
    }
    size_t number = scan_number(rest), length = number ? number : scan_letter(rest);
    struct slice after = slice_after(rest, length);
    bool is_bare = !word_follows(after) || (number && mark == '^');
    bool is_name = mark == '_' && (slice_begins(after, '_') || in_name(line));
    return is_bare && !is_name ? (struct argument){ { rest.text, length }, length }
                               : (struct argument){ 0 };
}

/* The place for a script above or below the last character; NULL: none. */
static struct markup **script_place(struct markup *line, char mark)
{
    uint32_t last = last_code(line);
    if (!last || last == '^' || last == '_'
        || category(last) == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR) {
        return NULL;
    }
    bool is_new = last < MARKUP_SCRIPTS;
    struct markup_scripts *scripts = &line->scripts[line->script_count - !is_new];
    struct markup **place = mark == '^' ? &scripts->above : &scripts->below;
    return *place ? NULL : place;
}

static struct markup *read_line(struct arena *arena, struct slice source, int depth);

static size_t take_script(struct reader *reader, struct slice rest)
{
    struct markup *line = reader->line;
    char mark = rest.text[0];
    if ((mark != '^' && mark != '_') || reader->depth == DEPTH_MAX) {
        return 0;
    }
    struct argument argument = scan_argument(line, slice_after(rest, 1), mark);
    struct markup **place = script_place(line, mark);
    if (!argument.taken || !place) {
        return 0;
    }
    *place = read_line(reader->arena, argument.inner, reader->depth + 1);
    if (last_code(line) < MARKUP_SCRIPTS) {
        put(line, MARKUP_SCRIPTS + (uint32_t)line->script_count++);
    }
    return 1 + argument.taken;
}

/* No line has more characters than its source has bytes. */
static struct markup *line_new(struct arena *arena, size_t length)
{
    struct markup *line = arena_new(arena, 1, sizeof *line);
    line->codes = arena_new(arena, length, sizeof *line->codes);
    line->scripts = arena_new(arena, length, sizeof *line->scripts);
    return line;
}

static struct markup *read_line(struct arena *arena, struct slice source, int depth)
{
    struct reader reader = { arena, line_new(arena, source.length), depth };
    struct slice rest = source;
    while (rest.length) {
        size_t taken = take_escaped(reader.line, rest);
        taken = taken ? taken : take_symbol(reader.line, rest);
        taken = taken ? taken : take_minus(&reader, rest);
        taken = taken ? taken : take_script(&reader, rest);
        taken = taken ? taken : take_character(reader.line, rest);
        rest = slice_after(rest, taken);
    }
    return reader.line;
}

struct markup *markup_parse(struct arena *arena, const char *text)
{
    return read_line(arena, (struct slice){ text, strlen(text) }, 0);
}

struct markup *markup_plain(struct arena *arena, const char *text)
{
    struct slice rest = { text, strlen(text) };
    struct markup *line = line_new(arena, rest.length);
    while (rest.length) {
        rest = slice_after(rest, take_character(line, rest));
    }
    return line;
}
