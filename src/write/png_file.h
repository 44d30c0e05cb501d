/* What PNG and APNG files share: 8 bits per channel, sRGB, no clock time. Title, description
 * and record are iTXt chunks before the picture. */
#ifndef WRITE_PNG_FILE_H
#define WRITE_PNG_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <png.h>

#include "base/arena.h"
#include "base/error.h"
#include "write/sink.h"

struct png_file {
    struct sink *sink;
    png_structp png;
    png_infop info;
    bool opaque;       /* has no alpha channel */
    struct error *err; /* of the call in progress */
};

/* Sets libpng up, for the file of the sink; close it whether or not that went well. */
bool png_file_open(struct png_file *file, struct sink *sink, struct error *err);

/* Writes all that comes before the picture. An animation has its control, the 8 bytes of
 * its acTL chunk; a picture NULL. */
bool png_file_begin(struct png_file *file, bool opaque, const unsigned char *control,
                    struct error *err);

/* Writes a chunk of any kind. */
bool png_file_chunk(struct png_file *file, const char *name, const void *bytes, size_t size,
                    struct error *err);

/* Accepts a zeroed file. */
void png_file_close(struct png_file *file);

/* Premultiplied pixels as PNG has them: three bytes each when they are opaque, else four
 * with straight alpha. */
void png_file_convert(unsigned char *to, const uint32_t *from, int width, bool opaque);

/* As record of struct format, of one picture or of an animated one. */
const char *png_file_record(FILE *file, bool is_animated, struct arena *arena);

#endif
