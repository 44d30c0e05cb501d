#include "base/xml.h"

#include <string.h>

static const struct mark {
    char character;
    const char *text;
} marks[] = {
    { '&', "&amp;" }, { '<', "&lt;" },
    { '>', "&gt;" }, /* "]]>" and "-->" end what they may stand in */
    { '"', "&quot;" },
};
enum { MARK_COUNT = sizeof marks / sizeof *marks };

static const char *mark_of(char character)
{
    for (size_t i = 0; i < MARK_COUNT; i++) {
        if (marks[i].character == character) {
            return marks[i].text;
        }
    }
    return NULL;
}

void xml_print(const char *text, FILE *stream)
{
    for (; *text; text++) {
        const char *mark = mark_of(*text);
        if (mark) {
            fputs(mark, stream);
        } else if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t') {
            fputc(*text, stream);
        }
    }
}

char *xml_restore(char *text)
{
    char *to = text;
    for (const char *from = text; *from; to++) {
        size_t length = 1;
        *to = *from;
        for (size_t i = 0; i < MARK_COUNT; i++) {
            if (!strncmp(from, marks[i].text, strlen(marks[i].text))) {
                *to = marks[i].character;
                length = strlen(marks[i].text);
            }
        }
        from += length;
    }
    *to = '\0';
    return text;
}
