#include "plot/text.h"

#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <fribidi.h>
#include <hb.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "plot/markup.h"

/* Of the base's size. At these the digits of both scripts of one base keep
 * apart. */
static const double SCRIPT_SCALE = 0.7, RISE = 0.36, DROP = 0.18;

/* The font file is linked into the program. */
__asm__(".pushsection .rodata\n"
        ".balign 16\n"
        "optrender_font_begin:\n"
        ".incbin \"" FONT_FILE "\"\n"
        "optrender_font_end:\n"
        ".byte 0\n"
        ".popsection\n");

extern const unsigned char optrender_font_begin[], optrender_font_end[];

const unsigned char *font_bytes(size_t *size)
{
    /* cppcheck-suppress comparePointers ; both are labels in one object */
    *size = (size_t)(optrender_font_end - optrender_font_begin);
    return optrender_font_begin;
}

static hb_font_t *the_font;

static void open_font(void)
{
    size_t size;
    const char *bytes = (const char *)font_bytes(&size);
    hb_blob_t *blob = hb_blob_create(bytes, (unsigned)size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    the_font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    hb_font_make_immutable(the_font);
}

/* One for the whole process, which HarfBuzz lets threads share: it keeps what it has
 * found out about a script's features, which takes longer than shaping a label. */
static hb_font_t *font_shared(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_font);
    return the_font;
}

/* Collects the glyphs of one run, in points. */
struct shaper {
    hb_font_t *font;
    hb_buffer_t *buffer;
    double size, units; /* points and the font's units per em */
    struct glyph *glyphs;
    size_t count, capacity;
    struct arena scratch;
};

/* Where the next glyph goes. */
struct pen {
    double x, y;
    double scale; /* of the run's size */
};

/* Characters in the order of reading, and how they are set. */
struct layout {
    const struct markup *line;
    FriBidiLevel *levels;     /* odd: from right to left */
    FriBidiStrIndex *visual;  /* indices from left to right */
    hb_script_t *alphabets;   /* Latin, Hebrew, ... */
};

static bool is_scripts(const struct layout *layout, size_t i)
{
    return layout->line->codes[i] >= MARKUP_SCRIPTS;
}

/* The Unicode Bidirectional Algorithm (UAX 9); the first letter with a
 * direction sets that of the line. */
static void find_order(struct layout *layout, struct arena *scratch)
{
    const uint32_t *codes = layout->line->codes;
    size_t count = layout->line->count;
    FriBidiStrIndex length = (FriBidiStrIndex)count;
    FriBidiCharType *types = arena_new(scratch, count, sizeof *types);
    FriBidiBracketType *brackets = arena_new(scratch, count, sizeof *brackets);
    layout->levels = arena_new(scratch, count, sizeof *layout->levels);
    layout->visual = arena_new(scratch, count, sizeof *layout->visual);
    fribidi_get_bidi_types(codes, length, types);
    for (size_t i = 0; i < count; i++) {
        layout->visual[i] = (FriBidiStrIndex)i;
        if (is_scripts(layout, i)) {
            types[i] = FRIBIDI_TYPE_NSM; /* stays with its base, as an accent does */
        }
    }
    fribidi_get_bracket_types(codes, length, types, brackets);
    FriBidiParType base = FRIBIDI_PAR_ON;
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, length, &base, layout->levels)
        || !fribidi_reorder_line(0, types, length, 0, base, layout->levels, NULL,
                                 layout->visual)) {
        memory_end(); /* only memory can be short */
    }
}

/* Signs that all alphabets use belong to the letters before them, at the start
 * of a line to the letters after. */
static void find_alphabets(struct layout *layout, struct arena *scratch)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t count = layout->line->count, unknown = 0;
    layout->alphabets = arena_new(scratch, count, sizeof *layout->alphabets);
    hb_script_t current = HB_SCRIPT_COMMON;
    for (size_t i = 0; i < count; i++) {
        hb_script_t script = is_scripts(layout, i)
                                 ? HB_SCRIPT_INHERITED
                                 : hb_unicode_script(unicode, layout->line->codes[i]);
        if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED
            && script != HB_SCRIPT_UNKNOWN) {
            current = script;
            for (; unknown < i && layout->alphabets[unknown] == HB_SCRIPT_COMMON; unknown++) {
                layout->alphabets[unknown] = script;
            }
        }
        layout->alphabets[i] = current;
    }
}

/* How many characters from place i on, from left to right, are shaped together. */
static size_t stretch_length(const struct layout *layout, size_t i)
{
    FriBidiStrIndex first = layout->visual[i], last = first;
    int step = layout->levels[first] % 2 ? -1 : 1;
    size_t length = 1;
    if (is_scripts(layout, (size_t)first)) {
        return length;
    }
    for (; i + length < layout->line->count; length++) {
        FriBidiStrIndex next = layout->visual[i + length];
        if (next != last + step || is_scripts(layout, (size_t)next)
            || layout->levels[next] != layout->levels[first]
            || layout->alphabets[next] != layout->alphabets[first]) {
            break;
        }
        last = next;
    }
    return length;
}

