/* The write stage: films that play as pictures, gif and apng, read back through
 * libavformat. */
#include "outputs.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "base/memory.h"
#include "plot/timeline.h"
#include "write/lzw.h"

static const char *const names[] = { "gif", "apng" };
enum { NAMES = sizeof names / sizeof *names, GIF = 0, APNG = 1 };

/* Paints a frame, and says what it changes when it gives damage. */
typedef void painting(struct image *image, int frame);

static uint32_t *row_of(const struct image *image, int y)
{
    return (uint32_t *)(void *)(image->pixels + (size_t)y * (size_t)image->stride);
}

/* A film of info.frames. */
static void write_film(const char *name, const struct sink_info *info, painting *paint)
{
    struct error err = { 0 };
    struct sink sink;
    struct image image = { .width = info->width_px, .height = info->height_px,
                           .stride = 4 * info->width_px };
    image.pixels = memory_new((size_t)image.stride, (size_t)image.height);
    ck_assert_msg(sink_open(&sink, format_by_name(name), in_folder("film"), info, &err), "%s",
                  err.text);
    for (int i = 0; i < info->frames; i++) {
        paint(&image, i);
        ck_assert_msg(sink_frame(&sink, &image, &err), "%s", err.text);
    }
    ck_assert_msg(sink_complete(&sink, &err) && sink_commit(&sink, &err), "%s", err.text);
    free(image.pixels);
}

struct reader {
    AVFormatContext *file;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
    double begin, end; /* of the packet, in seconds */
};

static void reader_open(struct reader *reader, bool loops)
{
    AVDictionary *options = NULL;
    *reader = (struct reader){ .packet = av_packet_alloc(), .frame = av_frame_alloc() };
    av_dict_set(&options, "ignore_loop", loops ? "0" : "1", 0);
    ck_assert_int_eq(avformat_open_input(&reader->file, in_folder("film"), NULL, &options), 0);
    av_dict_free(&options);
    ck_assert_uint_eq(reader->file->nb_streams, 1);
    const AVCodecParameters *found = reader->file->streams[0]->codecpar;
    const AVCodec *codec = avcodec_find_decoder(found->codec_id);
    reader->codec = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(reader->codec, found);
    ck_assert_int_eq(avcodec_open2(reader->codec, codec, NULL), 0);
}

static void reader_close(struct reader *reader)
{
    avformat_close_input(&reader->file);
    avcodec_free_context(&reader->codec);
    av_packet_free(&reader->packet);
    av_frame_free(&reader->frame);
}

/* The next frame, as everything up to it is laid over each other; false at the end. */
static bool reader_next(struct reader *reader)
{
    bool more = av_read_frame(reader->file, reader->packet) >= 0;
    if (more) {
        double tick = av_q2d(reader->file->streams[0]->time_base);
        reader->begin = (double)reader->packet->pts * tick;
        reader->end = reader->begin + (double)reader->packet->duration * tick;
    }
    int code = avcodec_send_packet(reader->codec, more ? reader->packet : NULL);
    ck_assert(code >= 0 || code == AVERROR_EOF);
    av_packet_unref(reader->packet);
    return avcodec_receive_frame(reader->codec, reader->frame) >= 0;
}

/* Straight alpha, 0xAARRGGBB. */
static uint32_t pixel_at(const AVFrame *frame, int x, int y)
{
    const uint8_t *bytes = frame->data[0] + y * frame->linesize[0] + 4 * x;
    bool is_bgra = frame->format == AV_PIX_FMT_BGRA;
    ck_assert(is_bgra || frame->format == AV_PIX_FMT_RGBA);
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[is_bgra ? 2 : 0] << 16
           | (uint32_t)bytes[1] << 8 | bytes[is_bgra ? 0 : 2];
}

/* The frame's number as a colour. */
static void paint_number(struct image *image, int frame)
{
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            row_of(image, y)[x] = 0xff000000 | (uint32_t)frame;
        }
    }
}

