/* The encoder of a program that was configured with --disable-video. */
#include "write/encoder.h"

#include "write/decoder.h"

void encoder_use_threads(int count)
{
    (void)count;
}

void encoder_begin_loading(void)
{
}

void encoder_end_loading(void)
{
}

bool encoder_is_ready(struct error *err)
{
    return error_set(err, ERROR_RENDER, "this optrender was built without video "
                     "(--disable-video); stills and data work");
}

struct encoder *encoder_create(const struct container *container, const struct sink_info *info,
                               const char *path, struct error *err)
{
    (void)container;
    (void)info;
    (void)path;
    encoder_is_ready(err);
    return NULL;
}

bool encoder_frame(struct encoder *encoder, const struct image *image, struct error *err)
{
    (void)encoder;
    (void)image;
    return error_set(err, ERROR_RENDER, "no encoder");
}

bool encoder_finish(struct encoder *encoder, struct error *err)
{
    (void)encoder;
    return error_set(err, ERROR_RENDER, "no encoder");
}

bool decoder_hash(const char *path, struct hash *hash, struct error *err)
{
    (void)path;
    (void)hash;
    return error_set(err, ERROR_RENDER, "no decoder");
}

bool decoder_hash_as(const char *path, const char *demuxer, struct hash *hash, struct error *err)
{
    (void)demuxer;
    return decoder_hash(path, hash, err);
}

bool decoder_check(const char *path, const char *demuxer, int width, int height, int64_t frames,
                   struct error *err)
{
    (void)path, (void)demuxer, (void)width, (void)height, (void)frames;
    return error_set(err, ERROR_RENDER, "no decoder");
}

const char *encoder_read_record(const char *path, bool is_indexed, struct arena *arena)
{
    (void)path;
    (void)is_indexed;
    (void)arena;
    return NULL;
}

void encoder_destroy(struct encoder *encoder)
{
    (void)encoder;
}
