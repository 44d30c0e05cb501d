/* The write stage: what films hold, read back through libavformat. */
#include "outputs.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/cpu.h>

#include "base/memory.h"
#include "plot/timeline.h"
#include "write/encoder.h"
#include "write/ffmpeg.h"

/* A film's frames in flat colours, for which the standard gives the values. */
static const unsigned colors[] = { 0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000,
                                   0x808080, 0x1f77b4, 0xff7f0e };
enum { COLORS = sizeof colors / sizeof *colors };

/* A page whose right half and lower half differ from the left upper quarter. */
static void paint_quarters(const struct image *image, unsigned left, unsigned right)
{
    for (int y = 0; y < image->height; y++) {
        uint32_t *row = (uint32_t *)(void *)(image->pixels + (size_t)y * (size_t)image->stride);
        for (int x = 0; x < image->width; x++) {
            bool other = x >= image->width / 2 || y >= image->height / 2;
            row[x] = 0xff000000 | (other ? right : left);
        }
    }
}

static void write_film(const struct format *format, const struct sink_info *info, int frames,
                       unsigned other)
{
    struct error err = { 0 };
    struct sink sink;
    struct sink_info counted = *info;
    counted.frames = frames;
    struct image image = { .width = info->width_px,
                           .height = info->height_px,
                           .stride = 4 * info->width_px };
    image.pixels = memory_new((size_t)image.stride, (size_t)image.height);
    ck_assert_msg(sink_open(&sink, format, in_folder("film"), &counted, &err), "%s", err.text);
    for (int i = 0; i < frames; i++) {
        unsigned color = colors[frames > COLORS ? 0 : i]; /* long films stand still */
        paint_quarters(&image, color, other ? other : color);
        ck_assert_msg(sink_frame(&sink, &image, &err), "%s", err.text);
    }
    ck_assert_msg(sink_complete(&sink, &err) && sink_commit(&sink, &err), "%s", err.text);
    free(image.pixels);
}

/* A film opened for reading. */
struct reader {
    AVFormatContext *file;
    AVStream *stream;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
};

static void reader_open(struct reader *reader)
{
    *reader = (struct reader){ .packet = av_packet_alloc(), .frame = av_frame_alloc() };
    ck_assert_int_eq(avformat_open_input(&reader->file, in_folder("film"), NULL, NULL), 0);
    ck_assert_int_ge(avformat_find_stream_info(reader->file, NULL), 0);
    ck_assert_uint_eq(reader->file->nb_streams, 1);
    reader->stream = reader->file->streams[0];
    const AVCodec *codec = avcodec_find_decoder(reader->stream->codecpar->codec_id);
    reader->codec = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(reader->codec, reader->stream->codecpar);
    ck_assert_int_eq(avcodec_open2(reader->codec, codec, NULL), 0);
}

static void reader_close(struct reader *reader)
{
    avformat_close_input(&reader->file);
    avcodec_free_context(&reader->codec);
    av_packet_free(&reader->packet);
    av_frame_free(&reader->frame);
}

/* The next decoded frame, or false at the end. */
static bool reader_next(struct reader *reader)
{
    int code;
    while ((code = avcodec_receive_frame(reader->codec, reader->frame)) == AVERROR(EAGAIN)) {
        bool more = av_read_frame(reader->file, reader->packet) >= 0;
        ck_assert_int_ge(avcodec_send_packet(reader->codec, more ? reader->packet : NULL), 0);
        av_packet_unref(reader->packet);
    }
    return code >= 0;
}

/* Films in colours of a video, of which the standard is BT.709; others are in
 * test_animation.c, and that a page holds one of them is seen in tests/html.sh. */
static bool is_video(const struct format *format)
{
    return format->kind == FORMAT_FILM && !format->embeds && strcmp(format->name, "gif")
           && strcmp(format->name, "apng");
}

#define EACH_FILM(format)                                                               \
    size_t each_count;                                                                  \
    const struct format *const *each = format_list(&each_count);                        \
    for (const struct format *format; each_count && (format = *each); each++, each_count--) \
        if (is_video(format))

