#include "plot/paragraph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const double LINE_HEIGHT = 1.3; /* in sizes of the text */
static const double PADDING = 0.3;     /* above and below all lines */
static const double ASCENT = 0.95;     /* of the first line */
static const double SMALLER = 0.95;    /* from one attempt to the next */

/* A word and the width of one size's worth of it. */
struct word {
    const char *text;
    size_t length;
    double width;
};

struct words {
    struct word *items;
    size_t count, capacity;
    double space;
};

static double unit_width(struct arena *arena, const char *text, size_t length)
{
    return text_markup(arena, arena_copy(arena, text, length), 1)->width;
}

static void words_init(struct words *words, struct arena *arena, const char *text)
{
    *words = (struct words){ .space = unit_width(arena, " ", 1) };
    text += strspn(text, " ");
    while (*text) {
        size_t length = strcspn(text, " ");
        words->items = memory_grow(words->items, words->count, &words->capacity,
                                   sizeof *words->items);
        words->items[words->count++] = (struct word){ text, length,
                                                      unit_width(arena, text, length) };
        text += length + strspn(text + length, " ");
    }
}

/* The first word after those that fit on the line which begins with a word. */
static size_t line_end(const struct words *words, size_t begin, double width)
{
    double used = words->items[begin].width;
    size_t end = begin + 1;
    while (end < words->count && used + words->space + words->items[end].width <= width) {
        used += words->space + words->items[end++].width;
    }
    return end;
}

/* Whether the words make few enough lines of a width, none with a longer word. */
static bool words_fit(const struct words *words, double width)
{
    size_t lines = 0;
    for (size_t begin = 0; begin < words->count; lines++) {
        if (lines == PARAGRAPH_LINES || words->items[begin].width > width) {
            return false;
        }
        begin = line_end(words, begin, width);
    }
    return true;
}

void paragraph_init(struct paragraph *paragraph, struct arena *arena, const char *text,
                    double size, double width)
{
    struct words words = { 0 };
    *paragraph = (struct paragraph){ .size = size };
    if (!text) {
        return;
    }
    words_init(&words, arena, text);
    while (!words_fit(&words, width / paragraph->size)) {
        paragraph->size *= SMALLER;
    }
    for (size_t begin = 0; begin < words.count;) {
        size_t end = line_end(&words, begin, width / paragraph->size);
        const struct word *first = &words.items[begin], *last = &words.items[end - 1];
        size_t length = (size_t)(last->text + last->length - first->text);
        paragraph->lines[paragraph->count++] =
            text_markup(arena, arena_copy(arena, first->text, length), paragraph->size);
        begin = end;
    }
    free(words.items);
}

double paragraph_height(const struct paragraph *paragraph)
{
    double lines = (double)paragraph->count;
    return lines > 0 ? (lines * LINE_HEIGHT + 2 * PADDING) * paragraph->size : 0;
}

void paragraph_draw(const struct paragraph *paragraph, const struct rect *strip,
                    struct color color, struct scene *scene)
{
    for (size_t i = 0; i < paragraph->count; i++) {
        const struct text_run *line = paragraph->lines[i];
        double below = PADDING + ASCENT + (double)i * LINE_HEIGHT;
        struct vec2 start = { strip->x + (strip->width - line->width) / 2,
                              strip->y + below * paragraph->size };
        scene_text(scene, line, start, color);
    }
}