static const struct {
    int interval_ms, fps, hold_start_ms, hold_end_ms, steps;
} clocks[] = {
    { 200, 0, 0, 0, 51 },       { 200, 0, 500, 1500, 20 }, { 33, 0, 0, 0, 70 },
    { 25, 0, 7, 3, 100 },       { 200, 60, 500, 1500, 15 }, { 200, 30, 0, 0, 8 },
    { 5, 240, 0, 0, 200 },      { 4, 0, 0, 0, 3 },         { 1, 0, 0, 0, 250 },
    { 1000, 0, 0, 5000, 1 },    { 60000, 0, 60000, 60000, 1 }, { 100, 49, 11, 60000, 9 },
    { 1, 0, 0, 0, 1 },
};
enum { CLOCKS = sizeof clocks / sizeof *clocks };

/* When a frame of the film begins, in seconds. */
static double due(const struct timeline *timeline, double frame)
{
    const struct clock *clock = &timeline->clock;
    double hold = frame > 0 ? (double)clock->hold_start_ticks : 0;
    return (hold + frame * (double)clock->frame_ticks) / (double)clock->ticks_per_second;
}

/* Every frame is shown when it is due, give or take half of what times are rounded to; none
 * is so short that browsers would slow it down. */
static void check_times(struct reader *reader, int format, const struct timeline *timeline)
{
    double frame_seconds = due(timeline, 2) - due(timeline, 1);
    bool merges = frame_seconds < (format == GIF ? 0.02 : 0.011);
    double step = merges ? 0.02 : format == GIF ? 0.01 : 0;
    double shortest = format == GIF ? 0.02 : 0.011;
    double end = 0, length = due(timeline, (double)timeline->frames)
                             + (double)timeline->clock.hold_end_ticks
                               / (double)timeline->clock.ticks_per_second;
    int shown = 0, number = -1;
    for (; reader_next(reader); shown++) {
        int last = number;
        number = (int)(pixel_at(reader->frame, 1, 1) & 0xffffff);
        ck_assert_int_gt(number, last);
        ck_assert_double_eq_tol(reader->begin, end, 1e-3);
        bool is_last = number == (int)timeline->frames - 1; /* may have to be early */
        ck_assert_double_eq_tol(reader->begin, due(timeline, number),
                                (is_last ? 1 : 0.5) * step + 2e-3);
        end = reader->end;
        ck_assert_double_ge(end - reader->begin, shortest - 1e-9);
    }
    ck_assert_int_eq(number, (int)timeline->frames - 1);
    ck_assert_double_eq_tol(end, fmax(length, 0.02), 0.5 * step + 2e-3);
    ck_assert(merges ? shown <= 1 + 50 * length : shown == (int)timeline->frames);
}

START_TEST(frames_are_shown_when_they_are_due)
{
    for (int i = 0; i < NAMES; i++) {
        struct film_section film = { .interval_ms = clocks[_i].interval_ms,
                                     .fps = { clocks[_i].fps > 0, clocks[_i].fps, { 0 } } };
        struct look look = { .hold_start_ms = clocks[_i].hold_start_ms,
                             .hold_end_ms = clocks[_i].hold_end_ms };
        struct timeline timeline;
        struct sink_info info = usual;
        struct reader reader;
        timeline_init(&timeline, &film, &look, (size_t)clocks[_i].steps);
        info.clock = timeline.clock;
        info.frames = (int64_t)timeline.frames;
        write_film(names[i], &info, paint_number);
        reader_open(&reader, false);
        ck_assert_int_eq(reader.file->streams[0]->codecpar->width, WIDTH);
        ck_assert_int_eq(reader.file->streams[0]->codecpar->height, HEIGHT);
        check_times(&reader, i, &timeline);
        reader_close(&reader);
    }
}
END_TEST

/* A film is played so often; libavformat goes on reading. One that never ends is read for
 * ten times. What a GIF says are the repetitions after the first time, as browsers take
 * it; libavformat takes them for all. */