/* Films of as many steps, and the frames that they should have. */
static const struct {
    int interval_ms, fps, hold_start_ms, hold_end_ms, steps, frames;
} clocks[] = {
    { 200, 0, 0, 0, 51, 51 },
    { 200, 0, 0, 1300, 12, 12 },
    { 40, 0, 0, 1, 260, 260 },
    { 33, 0, 0, 0, 7, 7 },
    { 200, 0, 500, 1500, 20, 20 },
    { 1000, 0, 0, 5000, 1, 1 },
    { 200, 60, 0, 0, 20, 229 },      /* 19 steps of 12 frames */
    { 200, 60, 500, 1500, 20, 229 },
    { 70, 30, 0, 0, 12, 25 },        /* 0.77 s are 23.1 frames */
    { 5, 30, 0, 250, 100, 16 },      /* six steps or seven in a frame */
    { 50, 240, 10, 20, 4, 37 },
    { 100, 25, 300, 700, 1, 1 },
};
enum { CLOCKS = sizeof clocks / sizeof *clocks };

/* What the header says about a rate, where no hold hides it. */
static void check_rate(const struct reader *reader, AVRational rate, size_t i)
{
    if (clocks[i].frames > 1) { /* else the hold is all that can be seen */
        ck_assert_int_eq(av_cmp_q(reader->stream->r_frame_rate, rate), 0);
    }
    if (!clocks[i].hold_start_ms && !clocks[i].hold_end_ms) {
        ck_assert_int_eq(av_cmp_q(reader->stream->avg_frame_rate, rate), 0);
    }
}

/* Some containers tell how long a stream is, others how long the file is. */
static double seconds(const struct reader *reader)
{
    bool is_told = reader->stream->duration != AV_NOPTS_VALUE;
    return is_told ? (double)reader->stream->duration * av_q2d(reader->stream->time_base)
                   : (double)reader->file->duration / AV_TIME_BASE;
}

/* Packets come in the order of decoding; what is shown has to follow without a
 * gap, and nothing may be shown before it is decoded. WebM counts milliseconds, which do
 * not hold every rate; each frame's time is the nearest one. */
static void check_times(struct reader *reader, size_t i, bool has_holds)
{
    double tick = av_q2d(reader->stream->time_base);
    AVRational rate = clocks[i].fps ? av_make_q(clocks[i].fps, 1)
                                    : av_make_q(1000, clocks[i].interval_ms);
    double hold_start = has_holds ? clocks[i].hold_start_ms / 1000.0 : 0;
    double hold_end = has_holds ? clocks[i].hold_end_ms / 1000.0 : 0;
    bool is_rounded = !strcmp(reader->file->iformat->name, "matroska,webm");
    double within = is_rounded ? 0.5001 * tick * av_q2d(rate) : 1e-6;
    bool *seen = memory_new((size_t)clocks[i].frames, sizeof *seen);
    int frames = 0, key = 0;
    int64_t decoded = INT64_MIN;
    check_rate(reader, rate, i);
    for (; av_read_frame(reader->file, reader->packet) >= 0; frames++) {
        const AVPacket *packet = reader->packet;
        double at = ((double)packet->pts * tick - (packet->pts ? hold_start : 0)) * av_q2d(rate);
        ck_assert_double_eq_tol(at, round(at), within);
        ck_assert(at >= -within && at < clocks[i].frames && !seen[(int)round(at)]);
        seen[(int)round(at)] = true;
        ck_assert_int_gt(packet->dts, decoded);
        ck_assert_int_le(packet->dts, packet->pts);
        decoded = packet->dts;
        key = packet->flags & AV_PKT_FLAG_KEY ? frames : key;
        ck_assert_int_le(frames - key, 250);
        av_packet_unref(reader->packet);
    }
    free(seen);
    ck_assert_int_eq(frames, clocks[i].frames);
    ck_assert_double_eq_tol(seconds(reader), frames / av_q2d(rate) + hold_start + hold_end,
                            is_rounded ? 1.0001 * tick : 1e-9);
}

