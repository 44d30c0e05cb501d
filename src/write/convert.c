#include "write/convert.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A tile is converted with a margin around it, because a chroma sample averages
 * pixels to its left and right. All of them are even. */
enum {
    TILE_WIDTH = 96,
    TILE_HEIGHT = 24,
    MARGIN_X = 8,
    MARGIN_Y = 2,
    WIDTH = TILE_WIDTH + 2 * MARGIN_X,
    HEIGHT = TILE_HEIGHT + 2 * MARGIN_Y,
    ROW_ALIGNMENT = 64,
    PLANE_STRIDE = (WIDTH + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT
};

struct converter {
    const struct ffmpeg *av;
    bool transparent;
    uint32_t matte;
    bool has_begun;
    int columns, rows;            /* of tiles */
    bool *damaged;                /* tiles of the image at hand, row by row */
    bool *changed;                /* those of the image before */
    struct SwsContext *scaler;    /* of one tile with its margin */
    uint32_t *pixels;             /* of it */
    uint8_t *planes[4];
};

/* The conversion does not scale. A chroma sample sits at the left of its two
 * columns, as players assume, and averages all the pixels around it. */
static bool make_scaler(struct converter *converter, struct error *err)
{
    const struct ffmpeg *av = converter->av;
    const struct {
        const char *name;
        int64_t value;
    } options[] = {
        { "srcw", WIDTH }, { "srch", HEIGHT }, { "dstw", WIDTH }, { "dsth", HEIGHT },
        { "src_format", AV_PIX_FMT_0RGB32 }, { "dst_format", AV_PIX_FMT_YUV420P },
        { "dst_h_chr_pos", 0 }, { "dst_v_chr_pos", 128 },
        { "sws_flags", SWS_AREA | SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND | SWS_BITEXACT },
    };
    const int *bt709 = av->sws_getCoefficients(SWS_CS_ITU709);
    struct SwsContext *scaler = converter->scaler = av->sws_alloc_context();
    int code = scaler ? 0 : AVERROR(ENOMEM);
    for (size_t i = 0; code >= 0 && i < sizeof options / sizeof *options; i++) {
        code = av->av_opt_set_int(scaler, options[i].name, options[i].value, 0);
    }
    if (code >= 0) {
        av->sws_setColorspaceDetails(scaler, bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
        code = av->sws_init_context(scaler, NULL, NULL);
    }
    return code >= 0 || ffmpeg_fail(av, err, "swscale", code);
}

struct converter *converter_create(const struct ffmpeg *av, const struct sink_info *info,
                                   struct error *err)
{
    struct converter *converter = memory_new(1, sizeof *converter);
    converter->av = av;
    converter->transparent = info->transparent;
    converter->matte = info->matte;
    converter->columns = (info->width_px + TILE_WIDTH - 1) / TILE_WIDTH;
    converter->rows = (info->height_px + TILE_HEIGHT - 1) / TILE_HEIGHT;
    size_t tiles = (size_t)converter->columns * (size_t)converter->rows;
    converter->damaged = memory_new(tiles, sizeof *converter->damaged);
    converter->changed = memory_new(tiles, sizeof *converter->changed);
    converter->pixels = memory_new((size_t)WIDTH * HEIGHT, sizeof *converter->pixels);
    for (size_t i = 0; i < 3; i++) {
        converter->planes[i] = memory_new((size_t)PLANE_STRIDE * HEIGHT, 1);
    }
    if (!make_scaler(converter, err)) {
        converter_destroy(converter);
        return NULL;
    }
    return converter;
}

void converter_destroy(struct converter *converter)
{
    if (!converter) {
        return;
    }
    for (size_t i = 0; i < 3; i++) {
        free(converter->planes[i]);
    }
    converter->av->sws_freeContext(converter->scaler);
    free(converter->pixels);
    free(converter->damaged);
    free(converter->changed);
    free(converter);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int clamped(int value, int end)
{
    return value < 0 ? 0 : value < end ? value : end - 1;
}

static void note_damage(struct converter *converter, const struct pixels *damage)
{
    /* A changed pixel changes chroma samples up to a margin away. */
    int right = damage->x + damage->width + MARGIN_X - 1;
    int bottom = damage->y + damage->height + MARGIN_Y - 1;
    int first_row = clamped(damage->y - MARGIN_Y, converter->rows * TILE_HEIGHT) / TILE_HEIGHT;
    int first = clamped(damage->x - MARGIN_X, converter->columns * TILE_WIDTH) / TILE_WIDTH;
    int last_row = least(bottom / TILE_HEIGHT, converter->rows - 1);
    int last = least(right / TILE_WIDTH, converter->columns - 1);
    for (int row = first_row; row <= last_row; row++) {
        for (int column = first; column <= last; column++) {
            converter->damaged[row * converter->columns + column] = true;
        }
    }
}

/* Lays premultiplied pixels on the matte. */
static void flatten(uint32_t *pixels, int count, uint32_t matte)
{
    for (int i = 0; i < count; i++) {
        uint32_t gap = 255 - (pixels[i] >> 24), pixel = pixels[i];
        for (int shift = 0; gap && shift < 24; shift += 8) {
            pixel += ((matte >> shift & 255) * gap + 127) / 255 << shift;
        }
        pixels[i] = pixel;
    }
}

/* Copies the pixels around a tile; what would lie outside repeats the rim. */
static void fetch(struct converter *converter, const struct image *image, int left, int top)
{
    left -= MARGIN_X;
    top -= MARGIN_Y;
    int first = left < 0 ? -left : 0, end = least(WIDTH, image->width - left);
    for (int y = 0; y < HEIGHT; y++) {
        size_t at = (size_t)clamped(top + y, image->height);
        const unsigned char *bytes = image->pixels + at * (size_t)image->stride;
        const uint32_t *source = (const void *)bytes;
        uint32_t *row = converter->pixels + (ptrdiff_t)y * WIDTH;
        memcpy(row + first, source + left + first, (size_t)(end - first) * sizeof *row);
        for (int x = 0; x < first; x++) {
            row[x] = row[first];
        }
        for (int x = end; x < WIDTH; x++) {
            row[x] = row[end - 1];
        }
        if (converter->transparent) {
            flatten(row, WIDTH, converter->matte);
        }
    }
}

/* Where a pixel of the page is in a plane with all of them or, as colours have, half. */
static ptrdiff_t plane_at(int left, int top, int half, int stride)
{
    return (ptrdiff_t)(top >> half) * stride + (left >> half);
}

/* Copies a tile into the frame's planes. */
static void copy_tile(AVFrame *frame, int left, int top, const uint8_t *const from[3],
                      const int strides[3])
{
    for (int i = 0; i < 3; i++) {
        int half = i ? 1 : 0;
        int width = least(TILE_WIDTH, frame->width - left) >> half;
        int height = least(TILE_HEIGHT, frame->height - top) >> half;
        uint8_t *to = frame->data[i] + plane_at(left, top, half, frame->linesize[i]);
        for (int y = 0; y < height; y++) {
            memcpy(to + (ptrdiff_t)y * frame->linesize[i], from[i] + (ptrdiff_t)y * strides[i],
                   (size_t)width);
        }
    }
}

/* Without its margin. */
static void store(const struct converter *converter, AVFrame *frame, int left, int top)
{
    const uint8_t *from[3];
    const int strides[3] = { PLANE_STRIDE, PLANE_STRIDE, PLANE_STRIDE };
    for (int i = 0; i < 3; i++) {
        int half = i ? 1 : 0;
        from[i] = converter->planes[i] + plane_at(MARGIN_X, MARGIN_Y, half, PLANE_STRIDE);
    }
    copy_tile(frame, left, top, from, strides);
}

static void take_over(AVFrame *frame, const AVFrame *latest, int left, int top)
{
    const uint8_t *from[3];
    for (int i = 0; i < 3; i++) {
        int half = i ? 1 : 0;
        from[i] = latest->data[i] + plane_at(left, top, half, latest->linesize[i]);
    }
    copy_tile(frame, left, top, from, latest->linesize);
}

static bool convert_tile(struct converter *converter, const struct image *image, AVFrame *frame,
                         int left, int top, struct error *err)
{
    /* swscale looks at four of each, however many a format has. */
    const uint8_t *const pixels[4] = { (const uint8_t *)converter->pixels };
    const int stride[4] = { 4 * WIDTH };
    const int strides[4] = { PLANE_STRIDE, PLANE_STRIDE, PLANE_STRIDE };
    fetch(converter, image, left, top);
    int code = converter->av->sws_scale(converter->scaler, pixels, stride, 0, HEIGHT,
                                        converter->planes, strides);
    if (code != HEIGHT) {
        return ffmpeg_fail(converter->av, err, "swscale", code < 0 ? code : AVERROR_BUG);
    }
    store(converter, frame, left, top);
    return true;
}

static void note_image(struct converter *converter, const struct image *image)
{
    struct pixels all = { 0, 0, image->width, image->height };
    if (!converter->has_begun || !image->damage) {
        note_damage(converter, &all);
    }
    for (size_t i = 0; image->damage && i < image->damage_count; i++) {
        note_damage(converter, &image->damage[i]);
    }
    converter->has_begun = true;
}

bool converter_run(struct converter *converter, const struct image *image, AVFrame *frame,
                   const AVFrame *latest, struct error *err)
{
    bool good = true;
    note_image(converter, image);
    for (int i = 0; good && i < converter->columns * converter->rows; i++) {
        int left = i % converter->columns * TILE_WIDTH, top = i / converter->columns * TILE_HEIGHT;
        if (converter->damaged[i]) {
            good = convert_tile(converter, image, frame, left, top, err);
        } else if (latest && converter->changed[i]) {
            take_over(frame, latest, left, top);
        }
        converter->changed[i] = converter->damaged[i];
        converter->damaged[i] = false;
    }
    return good;
}