START_TEST(films_are_played_as_often_as_stated)
{
    static const int loops[] = { 0, 1, 2, 7 };
    for (int i = 0; i < NAMES; i++) {
        for (size_t k = 0; k < sizeof loops / sizeof *loops; k++) {
            struct sink_info info = usual;
            struct reader reader;
            int packets = 0;
            info.loop = loops[k];
            write_film(names[i], &info, paint_number);
            reader_open(&reader, true);
            while (packets < 10 * FRAMES && av_read_frame(reader.file, reader.packet) >= 0) {
                packets += reader.packet->size > 0; /* it begins again with an empty one */
                av_packet_unref(reader.packet);
            }
            int times = loops[k] ? loops[k] - (i == GIF && loops[k] > 1) : 10;
            ck_assert_msg(packets == FRAMES * times, "%s, %d times: %d", names[i], loops[k],
                          packets);
            reader_close(&reader);
        }
    }
}
END_TEST

static unsigned mixed(int x, int y, int seed)
{
    unsigned all = ((unsigned)x * 7919u + (unsigned)y * 104729u + (unsigned)seed * 31u + 1)
                   * 2654435761u;
    return (all ^ all >> 15) >> 8;
}

/* Parts that change while others stay, and a frame that changes nothing. The damage is
 * more than what changes. */
static struct pixels parts[2];

static void paint_parts(struct image *image, int frame)
{
    parts[0] = (struct pixels){ 3 * frame, 2 * frame, 20, 9 };
    parts[1] = (struct pixels){ image->width - 9 - frame, image->height - 7, 30, 30 };
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            bool is_in = x >= parts[0].x + 2 && x < parts[0].x + 17 && y >= parts[0].y
                         && y < parts[0].y + 9 && (x + y) % 3;
            bool is_corner = x >= parts[1].x && y > parts[1].y;
            if (frame == 0 || (frame != 3 && (is_in || is_corner))) {
                row_of(image, y)[x] = 0xff000000 | mixed(x, y, frame);
            }
        }
    }
    image->damage = parts;
    image->damage_count = 2;
}

/* Premultiplied pixels of all opacities that become more and less opaque. */
static void paint_clouds(struct image *image, int frame)
{
    paint_parts(image, frame);
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width && frame != 2; x++) {
            unsigned alpha = frame && y < 20 ? 255 : mixed(x, y, frame) % 5 * 51;
            alpha = frame == 4 && !alpha ? 102 : alpha; /* all replaced, none cleared */
            unsigned pixel = alpha << 24;
            for (int shift = 0; shift < 24; shift += 8) {
                pixel |= mixed(x + shift, y, frame) % (alpha + 1) << shift;
            }
            row_of(image, y)[x] = pixel;
        }
    }
    image->damage = NULL;
}

/* Straight alpha by its definition; a pixel that is not seen has no colour. */
static uint32_t straight(uint32_t pixel)
{
    uint32_t alpha = pixel >> 24, result = alpha << 24;
    for (int shift = 0; shift < 24 && alpha; shift += 8) {
        uint32_t part = pixel >> shift & 255;
        result |= (uint32_t)floor(part * 255.0 / alpha + 0.5) << shift;
    }
    return result;
}

START_TEST(an_apng_is_what_was_drawn)
{
    static painting *const paints[] = { paint_parts, paint_clouds };
    struct sink_info info = usual;
    struct reader reader;
    uint32_t pixels[HEIGHT * WIDTH] = { 0 };
    struct image image = { .width = WIDTH, .height = HEIGHT, .stride = 4 * WIDTH,
                           .pixels = (unsigned char *)pixels };
    info.transparent = _i == 1;
    write_film("apng", &info, paints[_i]);
    reader_open(&reader, false);
    int frames = 0;
    for (; reader_next(&reader); frames++) {
        paints[_i](&image, frames);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                ck_assert_msg(pixel_at(reader.frame, x, y) == straight(row_of(&image, y)[x]),
                              "frame %d, %d, %d: %08x, not %08x", frames, x, y,
                              pixel_at(reader.frame, x, y), straight(row_of(&image, y)[x]));
            }
        }
    }
    ck_assert_int_eq(frames, FRAMES);
    reader_close(&reader);
}
END_TEST