START_TEST(frames_come_at_the_stated_times)
{
    EACH_FILM(format) {
        struct film_section film = { .interval_ms = clocks[_i].interval_ms,
                                     .fps = { clocks[_i].fps > 0, clocks[_i].fps, { 0 } } };
        struct look look = { .hold_start_ms = clocks[_i].hold_start_ms,
                             .hold_end_ms = clocks[_i].hold_end_ms };
        struct timeline timeline;
        struct sink_info info = usual;
        struct reader reader;
        timeline_init(&timeline, &film, &look, (size_t)clocks[_i].steps);
        info.clock = timeline.clock;
        write_film(format, &info, (int)timeline.frames, 0);
        reader_open(&reader);
        check_times(&reader, (size_t)_i, !format->is_raw);
        reader_close(&reader);
    }
}
END_TEST

START_TEST(films_play_everywhere)
{
    EACH_FILM(format) {
        struct reader reader;
        write_film(format, &usual, 3, 0);
        reader_open(&reader);
        const AVCodecParameters *found = reader.stream->codecpar;
        ck_assert_int_eq(found->width, WIDTH + WIDTH % 2);
        ck_assert_int_eq(found->height, HEIGHT + HEIGHT % 2);
        ck_assert_int_eq(found->format, AV_PIX_FMT_YUV420P);
        ck_assert_int_eq(found->color_range, AVCOL_RANGE_MPEG);
        if (format->is_raw) { /* which says no more */
            reader_close(&reader);
            continue;
        }
        ck_assert_int_eq(found->color_primaries, AVCOL_PRI_BT709);
        ck_assert_int_eq(found->color_trc, AVCOL_TRC_BT709);
        ck_assert_int_eq(found->color_space, AVCOL_SPC_BT709);
        if (found->codec_id == AV_CODEC_ID_H264) {
            ck_assert_int_eq(found->profile, FF_PROFILE_H264_HIGH);
            ck_assert_int_le(reader.codec->has_b_frames, 1);
        }
        ck_assert_str_eq(av_dict_get(reader.file->metadata, "title", NULL, 0)->value,
                         usual.title);
        ck_assert_str_eq(av_dict_get(reader.file->metadata, "description", NULL, 0)->value,
                         usual.description);
        reader_close(&reader);
    }
}
END_TEST

/* The boxes of an MP4 file in their order: a browser needs moov first. */
START_TEST(an_mp4_starts_before_it_is_loaded)
{
    size_t size, at = 0;
    char names[64] = "";
    write_film(format_by_name("mp4"), &usual, 3, 0);
    unsigned char *bytes = (unsigned char *)file_read(in_folder("film"), &size);
    while (at + 8 <= size && strlen(names) < 40) {
        const unsigned char *box = bytes + at;
        strncat(names, (const char *)box + 4, 4);
        at += (size_t)box[0] << 24 | (size_t)box[1] << 16 | (size_t)box[2] << 8 | box[3];
    }
    ck_assert_uint_eq(at, size);
    ck_assert_msg(!strcmp(names, "ftypmoovfreemdat") || !strcmp(names, "ftypmoovmdat"), "%s",
                  names);
    free(bytes);
}
END_TEST

/* ITU-R BT.709-6, 3.2 to 3.5: Y', C'B and C'R of 8 bits. */
static void expected(unsigned rgb, double ycc[3])
{
    double r = (rgb >> 16) / 255.0, g = (rgb >> 8 & 255) / 255.0, b = (rgb & 255) / 255.0;
    double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    ycc[0] = 16 + 219 * y;
    ycc[1] = 128 + 224 * (b - y) / 1.8556;
    ycc[2] = 128 + 224 * (r - y) / 1.5748;
}

/* VP9 rounds flat colours that change from frame to frame more coarsely than x264. */
static void check_pixel(const struct reader *reader, int x, int y, unsigned rgb)
{
    const AVFrame *frame = reader->frame;
    const int within = reader->codec->codec_id == AV_CODEC_ID_VP9 ? 4 : 2;
    double ycc[3];
    expected(rgb, ycc);
    for (int plane = 0; plane < 3; plane++) {
        int shift = plane ? 1 : 0;
        int value = frame->data[plane][(y >> shift) * frame->linesize[plane] + (x >> shift)];
        ck_assert_msg(fabs(value - ycc[plane]) <= within,
                      "#%06x at %d, %d: plane %d is %d, not %.1f", rgb, x, y, plane, value, ycc[plane]);
    }
}

