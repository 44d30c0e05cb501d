/* The conversion of pictures to the colours of a video, in tiles and where they changed: against
 * libswscale's conversion of whole pictures. */
#include "outputs.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/opt.h>
#include <libavutil/pixfmt.h>
#include <libswscale/swscale.h>

/* Pixels that repeat nowhere; what a place shows changes with the seed. */
static void paint_noise(const struct image *image, struct pixels part, unsigned seed)
{
    for (int y = part.y; y < part.y + part.height; y++) {
        uint32_t *row = (uint32_t *)(void *)(image->pixels + (size_t)y * (size_t)image->stride);
        for (int x = part.x; x < part.x + part.width; x++) {
            unsigned mixed = ((unsigned)x * 7919u + (unsigned)y * 104729u + seed) * 2654435761u;
            row[x] = 0xff000000 | (mixed ^ mixed >> 15) >> 8;
        }
    }
}

/* The picture's size is odd, and no multiple of what is converted at a time. */
enum { NOISE_WIDTH = 431, NOISE_HEIGHT = 203, NOISE_FRAMES = 12 };

/* Writes frames in which small parts change, and says so or does not. */
static char *write_noise(bool says_damage, size_t *size)
{
    static uint32_t pixels[NOISE_WIDTH * NOISE_HEIGHT];
    struct image image = { .width = NOISE_WIDTH,
                           .height = NOISE_HEIGHT,
                           .stride = 4 * NOISE_WIDTH,
                           .pixels = (unsigned char *)pixels };
    struct sink_info info = usual;
    struct error err = { 0 };
    struct sink sink;
    info.width_px = NOISE_WIDTH;
    info.height_px = NOISE_HEIGHT;
    info.frames = NOISE_FRAMES;
    ck_assert(sink_open(&sink, format_by_name("y4m"), in_folder("film"), &info, &err));
    paint_noise(&image, (struct pixels){ 0, 0, NOISE_WIDTH, NOISE_HEIGHT }, 0);
    for (unsigned i = 0; i < NOISE_FRAMES; i++) {
        struct pixels damage[] = {
            { (int)(i * 37), (int)(i * 13), 1, 1 },
            { 127, 31, 1 + (int)i % 3, 1 + (int)i % 2 }, /* where tiles meet */
            { NOISE_WIDTH - 1 - (int)i, NOISE_HEIGHT - 3, 1 + (int)i, 3 },
            { 250 - (int)i, (int)i * 9, 9, 5 },
        };
        for (size_t k = 0; i && k < sizeof damage / sizeof *damage; k++) {
            paint_noise(&image, damage[k], 17 * i + (unsigned)k);
        }
        image.damage = says_damage ? damage : NULL;
        image.damage_count = sizeof damage / sizeof *damage;
        ck_assert_msg(sink_frame(&sink, &image, &err), "%s", err.text);
    }
    ck_assert_msg(sink_complete(&sink, &err) && sink_commit(&sink, &err), "%s", err.text);
    return file_read(in_folder("film"), size);
}

START_TEST(damage_is_all_that_has_to_be_converted)
{
    size_t size[2];
    char *whole = write_noise(false, &size[0]), *parts = write_noise(true, &size[1]);
    ck_assert_uint_eq(size[0], size[1]);
    ck_assert(!memcmp(whole, parts, size[0]));
    free(whole);
    free(parts);
}
END_TEST

/* One conversion of the whole picture, its last column and row repeated. */
static void convert_whole(const uint32_t *pixels, uint8_t *planes[4], int strides[4])
{
    const int width = NOISE_WIDTH + 1, height = NOISE_HEIGHT + 1;
    const int *bt709 = sws_getCoefficients(SWS_CS_ITU709);
    struct SwsContext *scaler = sws_alloc_context();
    av_opt_set_int(scaler, "srcw", width, 0);
    av_opt_set_int(scaler, "srch", height, 0);
    av_opt_set_int(scaler, "dstw", width, 0);
    av_opt_set_int(scaler, "dsth", height, 0);
    av_opt_set_int(scaler, "src_format", AV_PIX_FMT_0RGB32, 0);
    av_opt_set_int(scaler, "dst_format", AV_PIX_FMT_YUV420P, 0);
    av_opt_set_int(scaler, "dst_h_chr_pos", 0, 0);
    av_opt_set_int(scaler, "dst_v_chr_pos", 128, 0);
    av_opt_set_int(scaler, "sws_flags",
                   SWS_AREA | SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND | SWS_BITEXACT, 0);
    sws_setColorspaceDetails(scaler, bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
    ck_assert_int_ge(sws_init_context(scaler, NULL, NULL), 0);
    const uint8_t *const source[4] = { (const uint8_t *)pixels };
    const int stride[4] = { 4 * width };
    ck_assert_int_eq(sws_scale(scaler, source, stride, 0, height, planes, strides), height);
    sws_freeContext(scaler);
}

START_TEST(a_picture_in_tiles_is_the_picture_as_a_whole)
{
    enum { WIDE = NOISE_WIDTH + 1, HIGH = NOISE_HEIGHT + 1, LUMA = WIDE * HIGH };
    static uint32_t pixels[LUMA];
    static uint8_t planes[LUMA * 3 / 2];
    struct image image = { .stride = 4 * WIDE, .pixels = (unsigned char *)pixels };
    size_t size;
    char *film = write_noise(false, &size);
    const char *frame = (char *)memchr(film, '\n', size) + 1 + strlen("FRAME\n");
    paint_noise(&image, (struct pixels){ 0, 0, NOISE_WIDTH, NOISE_HEIGHT }, 0);
    for (int y = 0; y < HIGH; y++) {
        pixels[y * WIDE + WIDE - 1] = pixels[y * WIDE + WIDE - 2];
    }
    memcpy(pixels + (HIGH - 1) * WIDE, pixels + (HIGH - 2) * WIDE, 4 * WIDE);
    convert_whole(pixels, (uint8_t *[]){ planes, planes + LUMA, planes + LUMA * 5 / 4, NULL },
                  (int[]){ WIDE, WIDE / 2, WIDE / 2, 0 });
    ck_assert_uint_gt(size, NOISE_FRAMES * sizeof planes);
    for (size_t i = 0; i < sizeof planes; i++) {
        /* A tile has the rim repeated beyond it, where a whole picture has nothing:
         * there swscale weighs the first column in its own way. */
        bool is_first = i >= LUMA && (i - LUMA) % (WIDE / 2) == 0;
        ck_assert_msg(is_first || (uint8_t)frame[i] == planes[i], "byte %zu is %d, not %d", i,
                      (uint8_t)frame[i], planes[i]);
    }
    free(film);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("convert");
    TCase *cases = tcase_create("convert");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_test(cases, damage_is_all_that_has_to_be_converted);
    tcase_add_test(cases, a_picture_in_tiles_is_the_picture_as_a_whole);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