static void add_glyphs(struct shaper *shaper, const struct markup *line, struct pen *pen)
{
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(shaper->buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(shaper->buffer, &count);
    double unit = shaper->size * pen->scale / shaper->units;
    for (unsigned i = 0; i < count; i++) {
        shaper->glyphs = memory_grow(shaper->glyphs, shaper->count, &shaper->capacity,
                                     sizeof *shaper->glyphs);
        shaper->glyphs[shaper->count++] = (struct glyph){
            infos[i].codepoint, line->codes[infos[i].cluster],
            pen->x + places[i].x_offset * unit, pen->y - places[i].y_offset * unit, pen->scale
        };
        pen->x += places[i].x_advance * unit;
    }
}

/* Characters first .. first + length - 1, in the order of reading. */
static void set_stretch(struct shaper *shaper, const struct layout *layout, size_t first,
                        size_t length, struct pen *pen)
{
    const struct markup *line = layout->line;
    hb_buffer_t *buffer = shaper->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf32(buffer, line->codes, (int)line->count, (unsigned)first, (int)length);
    hb_buffer_set_direction(buffer, layout->levels[first] % 2 ? HB_DIRECTION_RTL
                                                              : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, layout->alphabets[first]);
    /* Left open, it would be the process's locale. */
    hb_buffer_set_language(buffer, hb_language_from_string("en", -1));
    /* Left open, it would be what HB_SHAPER_LIST says. */
    hb_shape_full(shaper->font, buffer, NULL, 0, (const char *const[]){ "ot", NULL });
    add_glyphs(shaper, line, pen);
}

static void set_scripts(struct shaper *shaper, const struct markup_scripts *scripts,
                        struct pen *pen);

static void set_line(struct shaper *shaper, const struct markup *line, struct pen *pen)
{
    if (!line->count) {
        return;
    }
    struct layout layout = { .line = line };
    find_order(&layout, &shaper->scratch);
    find_alphabets(&layout, &shaper->scratch);
    size_t length;
    for (size_t i = 0; i < line->count; i += length) {
        length = stretch_length(&layout, i);
        size_t from = (size_t)layout.visual[i], to = (size_t)layout.visual[i + length - 1];
        if (is_scripts(&layout, from)) {
            set_scripts(shaper, &line->scripts[line->codes[from] - MARKUP_SCRIPTS], pen);
        } else {
            set_stretch(shaper, &layout, from < to ? from : to, length, pen);
        }
    }
}

/* Both begin where the base ends. */
static void set_scripts(struct shaper *shaper, const struct markup_scripts *scripts,
                        struct pen *pen)
{
    double em = pen->scale * shaper->size, scale = pen->scale * SCRIPT_SCALE;
    struct pen above = { pen->x, pen->y - RISE * em, scale };
    struct pen below = { pen->x, pen->y + DROP * em, scale };
    if (scripts->above) {
        set_line(shaper, scripts->above, &above);
    }
    if (scripts->below) {
        set_line(shaper, scripts->below, &below);
    }
    pen->x = fmax(above.x, below.x);
}

static struct text_run *run_new(struct arena *arena, const char *text, double size,
                                struct markup *(*read)(struct arena *, const char *))
{
    struct shaper shaper = { .font = font_shared(), .buffer = hb_buffer_create(), .size = size };
    shaper.units = hb_face_get_upem(hb_font_get_face(shaper.font));
    /* Lets every glyph know its own character. */
    hb_buffer_set_cluster_level(shaper.buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    struct pen pen = { 0, 0, 1 };
    set_line(&shaper, read(&shaper.scratch, text), &pen);

    struct glyph *glyphs = arena_new(arena, shaper.count, sizeof *glyphs);
    if (shaper.count) {
        memcpy(glyphs, shaper.glyphs, shaper.count * sizeof *glyphs);
    }
    struct text_run *run = arena_new(arena, 1, sizeof *run);
    *run = (struct text_run){ arena_copy(arena, text, strlen(text)), size, pen.x, glyphs,
                              shaper.count };
    free(shaper.glyphs);
    arena_finish(&shaper.scratch);
    hb_buffer_destroy(shaper.buffer);
    return run;
}

struct text_run *text_shape(struct arena *arena, const char *text, double size)
{
    return run_new(arena, text, size, markup_plain);
}

struct text_run *text_markup(struct arena *arena, const char *text, double size)
{
    return run_new(arena, text, size, markup_parse);
}

const char *text_missing(struct arena *arena, const char *text)
{
    enum { NAMED_MAX = 3 };
    uint32_t named[NAMED_MAX];
    size_t count = 0;
    const char *names = NULL;
    const struct text_run *run = text_markup(arena, text, 1);
    for (size_t i = 0; i < run->count; i++) {
        uint32_t code = run->glyphs[i].code;
        size_t k = 0;
        while (k < count && named[k] != code) {
            k++;
        }
        if (run->glyphs[i].index || k < count) {
            continue;
        }
        if (count == NAMED_MAX) {
            return arena_printf(arena, "%s and others", names);
        }
        named[count++] = code;
        char character[UTF8_SIZE];
        utf8_write(character, code);
        names = arena_printf(arena, "%s%sU+%04X '%s'", names ? names : "", names ? ", " : "",
                             (unsigned)code, character);
    }
    return names;
}
