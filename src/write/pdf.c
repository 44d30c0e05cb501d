#include "write/pdf.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* The numbers at a file's end that lead to the document's information: PDF
 * reference 1.4, sections 3.4.3 to 3.4.5. */
struct trailer {
    long table;    /* where the cross-reference table is */
    unsigned info; /* the number of the object */
};

static bool read_trailer(FILE *file, struct trailer *trailer)
{
    char end[512] = "";
    if (fseek(file, -(long)sizeof end + 1, SEEK_END) || !fread(end, 1, sizeof end - 1, file)) {
        return false;
    }
    const char *info = strstr(end, "/Info "), *table = strstr(end, "startxref\n");
    const char *last = table ? strstr(table, "\n%%EOF\n") : NULL;
    return info && last && !last[strlen("\n%%EOF\n")]
           && sscanf(info, "/Info %9u", &trailer->info) == 1
           && sscanf(table, "startxref %18ld", &trailer->table) == 1;
}

/* Where the object begins; entries of the table have 20 bytes each. */
static bool find_object(FILE *file, const struct trailer *trailer, long *offset)
{
    enum { ENTRY_SIZE = 20 };
    unsigned count;
    char newline;
    return !fseek(file, trailer->table, SEEK_SET)
           && fscanf(file, "xref 0 %9u%c", &count, &newline) == 2 && newline == '\n'
           && trailer->info < count
           && !fseek(file, (long)trailer->info * ENTRY_SIZE, SEEK_CUR)
           && fscanf(file, "%10ld", offset) == 1 && *offset >= 0 && *offset < trailer->table;
}

/* What the information and the objects behind it may have, with four digits for a
 * byte of a preset. */
enum { INFO_BYTES_MAX = 1 << 23 };

/* Bytes from .. to of the file as text, to be freed; NULL when they are not there. */
static char *read_bytes(FILE *file, long from, long to)
{
    if (to - from > INFO_BYTES_MAX) {
        return NULL;
    }
    size_t size = (size_t)(to - from);
    char *text = memory_new(size + 1, 1);
    if (fseek(file, from, SEEK_SET) || fread(text, 1, size, file) != size) {
        free(text);
        return NULL;
    }
    return text;
}

static bool read_unit(const char **hex, unsigned *unit)
{
    char digits[5] = "";
    for (int i = 0; i < 4; i++) {
        digits[i] = (*hex)[i];
        if (!isxdigit((unsigned char)digits[i])) {
            return false;
        }
    }
    *unit = (unsigned)strtoul(digits, NULL, 16);
    *hex += 4;
    return true;
}

/* The next character of hexadecimal UTF-16; false where there is none. */
static bool read_character(const char **hex, uint32_t *code)
{
    unsigned unit, low;
    if (!read_unit(hex, &unit)) {
        return false;
    }
    *code = unit;
    if ((unit & 0xfc00) == 0xd800 && read_unit(hex, &low)) {
        *code = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
    }
    return *code && (*code & 0x1ff800) != 0xd800;
}

/* As UTF-8, which is never longer. */
static char *decode(const char *hex, struct arena *arena)
{
    char *text = arena_new(arena, strlen(hex) + UTF8_SIZE, 1), *end = text;
    uint32_t code;
    while (read_character(&hex, &code)) {
        utf8_write(end, code);
        end += strlen(end);
    }
    return text;
}

/* What follows the last such key: the texts before may contain the same words. */
static const char *find_last(const char *info, const char *key)
{
    const char *found = NULL;
    for (const char *next = info; next && (next = strstr(next, key)); next++) {
        found = next + strlen(key);
    }
    return found;
}

const char *pdf_record(FILE *file, struct arena *arena)
{
    struct trailer trailer;
    long offset;
    if (!read_trailer(file, &trailer) || !find_object(file, &trailer, &offset)) {
        return NULL;
    }
    char *info = read_bytes(file, offset, trailer.table);
    const char *record = find_last(info, "/Keywords <FEFF");
    const char *text = record ? decode(record, arena) : NULL;
    free(info);
    return text;
}
