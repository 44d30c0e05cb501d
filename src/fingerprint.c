#include "fingerprint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record.h"
#include "write/data.h"

void fingerprinting_begin(struct fingerprinting *fingerprinting)
{
    hash_init(&fingerprinting->drawn);
    hash_init(&fingerprinting->decoded);
    hash_init(&fingerprinting->file);
}

bool fingerprinting_add(struct fingerprinting *fingerprinting, const struct sink *sink,
                        struct error *err)
{
    const char *path = sink->file.temporary;
    FILE *file = fopen(path, "rb");
    if (!file) {
        return error_set(err, ERROR_RENDER, "cannot read '%s': %s", path, strerror(errno));
    }
    hash_add_stream(&fingerprinting->file, file);
    bool good = !ferror(file) || error_set(err, ERROR_RENDER, "cannot read '%s': %s", path,
                                           strerror(errno));
    fclose(file);
    return good
           && (!sink->format->decode
               || sink->format->decode(path, &fingerprinting->decoded, err));
}

bool fingerprint_file(const char *path, struct digest *digest)
{
    struct hash hash;
    FILE *file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    hash_init(&hash);
    hash_add_stream(&hash, file);
    bool good = !ferror(file);
    *digest = hash_end(&hash);
    fclose(file);
    return good;
}

static struct digest hash_of_paths(const struct session *session)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = memory_stream(&text, &size);
    data_print_csv(session->trajectories, session->preset.optimizer_count, stream);
    memory_stream_end(stream);
    struct digest digest = hash_of_text(text);
    free(text);
    return digest;
}

void fingerprinting_end(struct fingerprinting *fingerprinting, const struct session *session,
                   const struct output *output, struct fingerprint *fingerprint)
{
    const struct format *format = output->format;
    struct arena arena = { 0 };
    *fingerprint = (struct fingerprint){
        .source = hash_of_text(record_preset(session, output, &arena)),
        .paths = hash_of_paths(session),
        .file = hash_end(&fingerprinting->file),
    };
    if (format->kind != FORMAT_DATA) {
        fingerprint->drawn = hash_end(&fingerprinting->drawn);
    }
    if (format->decode) {
        fingerprint->decoded = hash_end(&fingerprinting->decoded);
    }
    arena_finish(&arena);
}
