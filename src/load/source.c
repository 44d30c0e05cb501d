#include "load/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/suggest.h"
#include "base/utf8.h"

/* Says why the file cannot be opened, with the nearest name in its folder. */
static bool refuse_missing(const char *path, int reason, struct error *err)
{
    const char *name = path_name(path);
    struct arena arena = { 0 };
    char *folder = path_folder(path);
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    DIR *entries = reason == ENOENT ? opendir(folder) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        if (!strcmp(entry->d_name, name)) {
            continue; /* a link to what is not there */
        }
        suggestion_offer(&near, arena_copy(&arena, entry->d_name, strlen(entry->d_name)));
    }
    char hint[300];
    suggestion_text(&near, hint, sizeof hint);
    error_set(err, ERROR_PRESET, "%s%s", strerror(reason), hint);
    if (entries) {
        closedir(entries);
    }
    arena_finish(&arena);
    free(folder);
    return false;
}

/* Reads to the end or one byte beyond the limit, so that an endless file ends. The
 * bytes are to be freed, NULL after a failure: as much memory as there is text. */
static char *bytes_read(FILE *stream, enum limit limit, size_t *size, struct error *err)
{
    char *bytes = NULL;
    size_t most = (size_t)limit_of(limit), room = 0, got;
    *size = 0;
    do {
        room = 2 * room + 4096 < most + 1 ? 2 * room + 4096 : most + 1;
        bytes = memory_resize(bytes, room, 1);
        got = fread(bytes + *size, 1, room - *size, stream);
        *size += got;
    } while (got && *size == room && room <= most);
    bool good = true;
    if (ferror(stream)) {
        good = errno == EISDIR
                   ? error_set(err, ERROR_PRESET, "a folder, not a preset file")
                   : error_set(err, ERROR_PRESET, "%s", strerror(errno));
    } else if (*size > most) {
        good = error_set(err, ERROR_PRESET, "larger than %zu bytes, so not a %s%s", most,
                         limit == LIMIT_LOCK_BYTES ? "lock file" : "preset",
                         limit_hint(limit).text);
    }
    if (!good) {
        free(bytes);
    }
    return good ? bytes : NULL;
}

static const struct source *source_new(const char *name, const char *text, size_t size,
                                       struct arena *arena)
{
    struct source *source = arena_new(arena, 1, sizeof *source);
    *source = (struct source){ name, text, size };
    return source;
}

const struct source *source_read(const char *path, enum limit limit, struct arena *arena,
                                 struct error *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    bool is_standard_input = !strcmp(path, "-");
    const char *name = is_standard_input ? "<stdin>" : path;
    FILE *stream = is_standard_input ? stdin : fopen(path, "rb");
    if (!stream) {
        refuse_missing(path, errno, err);
        return NULL;
    }
    const struct source *source = NULL;
    size_t size;
    char *bytes = bytes_read(stream, limit, &size, err);
    if (bytes) {
        size_t skip = size >= 3 && !memcmp(bytes, mark, 3) ? 3 : 0;
        source = source_new(name, arena_copy(arena, bytes + skip, size - skip), size - skip,
                            arena);
    }
    free(bytes);
    if (!is_standard_input) {
        fclose(stream);
    }
    return source;
}

const struct source *source_of(const char *name, const char *text, struct arena *arena)
{
    return source_new(name, text, strlen(text), arena);
}

static bool is_utf16(const unsigned char *text, size_t size)
{
    return size >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2)
                         || !text[0] != !text[1]); /* every second byte is 0 */
}

/* Whether nothing but more of its kind stands between a carriage return and a line's end. */
static bool ends_line(const struct source *source, size_t at)
{
    while (at < source->size && source->text[at] == '\r') {
        at++;
    }
    return at == source->size || source->text[at] == '\n';
}

bool source_check(const struct source *source, struct report *report)
{
    const unsigned char *text = (const unsigned char *)source->text;
    if (is_utf16(text, source->size)) {
        return report_error(report, (struct place){ 0 }, "the text is UTF-16; save it as UTF-8");
    }
    size_t length;
    for (size_t at = 0; at < source->size; at += length) {
        struct place place = { source, at, 1 };
        uint32_t code;
        length = utf8_read(source->text + at, source->size - at, &code);
        if (!length) {
            return report_error(report, place, "byte 0x%02x is not UTF-8; save the text as UTF-8",
                                text[at]);
        }
        if ((code < ' ' && !memchr("\t\n\r", (int)code, 3)) || (code >= 127 && code < 0xA0)) {
            return report_error(report, place, "a control character (0x%02x) is not text",
                                (unsigned)code);
        }
        if (code == '\r' && !ends_line(source, at)) {
            return report_error(report, place, "a carriage return (0x0d) alone ends no line; "
                                "save the text with the ends of lines of Unix or Windows");
        }
    }
    return true;
}
