/* The colours of a film -> the 255 at most that show it best.
 *
 * Colours are counted, parted by median cut in Oklab (https://bottosson.github.io/posts/oklab/),
 * where distances are as the eye sees them, and the parts are improved by k-means. Up to 255
 * colours are kept as they are. The result depends on the colours and how often each was
 * counted, not on their order. */
#ifndef WRITE_PALETTE_H
#define WRITE_PALETTE_H

#include <stddef.h>
#include <stdint.h>

enum { PALETTE_MOST = 255 };

struct palette;

struct palette *palette_create(void);

/* Counts pixels, 0xAARRGGBB, except those that are 0. */
void palette_count(struct palette *palette, const uint32_t *pixels, size_t count);

/* After all have been counted: chooses colours, 0xRRGGBB, and returns how many. */
size_t palette_choose(struct palette *palette, uint32_t colors[PALETTE_MOST]);

/* After that: the index of the colour for a pixel that was counted, at this place. Colours
 * that the palette lacks are mixed of two in a pattern that is the same in every frame. */
uint8_t palette_index(const struct palette *palette, uint32_t pixel, int x, int y);

/* Accepts NULL. */
void palette_destroy(struct palette *palette);

#endif
