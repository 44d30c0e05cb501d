#include "write/patch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "write/matte.h"

void patch_init(struct patch *patch, const struct sink_info *info, bool keeps_alpha)
{
    *patch = (struct patch){
        .width = info->width_px,
        .height = info->height_px,
        .keeps_alpha = keeps_alpha && info->transparent,
        .is_transparent = info->transparent,
        .matte = info->matte,
    };
    size_t count = (size_t)patch->width * (size_t)patch->height;
    patch->shown = memory_new(count, sizeof *patch->shown);
    patch->pixels = memory_new(count, sizeof *patch->pixels);
}

void patch_finish(struct patch *patch)
{
    free(patch->shown);
    free(patch->pixels);
    *patch = (struct patch){ 0 };
}

/* The rectangle around both; one of them may be empty. */
static struct pixels around(struct pixels a, struct pixels b)
{
    if (!a.width || !a.height) {
        return b;
    }
    if (!b.width || !b.height) {
        return a;
    }
    return pixels_union(a, b);
}

void patch_skip(struct patch *patch, const struct image *image)
{
    struct pixels all = { 0, 0, patch->width, patch->height };
    if (!patch->has_begun || !image->damage) {
        patch->damage = all;
    }
    for (size_t i = 0; image->damage && i < image->damage_count; i++) {
        patch->damage = around(patch->damage, pixels_common(image->damage[i], all));
    }
}

/* A part of a row of the image, as it is to be shown. */
static void fetch(const struct patch *patch, const struct image *image, int y, uint32_t *row)
{
    const struct pixels *part = &patch->damage;
    const unsigned char *bytes = image->pixels + (size_t)y * (size_t)image->stride;
    memcpy(row, (const uint32_t *)(const void *)bytes + part->x,
           (size_t)part->width * sizeof *row);
    if (patch->is_transparent && !patch->keeps_alpha) {
        matte_lay(row, (size_t)part->width, patch->matte);
    }
    for (int x = 0; !patch->is_transparent && x < part->width; x++) {
        row[x] |= 0xff000000;
    }
}

/* Around the pixels of a row that are others than those shown. */
static struct pixels difference(const uint32_t *row, const uint32_t *shown, int width, int x, int y)
{
    int first = 0, end = width;
    while (first < width && row[first] == shown[first]) {
        first++;
    }
    while (end > first && row[end - 1] == shown[end - 1]) {
        end--;
    }
    return (struct pixels){ x + first, y, end - first, end > first };
}

/* Brings what is shown up to date. The pixels that it had are left in their places in
 * pixels, which has the whole picture's size, so that they can be compared. */
static void take_over(struct patch *patch, const struct image *image)
{
    const struct pixels *part = &patch->damage;
    patch->rectangle = (struct pixels){ 0 };
    for (int y = part->y; y < part->y + part->height; y++) {
        size_t at = (size_t)y * (size_t)patch->width + (size_t)part->x;
        uint32_t *row = patch->pixels + at, *shown = patch->shown + at;
        fetch(patch, image, y, row);
        patch->rectangle = around(patch->rectangle,
                                  difference(row, shown, part->width, part->x, y));
        for (int x = 0; x < part->width; x++) {
            uint32_t before = shown[x];
            shown[x] = row[x];
            row[x] = before;
        }
    }
}

/* Whether a pixel becomes what it is to be when that is laid over what it was. */
static bool is_laid(uint32_t before, uint32_t now)
{
    return before == now || now >> 24 == 255 || before == 0;
}

static bool all_laid(const struct patch *patch)
{
    const struct pixels *part = &patch->rectangle;
    for (int y = part->y; y < part->y + part->height; y++) {
        size_t at = (size_t)y * (size_t)patch->width;
        for (int x = part->x; x < part->x + part->width; x++) {
            if (!is_laid(patch->pixels[at + (size_t)x], patch->shown[at + (size_t)x])) {
                return false;
            }
        }
    }
    return true;
}

/* Replaces the pixels from before by the new ones, side by side at the beginning. */
static void gather(struct patch *patch)
{
    const struct pixels *part = &patch->rectangle;
    uint32_t *to = patch->pixels;
    for (int y = part->y; y < part->y + part->height; y++) {
        size_t at = (size_t)y * (size_t)patch->width;
        for (int x = part->x; x < part->x + part->width; x++, to++) {
            uint32_t now = patch->shown[at + (size_t)x];
            bool stays = patch->is_over && patch->pixels[at + (size_t)x] == now;
            *to = stays ? 0 : now;
        }
    }
}

void patch_show(struct patch *patch, const struct image *image)
{
    patch_skip(patch, image);
    take_over(patch, image);
    if (!patch->has_begun) {
        patch->rectangle = (struct pixels){ 0, 0, patch->width, patch->height };
    } else if (!patch->rectangle.width) {
        patch->rectangle = (struct pixels){ 0, 0, 1, 1 };
        patch->pixels[0] = patch->shown[0];
    }
    patch->is_over = patch->has_begun && all_laid(patch);
    gather(patch);
    patch->has_begun = true;
    patch->damage = (struct pixels){ 0 };
}
