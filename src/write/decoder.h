/* A film file -> its pictures again, through FFmpeg's libraries. */
#ifndef WRITE_DECODER_H
#define WRITE_DECODER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"

/* Feeds the hash with all pictures of the film at path, as the bytes that
 * `ffmpeg -i PATH -f rawvideo -fps_mode passthrough -` prints. */
bool decoder_hash(const char *path, struct hash *hash, struct error *err);

/* The same of a film whose kind cannot be guessed: the demuxer is called so by FFmpeg. */
bool decoder_hash_as(const char *path, const char *demuxer, struct hash *hash, struct error *err);

/* Reads the film at path, which was just written: err tells when it is not one of this
 * size or has another number of frames. The demuxer may be NULL. */
bool decoder_check(const char *path, const char *demuxer, int width, int height, int64_t frames,
                   struct error *err);

#endif
