#include "measure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record.h"
#include "write/data.h"

void measuring_begin(struct measuring *measuring)
{
    hash_init(&measuring->drawn);
    hash_init(&measuring->decoded);
    hash_init(&measuring->file);
}

bool measuring_add(struct measuring *measuring, const struct sink *sink, struct error *err)
{
    const char *path = sink->file.temporary;
    FILE *file = fopen(path, "rb");
    if (!file) {
        return error_set(err, ERROR_RENDER, "cannot read '%s': %s", path, strerror(errno));
    }
    hash_add_stream(&measuring->file, file);
    bool good = !ferror(file) || error_set(err, ERROR_RENDER, "cannot read '%s'", path);
    fclose(file);
    return good
           && (!sink->format->decode
               || sink->format->decode(path, &measuring->decoded, err));
}

static struct digest hash_of_paths(const struct session *session)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream) {
        data_print_csv(session->trajectories, session->preset.optimizer_count, stream);
    }
    if (!stream || fclose(stream)) {
        memory_end();
    }
    struct digest digest = hash_of_text(text);
    free(text);
    return digest;
}

void measuring_end(struct measuring *measuring, const struct session *session,
                   const struct output *output, struct measurement *measurement)
{
    const struct format *format = output->format;
    struct arena arena = { 0 };
    *measurement = (struct measurement){
        .source = hash_of_text(record_preset(session, output, &arena)),
        .paths = hash_of_paths(session),
        .file = hash_end(&measuring->file),
    };
    if (format->kind != FORMAT_DATA) {
        measurement->drawn = hash_end(&measuring->drawn);
    }
    if (format->decode) {
        measurement->decoded = hash_end(&measuring->decoded);
    }
    arena_finish(&arena);
}
