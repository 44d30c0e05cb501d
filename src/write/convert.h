/* Images -> the planes of a film's frames: yuv420p in limited range, by BT.709.
 *
 * Frames have an even size: an odd picture gains a column or row that repeats
 * its last one. A transparent picture is laid on the matte. Only the tiles that
 * hold damage are converted; they become what they would be in the conversion
 * of the whole picture. */
#ifndef WRITE_CONVERT_H
#define WRITE_CONVERT_H

#include <stdbool.h>

#include "base/error.h"
#include "render/image.h"
#include "write/ffmpeg.h"
#include "write/sink.h"

struct converter;

/* A converter for images of the size that info says, or NULL. */
struct converter *converter_create(const struct ffmpeg *av, const struct sink_info *info,
                                   struct error *err);

/* Brings a frame up to this image; the first image is converted as a whole. The
 * frame holds the image before or, where two frames take turns, the one before
 * that: then the other frame, latest, has what the image before changed. */
bool converter_run(struct converter *converter, const struct image *image, AVFrame *frame,
                   const AVFrame *latest, struct error *err);

/* Accepts NULL. */
void converter_destroy(struct converter *converter);

#endif
