#include "lines.h"

#include <string.h>

static int continues_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t lines_text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++) {
        width += !continues_character(*text);
    }
    return width;
}

/* The bytes of so many characters of text, of all of it if there are fewer. */
static size_t bytes_of(const char *text, size_t characters)
{
    size_t bytes = 0;
    while (text[bytes] && (characters || continues_character(text[bytes]))) {
        characters -= !continues_character(text[bytes++]);
    }
    return bytes;
}

static size_t room_behind(size_t used, size_t width)
{
    return width > used ? width - used : 1;
}

void lines_print(const char *head, const char *text, size_t indent, size_t width, FILE *stream)
{
    size_t room = room_behind(lines_text_width(head), width);
    fputs(head, stream);
    while (width >= LINES_WIDTH_MIN && lines_text_width(text) > room) {
        size_t end = bytes_of(text, room), stop = end;
        while (stop && text[stop] != ' ') {
            stop--;
        }
        stop = stop ? stop : end;
        fprintf(stream, "%.*s\n%*s", (int)stop, text, (int)indent, "");
        text += stop + strspn(text + stop, " ");
        room = room_behind(indent, width);
    }
    fprintf(stream, "%s\n", text);
}
