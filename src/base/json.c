#include "base/json.h"

#include <string.h>

void json_print(const char *text, FILE *stream)
{
    fputc('"', stream);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            fprintf(stream, "\\%c", c);
        } else if (c == '\n') {
            fputs("\\n", stream);
        } else if (c < ' ' || c == 127) {
            fprintf(stream, "\\u%04x", c);
        } else {
            fputc(c, stream);
        }
    }
    fputc('"', stream);
}

/* One character behind a backslash, which is moved over; 0 when it is none of
 * those that json_print writes. */
static char read_escape(const char **text)
{
    unsigned code;
    const char *at = *text;
    if (*at == '"' || *at == '\\' || *at == 'n') {
        *text += 1;
        return *at == 'n' ? '\n' : *at;
    }
    if (*at != 'u' || strspn(at + 1, "0123456789abcdef") < 4 || sscanf(at + 1, "%4x", &code) != 1
        || code > 127) {
        return '\0';
    }
    *text += 5;
    return (char)code;
}

char *json_read(const char *quoted, struct arena *arena)
{
    if (*quoted != '"') {
        return NULL;
    }
    char *text = arena_copy(arena, quoted, strlen(quoted)), *end = text;
    for (quoted++; *quoted && *quoted != '"'; end++) {
        *end = *quoted++;
        if (*end == '\\' && !(*end = read_escape(&quoted))) {
            return NULL;
        }
    }
    *end = '\0';
    return *quoted ? text : NULL;
}
