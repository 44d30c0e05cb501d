/* What a film's frame changes of the one that was shown before: a rectangle of pixels, of
 * which those that stay are left out. For formats that lay frames over each other. */
#ifndef WRITE_PATCH_H
#define WRITE_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "render/image.h"
#include "write/sink.h"

struct patch {
    int width, height;    /* of the film */
    bool keeps_alpha;     /* else transparent pixels are laid on the matte */
    bool is_transparent;  /* images have an alpha channel */
    uint32_t matte;
    uint32_t *shown;      /* the film's frame that was shown last */
    bool has_begun;
    struct pixels damage; /* around all that may have changed since then */
    struct pixels rectangle;
    uint32_t *pixels;     /* of the rectangle, row by row; premultiplied */
    bool is_over;         /* pixels of 0 stay as they are, and the others replace theirs when
                             laid over them; else the rectangle is replaced */
};

void patch_init(struct patch *patch, const struct sink_info *info, bool keeps_alpha);

/* Notes what changes with an image that is not shown. */
void patch_skip(struct patch *patch, const struct image *image);

/* Finds out what the image changes: rectangle, pixels and is_over are of it until the
 * next call. The first one is all of the picture; one that changes nothing, a pixel. */
void patch_show(struct patch *patch, const struct image *image);

/* Accepts a zeroed patch. */
void patch_finish(struct patch *patch);

#endif
