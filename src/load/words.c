#include "load/words.h"

#include <stdbool.h>
#include <string.h>

/* Writes at most size bytes, no NUL; returns how many all of it would take. */
static size_t collapse(char *to, size_t size, const char *text, size_t length)
{
    size_t used = 0;
    bool gap = false;
    for (size_t i = 0; i < length; i++) {
        if (strchr(" \t\r\n", text[i])) {
            gap = used > 0;
            continue;
        }
        if (gap && used++ < size) {
            to[used - 1] = ' ';
        }
        if (used++ < size) {
            to[used - 1] = text[i];
        }
        gap = false;
    }
    return used;
}

char *words_collapse(struct arena *arena, const char *text, size_t length)
{
    char *words = arena_new(arena, length + 1, 1);
    collapse(words, length, text, length);
    return words;
}

struct shown words_shown(const char *text, size_t length)
{
    enum { MOST = sizeof(struct shown) - sizeof "..." };
    struct shown shown = { { 0 } };
    if (collapse(shown.text, MOST, text, length) > MOST) {
        size_t end = MOST;
        while (end && ((unsigned char)shown.text[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        end -= end && (unsigned char)shown.text[end - 1] >= 0xC0;
        strcpy(shown.text + end, "...");
    }
    return shown;
}
