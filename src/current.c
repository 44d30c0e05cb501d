#include "current.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "fingerprint.h"
#include "record.h"

static bool is_current(const struct session *session, const struct output *output)
{
    struct arena arena = { 0 };
    bool is_same = true;
    size_t count = output->is_sequence ? session->timeline.frames : 1;
    for (size_t i = 0; is_same && i < count; i++) {
        const char *path = output->is_sequence ? output_numbered_path(output, i, &arena)
                                               : output->path;
        size_t number = output->is_sequence ? i : RECORD_NO_NUMBER;
        is_same = record_is_in(path, output->format,
                               record_text(session, output, number, &arena));
        arena_reset(&arena);
    }
    arena_finish(&arena);
    return is_same;
}

size_t current_find(const struct session *session, bool sequences, bool *current)
{
    const struct request *request = session->request;
    size_t left = 0;
    for (size_t i = 0; i < request->output_count; i++) {
        if (!request->force && request->outputs[i].is_sequence == sequences) {
            current[i] = is_current(session, &request->outputs[i]);
        }
        left += !current[i];
    }
    return left;
}

struct request current_without(const struct request *request, const bool *current,
                               struct output *outputs)
{
    struct request stale = *request;
    stale.outputs = outputs;
    stale.output_count = 0;
    for (size_t i = 0; i < request->output_count; i++) {
        if (!current[i]) {
            outputs[stale.output_count++] = request->outputs[i];
        }
    }
    return stale;
}

static int compare_times(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? (a->tv_sec > b->tv_sec) - (a->tv_sec < b->tv_sec)
                                  : (a->tv_nsec > b->tv_nsec) - (a->tv_nsec < b->tv_nsec);
}

void current_touch(const struct session *session, const bool *current)
{
    const struct request *request = session->request;
    const struct timespec *read = &session->preset_time;
    struct stat preset, file;
    /* Not when it has been changed since it was read. */
    if (!read->tv_sec || stat(request->preset_path, &preset)
        || compare_times(&preset.st_mtim, read)) {
        return;
    }
    for (size_t i = 0; i < request->output_count; i++) {
        const char *path = request->outputs[i].path;
        if (current[i] && !request->outputs[i].is_sequence && !stat(path, &file)
            && compare_times(read, &file.st_mtim) > 0) {
            utimensat(AT_FDCWD, path, NULL, 0); /* no harm when it may not */
        }
    }
}

bool current_file(const struct session *session, const struct output *output,
                  struct digest *digest)
{
    return !output->is_sequence && is_current(session, output)
           && fingerprint_file(output->path, digest);
}