START_TEST(colours_are_converted_by_the_standard)
{
    EACH_FILM(format) {
        struct reader reader;
        write_film(format, &usual, COLORS, 0);
        reader_open(&reader);
        int frames = 0;
        for (; reader_next(&reader); frames++) {
            for (int y = 0; y < reader.frame->height; y++) {
                for (int x = 0; x < reader.frame->width; x++) {
                    check_pixel(&reader, x, y, colors[frames]);
                }
            }
        }
        ck_assert_int_eq(frames, COLORS);
        reader_close(&reader);
    }
}
END_TEST

/* Odd sizes repeat the last column and row; nothing is moved or scaled. */
START_TEST(pictures_stay_in_their_place)
{
    static const int sizes[][2] = { { 64, 48 }, { 65, 48 }, { 64, 47 }, { 131, 77 } };
    EACH_FILM(format) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct sink_info info = usual;
            struct reader reader;
            int w = info.width_px = sizes[i][0], h = info.height_px = sizes[i][1];
            write_film(format, &info, 1, 0xffffff);
            reader_open(&reader);
            ck_assert(reader_next(&reader));
            check_pixel(&reader, 0, 0, colors[0]);
            check_pixel(&reader, w / 2 - 4, h / 2 - 4, colors[0]);
            check_pixel(&reader, w / 2 + 4, 0, 0xffffff);
            check_pixel(&reader, 0, h / 2 + 4, 0xffffff);
            check_pixel(&reader, w + w % 2 - 1, h + h % 2 - 1, 0xffffff);
            reader_close(&reader);
        }
    }
}
END_TEST

/* One picture of a single premultiplied pixel, CAIRO_FORMAT_ARGB32. */
static void write_flat(const struct format *format, const struct sink_info *info, uint32_t pixel)
{
    static uint32_t pixels[WIDTH * HEIGHT];
    struct error err = { 0 };
    struct sink sink;
    struct image image = { .width = info->width_px,
                           .height = info->height_px,
                           .stride = 4 * WIDTH,
                           .pixels = (unsigned char *)pixels };
    for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
        pixels[i] = pixel;
    }
    ck_assert_msg(sink_open(&sink, format, in_folder("film"), info, &err)
                      && sink_frame(&sink, &image, &err) && sink_complete(&sink, &err)
                      && sink_commit(&sink, &err), "%s", err.text);
}

/* Porter and Duff's "over", by hand. */
START_TEST(transparent_pictures_lie_on_the_matte)
{
    static const struct {
        uint32_t pixel;
        unsigned matte, flat;
    } cases[] = { { 0x00000000, 0x14161a, 0x14161a }, { 0x80800000, 0xffffff, 0xff7f7f },
                  { 0x80808080, 0x000000, 0x808080 }, { 0xff1f77b4, 0xffffff, 0x1f77b4 },
                  { 0x33331a00, 0x0064c8, 0x336aa0 } };
    EACH_FILM(format) {
        for (size_t i = 0; format->opaque && i < sizeof cases / sizeof *cases; i++) {
            struct sink_info info = usual;
            struct reader reader;
            info.width_px = WIDTH - (int)i % 2;
            info.transparent = true;
            info.matte = cases[i].matte;
            write_flat(format, &info, cases[i].pixel);
            reader_open(&reader);
            ck_assert(reader_next(&reader));
            const AVFrame *frame = reader.frame;
            check_pixel(&reader, 5, 5, cases[i].flat);
            check_pixel(&reader, frame->width - 1, frame->height - 1, cases[i].flat);
            reader_close(&reader);
        }
    }
}
END_TEST

/* Frame after frame, plane after plane, row after row, without what pads them. */
START_TEST(decoded_films_are_hashed)
{
    EACH_FILM(format) {
        struct error err = { 0 };
        struct hash expected, found;
        struct reader reader;
        write_film(format, &usual, COLORS, 0x123456);
        hash_init(&expected);
        reader_open(&reader);
        while (reader_next(&reader)) {
            const AVFrame *frame = reader.frame;
            ck_assert_int_eq(frame->format, AV_PIX_FMT_YUV420P);
            for (int plane = 0; plane < 3; plane++) {
                int half = plane > 0;
                for (int y = 0; y < frame->height >> half; y++) {
                    hash_add(&expected, frame->data[plane] + y * frame->linesize[plane],
                             (size_t)(frame->width >> half));
                }
            }
        }
        reader_close(&reader);
        hash_init(&found);
        ck_assert_msg(format->decode(in_folder("film"), &found, &err), "%s", err.text);
        struct digest first = hash_end(&expected), second = hash_end(&found);
        ck_assert_str_eq(first.text, second.text);
    }
}
END_TEST

