/* Images -> a film file, through FFmpeg's libraries.
 *
 * The film is yuv420p in limited range, converted by and tagged as BT.709. Its
 * size is even: an odd picture gains a column or row that repeats its last one.
 * A transparent picture is laid on the matte.
 * Its bytes do not depend on the machine. */
#ifndef WRITE_ENCODER_H
#define WRITE_ENCODER_H

#include <stdbool.h>

#include "base/error.h"
#include "render/image.h"
#include "write/sink.h"

/* How a kind of film file is made. */
struct container {
    const char *name;          /* of the format */
    const char *muxer;         /* FFmpeg's names */
    const char *codec;
    const char *muxer_options; /* KEY=VALUE,KEY=VALUE */
    const char *codec_options;
    const char *small_options; /* what follows these for films of less than a megapixel, */
    const char *large_options; /* and for larger ones */
};

/* The one of that name, which there is; in video.c. */
const struct container *container_find(const char *name);

struct encoder;

/* How many threads the program may use, set before the first film is begun: with
 * more than one, each film is encoded beside its drawing. The film is the same. */
void encoder_use_threads(int count);

/* Begins to load FFmpeg in a thread of its own, which takes as long as sampling a
 * function; the first film waits for it. To be ended before the program is. */
void encoder_begin_loading(void);
void encoder_end_loading(void);

/* An encoder that writes the file at path, or NULL. Fails when FFmpeg was built
 * without the codec or this program without FFmpeg. */
struct encoder *encoder_create(const struct container *container, const struct sink_info *info,
                               const char *path, struct error *err);

/* Appends one frame, which may be changed afterwards. */
bool encoder_frame(struct encoder *encoder, const struct image *image, struct error *err);

/* Completes the file, then reads it back and counts its frames. */
bool encoder_finish(struct encoder *encoder, struct error *err);

/* Whether films can be made and read here; err tells what is missing. */
bool encoder_is_ready(struct error *err);

/* The record of the film at path, in the arena; NULL when it cannot be read or carries
 * none, or, where it has an index of all frames, does not have all of them. */
const char *encoder_read_record(const char *path, bool is_indexed, struct arena *arena);

/* Accepts NULL. */
void encoder_destroy(struct encoder *encoder);

#endif
