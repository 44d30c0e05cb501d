#include "load/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "base/utf8.h"

/* Says why the file cannot be opened, with the nearest name in its folder. */
static bool refuse_missing(const char *path, int reason, struct error *err)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    struct arena arena = { 0 };
    const char *folder = slash ? arena_copy(&arena, path, (size_t)(name - path)) : ".";
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    DIR *entries = reason == ENOENT ? opendir(folder) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        suggestion_offer(&near, arena_copy(&arena, entry->d_name, strlen(entry->d_name)));
    }
    char hint[300];
    suggestion_text(&near, hint, sizeof hint);
    error_set(err, ERROR_PRESET, "%s%s", strerror(reason), hint);
    if (entries) {
        closedir(entries);
    }
    arena_finish(&arena);
    return false;
}

/* Reads to the end or one byte beyond the limit, so that an endless file ends. */
static bool bytes_read(FILE *stream, char *bytes, enum limit limit, size_t *size, struct error *err)
{
    size_t most = (size_t)limit_of(limit);
    *size = fread(bytes, 1, most + 1, stream);
    if (ferror(stream)) {
        return errno == EISDIR
                   ? error_set(err, ERROR_PRESET, "a folder, not a preset file")
                   : error_set(err, ERROR_PRESET, "%s", strerror(errno));
    }
    if (*size > most) {
        return error_set(err, ERROR_PRESET, "larger than %zu bytes, so not a preset%s", most,
                         limit_hint(limit).text);
    }
    return true;
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
    char *bytes = memory_new((size_t)limit_of(limit) + 1, 1);
    size_t size;
    if (bytes_read(stream, bytes, limit, &size, err)) {
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
    return size >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2));
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
        if ((text[at] < ' ' && !memchr("\t\n\r", text[at], 3)) || text[at] == 127) {
            return report_error(report, place, "a control character (0x%02x) is not text",
                                text[at]);
        }
    }
    return true;
}
