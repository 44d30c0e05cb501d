#include "write/head.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A preset has at most a megabyte, which quotes and marks make longer. */
enum { FIRST_BYTES = 1 << 14, MOST_BYTES = 1 << 23 };

char *head_read(FILE *file, const char *magic, const char *end)
{
    char *text = NULL;
    size_t length = 0;
    for (size_t most = FIRST_BYTES; most <= MOST_BYTES; most *= 2) {
        text = memory_resize(text, most + 1, 1);
        length += fread(text + length, 1, most - length, file);
        text[length] = '\0';
        char *found = strstr(text, end);
        if (found && !strncmp(text, magic, strlen(magic))) {
            found[strlen(end)] = '\0';
            return text;
        }
        bool is_other = strncmp(text, magic, strlen(magic)) || strlen(text) < length;
        if (is_other || length < most) {
            break;
        }
    }
    free(text);
    return NULL;
}

bool head_ends_with(FILE *file, const char *bytes)
{
    char found[16] = "";
    size_t size = strlen(bytes);
    return !fseek(file, -(long)size, SEEK_END) && fread(found, 1, size, file) == size
           && !memcmp(found, bytes, size);
}