/* As many colours as a palette may have, each at a place of its own, and moving. */
static int color_count;

static void paint_colors(struct image *image, int frame)
{
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            unsigned color = (unsigned)((y * image->width + x) / 3 + 7 * frame)
                             % (unsigned)color_count;
            row_of(image, y)[x] = 0xff000000 | (color * 65793u + color * 1000u);
        }
    }
}

START_TEST(few_colours_are_exact_in_a_gif)
{
    static const int counts[] = { 1, 2, 3, 4, 16, 17, 254, 255 };
    uint32_t pixels[HEIGHT * WIDTH] = { 0 };
    struct image image = { .width = WIDTH, .height = HEIGHT, .stride = 4 * WIDTH,
                           .pixels = (unsigned char *)pixels };
    struct reader reader;
    color_count = counts[_i];
    write_film("gif", &usual, paint_colors);
    reader_open(&reader, false);
    int frames = 0;
    for (; reader_next(&reader); frames++) {
        paint_colors(&image, frames);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                ck_assert_uint_eq(pixel_at(reader.frame, x, y), row_of(&image, y)[x]);
            }
        }
    }
    ck_assert_int_eq(frames, FRAMES);
    reader_close(&reader);
}
END_TEST

/* Shades of everything, with a square that wanders over them: more colours than are
 * counted one by one. */
enum { SHADES = 512 };

static void paint_shades(struct image *image, int frame)
{
    for (int y = 0; y < SHADES; y++) {
        for (int x = 0; x < SHADES; x++) {
            bool is_square = x / 64 == frame && y / 64 == 1;
            unsigned shade = (unsigned)(x / 2) << 16 | (unsigned)(y / 2) << 8
                             | (unsigned)(x % 2 * 2 + y % 2 + (x + y) / 8);
            row_of(image, y)[x] = 0xff000000 | (is_square ? 0x1f77b4 : shade);
        }
    }
}

static double apart(uint32_t a, uint32_t b)
{
    double sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        double difference = (double)(a >> shift & 255) - (double)(b >> shift & 255);
        sum += difference * difference;
    }
    return sum / 3;
}

/* 255 colours in a plane that fills the cube's side: each stands for a square of 16 by 16,
 * whose pixels are 4 apart on average, twice that where two colours are mixed. What does
 * not change does not move either, and what becomes what it was looks as it did. */
START_TEST(many_colours_are_near_in_a_gif)
{
    static uint32_t drawn[2][SHADES * SHADES], shown[SHADES * SHADES];
    static uint32_t first[SHADES * SHADES], first_shown[SHADES * SHADES];
    struct sink_info info = usual;
    struct reader reader;
    info.width_px = info.height_px = SHADES;
    write_film("gif", &info, paint_shades);
    reader_open(&reader, false);
    int frames = 0;
    for (; reader_next(&reader); frames++) {
        uint32_t *now = drawn[frames % 2], *before = drawn[(frames + 1) % 2];
        struct image image = { .width = SHADES, .height = SHADES, .stride = 4 * SHADES,
                               .pixels = (unsigned char *)now };
        double sum = 0;
        paint_shades(&image, frames);
        for (int i = 0; i < SHADES * SHADES; i++) {
            uint32_t pixel = pixel_at(reader.frame, i % SHADES, i / SHADES);
            sum += apart(pixel, now[i]);
            ck_assert(!frames || now[i] != before[i] || pixel == shown[i]);
            ck_assert(!frames || now[i] != first[i] || pixel == first_shown[i]);
            shown[i] = pixel;
        }
        if (!frames) {
            memcpy(first, now, sizeof first);
            memcpy(first_shown, shown, sizeof first);
        }
        ck_assert_double_le(sqrt(sum / (SHADES * SHADES)), 12);
        ck_assert_double_le(apart(shown[96 * SHADES + 64 * frames + 32], 0x1f77b4), 100);
    }
    ck_assert_int_eq(frames, FRAMES);
    reader_close(&reader);
}
END_TEST