/* What x264 may use of a processor; names of higher levels contain lower ones. */
static const struct {
    const char *name;
    int needs;
} levels[] = {
    { "0", 0 },
#if defined __x86_64__ || defined __i386__
    { "MMX2", AV_CPU_FLAG_MMXEXT }, { "SSE2", AV_CPU_FLAG_SSE2 }, { "SSSE3", AV_CPU_FLAG_SSSE3 },
    { "SSE4.2", AV_CPU_FLAG_SSE42 }, { "AVX", AV_CPU_FLAG_AVX }, { "AVX2", AV_CPU_FLAG_AVX2 },
#endif
};
enum { LEVELS = sizeof levels / sizeof *levels };

static const char *level;      /* x264's, or NULL: what the processor has */
static char capabilities[200]; /* what it says that it uses */

static int open_at_level(AVCodecContext *codec, const AVCodec *kind, AVDictionary **options)
{
    const AVDictionaryEntry *params = av_dict_get(*options, "x264-params", NULL, 0);
    if (level && params) {
        char text[1000];
        snprintf(text, sizeof text, "%s:asm=%s", params->value, level);
        av_dict_set(options, "x264-params", text, 0);
    }
    return avcodec_open2(codec, kind, options);
}

__attribute__((format(printf, 3, 0)))
static void note_capabilities(void *context, int severity, const char *format, va_list arguments)
{
    char text[sizeof capabilities];
    (void)context, (void)severity;
    vsnprintf(text, sizeof text, format, arguments);
    if (strstr(text, "capabilities")) {
        strcpy(capabilities, text);
    }
}

/* Shapes that move and change by parts of a pixel, on a ground that is nearly even. */
static void paint_waves(const struct image *image, int time)
{
    for (int y = 0; y < image->height; y++) {
        uint32_t *row = (uint32_t *)(void *)(image->pixels + (size_t)y * (size_t)image->stride);
        for (int x = 0; x < image->width; x++) {
            int u = x - 9 * time - image->width / 3, v = y + 5 * time - image->height / 2;
            unsigned wave = (unsigned)(u * u + 3 * v * v + u * v / 2) >> 7;
            bool is_edge = (unsigned)(x * 3 + y * (7 + time)) % 97 < 5;
            row[x] = 0xff000000 | (is_edge ? 0x1f77b4 : wave % 256 * 0x10101 ^ (wave & 0x30) << 9);
        }
    }
}

static char *write_waves(const struct format *format, int width, int height, size_t *size)
{
    struct error err = { 0 };
    struct sink sink;
    struct sink_info info = usual;
    struct image image = { .width = width, .height = height, .stride = 4 * width };
    image.pixels = memory_new((size_t)image.stride, (size_t)height);
    info.width_px = width;
    info.height_px = height;
    info.frames = 5;
    ck_assert_msg(sink_open(&sink, format, in_folder("film"), &info, &err), "%s", err.text);
    for (int i = 0; i < info.frames; i++) {
        paint_waves(&image, i);
        ck_assert_msg(sink_frame(&sink, &image, &err), "%s", err.text);
    }
    ck_assert_msg(sink_complete(&sink, &err) && sink_commit(&sink, &err), "%s", err.text);
    free(image.pixels);
    return file_read(in_folder("film"), size);
}

/* Small films and large ones have other settings. libvpx looks at the processor once in a
 * process: tests/same-bytes.sh tells it what to use. */
