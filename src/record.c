#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/epoch.h"
#include "base/memory.h"
#include "load/print.h"
#include "write/encoder.h"

/* What every record begins with. */
static const char MARK[] = "; " PACKAGE_NAME " ";

/* The preset with the settings that this output depends on: another output of the
 * same command line must not change its bytes. */
static struct preset preset_for(const struct session *session, const struct output *output,
                                size_t number)
{
    struct preset preset = session->preset;
    enum format_kind kind = output->format->kind;
    bool is_still = !output->is_sequence && (kind == FORMAT_BITMAP || kind == FORMAT_VECTOR);
    if (kind == FORMAT_DATA || session_page(session, output) != PAGE_FILM) {
        preset.film.page = session->film_as_read;
    }
    if (!is_still) {
        preset.still = session->still_as_read;
    } else if (session_page(session, output) != PAGE_STILL) {
        preset.still.page = session->still_as_read.page;
    }
    if (!output->format->embeds) {
        preset.film.html = session->html_as_read;
    }
    if (kind != FORMAT_VECTOR) {
        preset.still.svg_size = session->still_as_read.svg_size;
    }
    if (number != RECORD_NO_NUMBER) {
        preset.still.frame = (struct maybe_number){ .given = true, .value = (double)number };
    }
    return preset;
}

static const char *canonical(const struct preset *preset, struct arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = memory_stream(&text, &size);
    preset_print(preset, PRINT_CANONICAL, stream);
    memory_stream_end(stream);
    const char *copy = arena_copy(arena, text, size);
    free(text);
    return copy;
}

const char *record_preset(const struct session *session, const struct output *output,
                          struct arena *arena)
{
    struct preset preset = preset_for(session, output, RECORD_NO_NUMBER);
    return canonical(&preset, arena);
}

const char *record_text(const struct session *session, const struct output *output,
                        size_t number, struct arena *arena)
{
    struct preset preset = preset_for(session, output, number);
    char epoch[EPOCH_SIZE];
    bool has_date = output->format->is_dated && epoch_text(epoch);
    const char *date = has_date ? arena_printf(arena, "; " EPOCH "=%s\n", epoch) : "";
    return arena_printf(arena, "%s%s\n%s\n%s", MARK, PACKAGE_VERSION, date,
                        canonical(&preset, arena));
}

/* Says why the file has no record that can be read. */
static bool refuse(const char *path, struct error *err)
{
    struct stat info;
    struct error none;
    const struct format *format = format_by_path(path, &none);
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        return error_set(err, ERROR_PRESET, "'%s' is a folder; name an output", path);
    }
    if (access(path, R_OK)) {
        return error_set(err, ERROR_PRESET, "cannot read '%s': %s", path, strerror(errno));
    }
    if (format && !format->record) {
        return error_set(err, ERROR_PRESET, "'%s': %s files carry no preset", path, format->name);
    }
    if (format && format->needs_ffmpeg && !encoder_is_ready(err)) {
        return error_context(err, "%s", path);
    }
    return error_set(err, ERROR_PRESET, "'%s' carries no preset: optrender did not make it, or it "
                     "is no longer what optrender made", path);
}

bool record_extract(const char *path, FILE *stream, struct error *err)
{
    struct arena arena = { 0 };
    const char *text = sink_read_record(path, NULL, &arena);
    bool is_record = text && !strncmp(text, MARK, strlen(MARK)); /* others have comments, too */
    bool good = is_record || refuse(path, err);
    if (good) {
        fputs(text, stream);
    }
    arena_finish(&arena);
    return good;
}

bool record_is_in(const char *path, const struct format *format, const char *record)
{
    struct arena arena = { 0 };
    const char *found = strcmp(path, "-") ? sink_read_record(path, format, &arena) : NULL;
    bool is_same = found && !strcmp(found, record);
    arena_finish(&arena);
    return is_same;
}