/* Where two colours are mixed a part has about the mean that it should have. The nearest
 * colour alone would be 4 off in two components of three. */
START_TEST(mixed_colours_have_the_right_mean)
{
    static uint32_t pixels[SHADES * SHADES];
    struct image image = { .width = SHADES, .height = SHADES, .stride = 4 * SHADES,
                           .pixels = (unsigned char *)pixels };
    struct sink_info info = usual;
    struct reader reader;
    info.width_px = info.height_px = SHADES;
    write_film("gif", &info, paint_shades);
    reader_open(&reader, false);
    ck_assert(reader_next(&reader));
    paint_shades(&image, 0);
    double error = 0;
    for (int block = 0; block < SHADES * SHADES / 64; block++) {
        double sums[3] = { 0 };
        for (int i = 0; i < 64; i++) {
            int x = block % (SHADES / 8) * 8 + i % 8, y = block / (SHADES / 8) * 8 + i / 8;
            uint32_t is = pixel_at(reader.frame, x, y), was = pixels[y * SHADES + x];
            for (int k = 0; k < 3; k++) {
                sums[k] += (double)(is >> 8 * k & 255) - (double)(was >> 8 * k & 255);
            }
        }
        error += (fabs(sums[0]) + fabs(sums[1]) + fabs(sums[2])) / 64 / 3;
    }
    ck_assert_double_le(error / (SHADES * SHADES / 64), 2.2);
    reader_close(&reader);
}
END_TEST

/* One pixel of a large page changes: that is what a frame costs. */
static void paint_pixel(struct image *image, int frame)
{
    if (frame == 0) {
        paint_shades(image, 20);
    }
    row_of(image, 300)[200 + frame] = 0xffff0000;
    image->damage = NULL;
}

START_TEST(frames_cost_what_they_change)
{
    for (int i = 0; i < NAMES; i++) {
        struct sink_info info = usual;
        size_t one, many;
        info.width_px = info.height_px = SHADES;
        info.frames = 1;
        write_film(names[i], &info, paint_pixel);
        free(file_read(in_folder("film"), &one));
        info.frames = 101;
        write_film(names[i], &info, paint_pixel);
        free(file_read(in_folder("film"), &many));
        ck_assert_msg(many < one + 100 * 120, "%s: %zu and %zu", names[i], one, many);
    }
}
END_TEST

/* A GIF lies on the matte where it is transparent. */
START_TEST(a_gif_lies_on_the_matte)
{
    struct sink_info info = usual;
    struct reader reader;
    uint32_t pixels[HEIGHT * WIDTH] = { 0 };
    struct image image = { .width = WIDTH, .height = HEIGHT, .stride = 4 * WIDTH,
                           .pixels = (unsigned char *)pixels };
    info.transparent = true;
    info.matte = 0x0064c8;
    paint_clouds(&image, 0);
    write_film("gif", &info, paint_clouds);
    reader_open(&reader, false);
    ck_assert(reader_next(&reader));
    int clear = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        if (pixels[i] == 0) {
            clear++;
            ck_assert_double_le(apart(pixel_at(reader.frame, i % WIDTH, i / WIDTH), 0x0064c8), 1);
        }
    }
    ck_assert_int_gt(clear, WIDTH);
    reader_close(&reader);
}
END_TEST

/* The codes in the blocks of a GIF picture, lower bits first. */
struct codes {
    const unsigned char *bytes;
    size_t at, left; /* left in the block */
    uint32_t held;
    int held_bits;
};