START_TEST(films_do_not_depend_on_the_processor)
{
    struct error err = { 0 };
    struct ffmpeg *av = (struct ffmpeg *)ffmpeg_load(&err);
    int flags = av_get_cpu_flags();
    int width = _i ? 1280 : 321, height = _i ? 800 : 203;
    av->avcodec_open2 = open_at_level;
    av_log_set_callback(note_capabilities);
    EACH_FILM(format) {
        size_t size, other_size;
        if (!strcmp(format->name, "webm")) {
            continue;
        }
        level = NULL;
        av_force_cpu_flags(-1);
        char *film = write_waves(format, width, height, &size), all[sizeof capabilities];
        strcpy(all, capabilities);
        for (size_t i = 0; i < LEVELS && (flags & levels[i].needs) == levels[i].needs; i++) {
            level = levels[i].name;
            av_force_cpu_flags(levels[i].needs); /* swscale's */
            char *other = write_waves(format, width, height, &other_size);
            ck_assert_msg(size == other_size && !memcmp(film, other, size),
                          "%s at level %s is another one; else %s", format->name, level, all);
            ck_assert_msg(strcmp(format->name, "mp4") || i || strstr(capabilities, "none"), "%s",
                          capabilities);
            free(other);
        }
        free(film);
    }
    level = NULL;
    av->avcodec_open2 = avcodec_open2;
    av_force_cpu_flags(-1);
    av_log_set_callback(av_log_default_callback);
}
END_TEST

START_TEST(what_ffmpeg_lacks_is_named)
{
    static const struct {
        struct container container;
        const char *cause;
    } wrong[] = {
        { { "x", "mp4", "libnothing", "", "", "", "" }, "lack the encoder libnothing" },
        { { "x", "mp4", "libx264", "", "nonsense=1", "", "" }, "nonsense=1" },
        { { "x", "mp4", "libx264", "nonsense=2", "", "", "" }, "nonsense=2" },
        { { "x", "mp4", "libx264", "", "", "nonsense=3", "" }, "nonsense=3" },
        { { "x", "nothing", "libx264", "", "", "", "" }, "nothing" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = { 0 };
        ck_assert_ptr_null(encoder_create(&wrong[i].container, &usual, in_folder("film"), &err));
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_msg(strstr(err.text, wrong[i].cause), "%s", err.text);
    }
}
END_TEST

/* A film that loses frames between encoding and the disk must not be kept. */
START_TEST(a_damaged_film_is_noticed)
{
    EACH_FILM(format) {
        struct error err = { 0 };
        struct sink sink;
        ck_assert(sink_open(&sink, format, in_folder("film"), &usual, &err));
        ck_assert(fill(&sink, &err));
        ck_assert_int_eq(unlink(sink.file.temporary), 0);
        ck_assert(!sink_complete(&sink, &err));
        sink_discard(&sink);
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_int_eq(entries(), 0);
    }
}
END_TEST

/* A page is read back through the film in it. */
START_TEST(pages_without_a_film_are_told)
{
    const struct format *html = format_by_name("html");
    struct error err = { 0 };
    struct hash hash;
    hash_init(&hash);
    ck_assert(!html->decode(in_folder("none.html"), &hash, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "none.html: cannot read it"));
    FILE *page = fopen(in_folder("page.html"), "w");
    fputs("<!DOCTYPE html><video src=\"film.mp4\"></video>", page);
    fclose(page);
    err = (struct error){ 0 };
    ck_assert(!html->decode(in_folder("page.html"), &hash, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "page.html: cannot take the film out of it"));
    ck_assert_int_eq(entries(), 1); /* nothing is left of the attempt */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("film");
    TCase *cases = tcase_create("film");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, frames_come_at_the_stated_times, 0, CLOCKS);
    tcase_add_test(cases, films_play_everywhere);
    tcase_add_test(cases, an_mp4_starts_before_it_is_loaded);
    tcase_add_test(cases, colours_are_converted_by_the_standard);
    tcase_add_test(cases, pictures_stay_in_their_place);
    tcase_add_test(cases, transparent_pictures_lie_on_the_matte);
    tcase_add_test(cases, decoded_films_are_hashed);
    tcase_add_loop_test(cases, films_do_not_depend_on_the_processor, 0, 2);
    tcase_add_test(cases, what_ffmpeg_lacks_is_named);
    tcase_add_test(cases, a_damaged_film_is_noticed);
    tcase_add_test(cases, pages_without_a_film_are_told);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