static int next_code(struct codes *codes, int bits)
{
    for (; codes->held_bits < bits; codes->held_bits += 8, codes->left--) {
        codes->left = codes->left ? codes->left : codes->bytes[codes->at++];
        if (!codes->left) {
            return -1; /* there is none */
        }
        codes->held |= (uint32_t)codes->bytes[codes->at++] << codes->held_bits;
    }
    int code = (int)(codes->held & ((1u << bits) - 1));
    codes->held >>= bits;
    codes->held_bits -= bits;
    return code;
}

/* Whether the file's bytes stand for the indices, as GIF89a's appendix F has it, and then end:
 * libavcodec does not look for an end when it has all pixels. A code's string is what is at
 * starts[code], as long as the one before it and one more. */
static bool is_lzw_of(const unsigned char *bytes, size_t size, const uint8_t *indices,
                      size_t count)
{
    size_t starts[4096], lengths[4096], done = 0, last = 0;
    const int clear = 1 << bytes[0];
    struct codes codes = { .bytes = bytes, .at = 1 };
    int bits = bytes[0] + 1, next = clear + 2;
    bool good = next_code(&codes, bits) == clear;
    for (int code; good && (code = next_code(&codes, bits)) != clear + 1;) {
        if (code == clear) {
            bits = bytes[0] + 1;
            next = clear + 2;
            last = 0;
            continue;
        }
        if (last && next < 4096) { /* the string before and the first symbol of this one */
            starts[next] = done - last;
            lengths[next] = last + 1;
            next++;
        }
        if (code < 0 || code >= next) {
            return false;
        }
        last = code < clear ? 1 : lengths[code];
        good = done + last <= count
               && (code < clear ? indices[done] == code
                                : !memcmp(indices + done, indices + starts[code], last));
        done += last;
        bits += next == 1 << bits && bits < 12;
    }
    return good && done == count && !codes.left && !bytes[codes.at] && codes.at + 1 == size;
}

/* Pictures of every size up to where codes begin anew: each width ends one of them. */
START_TEST(codes_of_a_gif_end)
{
    static uint8_t indices[6000];
    struct lzw *lzw = lzw_create();
    for (size_t i = 0; i < sizeof indices; i++) {
        indices[i] = (uint8_t)(mixed((int)i, 0, _i) % (1u << _i));
    }
    for (size_t count = 1; count <= sizeof indices; count += 1 + count / 2000 * 6) {
        size_t size;
        const unsigned char *bytes = lzw_compress(lzw, indices, count, _i, &size);
        ck_assert_msg(is_lzw_of(bytes, size, indices, count), "%zu", count);
    }
    lzw_destroy(lzw);
}
END_TEST

START_TEST(titles_are_in_the_file)
{
    for (int i = 0; i < NAMES; i++) {
        size_t size;
        write_film(names[i], &usual, paint_number);
        char *bytes = file_read(in_folder("film"), &size);
        size_t length = strlen(usual.title), at = 0;
        while (at + length < size && memcmp(bytes + at, usual.title, length)) {
            at++;
        }
        ck_assert_uint_lt(at + length, size);
        free(bytes);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("animation");
    TCase *cases = tcase_create("animation");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, frames_are_shown_when_they_are_due, 0, CLOCKS);
    tcase_add_test(cases, films_are_played_as_often_as_stated);
    tcase_add_loop_test(cases, an_apng_is_what_was_drawn, 0, 2);
    tcase_add_loop_test(cases, few_colours_are_exact_in_a_gif, 0, 8);
    tcase_add_test(cases, many_colours_are_near_in_a_gif);
    tcase_add_test(cases, mixed_colours_have_the_right_mean);
    tcase_add_test(cases, frames_cost_what_they_change);
    tcase_add_test(cases, a_gif_lies_on_the_matte);
    tcase_add_loop_test(cases, codes_of_a_gif_end, 2, 9);
    tcase_add_test(cases, titles_are_in_the_file);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
