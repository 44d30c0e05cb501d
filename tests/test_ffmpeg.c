/* The write stage: each function of FFmpeg that may fail does so in turn. Films are then
 * refused with its cause, and nothing is left.
 *
 * The program calls FFmpeg through a table (write/ffmpeg.h), whose entries are replaced. */
#include "outputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "write/codec_version.h"
#include "write/decoder.h"
#include "write/encoder.h"
#include "write/ffmpeg.h"

static struct ffmpeg real;

/* The program's table, which is constant for everybody else. */
static struct ffmpeg *table(void)
{
    struct error err = { 0 };
    struct ffmpeg *found = (struct ffmpeg *)(uintptr_t)ffmpeg_load(&err);
    ck_assert_msg(found != NULL, "%s", err.text);
    return found;
}

/* Functions that fail with EIO, or for want of memory when what they return is a pointer. */
#define BAD_1(type, name, A) \
    static type bad_##name(A a) { (void)a; return (type)BAD; }
#define BAD_2(type, name, A, B) \
    static type bad_##name(A a, B b) { (void)a; (void)b; return (type)BAD; }
#define BAD_3(type, name, A, B, C) \
    static type bad_##name(A a, B b, C c) { (void)a; (void)b; (void)c; return (type)BAD; }
#define BAD_4(type, name, A, B, C, D) \
    static type bad_##name(A a, B b, C c, D d) \
    { (void)a; (void)b; (void)c; (void)d; return (type)BAD; }

#define BAD NULL
BAD_1(const AVCodec *, avcodec_find_decoder, enum AVCodecID)
BAD_1(const AVCodec *, avcodec_find_encoder_by_name, const char *)
BAD_1(AVCodecContext *, avcodec_alloc_context3, const AVCodec *)
BAD_2(AVStream *, avformat_new_stream, AVFormatContext *, const AVCodec *)
static AVPacket *bad_av_packet_alloc(void) { return NULL; }
static AVFrame *bad_av_frame_alloc(void) { return NULL; }
static struct SwsContext *bad_sws_alloc_context(void) { return NULL; }
#undef BAD

#define BAD AVERROR(EIO)
BAD_2(int, av_frame_get_buffer, AVFrame *, int)
BAD_1(int, av_frame_make_writable, AVFrame *)
BAD_4(int, av_image_get_buffer_size, enum AVPixelFormat, int, int, int)
BAD_4(int, av_opt_set_int, void *, const char *, int64_t, int)
BAD_3(int, avcodec_open2, AVCodecContext *, const AVCodec *, AVDictionary **)
BAD_2(int, avcodec_parameters_from_context, AVCodecParameters *, const AVCodecContext *)
BAD_2(int, avcodec_parameters_to_context, AVCodecContext *, const AVCodecParameters *)
BAD_2(int, avcodec_receive_frame, AVCodecContext *, AVFrame *)
BAD_2(int, avcodec_receive_packet, AVCodecContext *, AVPacket *)
BAD_2(int, avcodec_send_frame, AVCodecContext *, const AVFrame *)
BAD_2(int, avcodec_send_packet, AVCodecContext *, const AVPacket *)
BAD_2(int, av_interleaved_write_frame, AVFormatContext *, AVPacket *)
BAD_2(int, av_read_frame, AVFormatContext *, AVPacket *)
BAD_1(int, av_write_trailer, AVFormatContext *)
BAD_4(int, avformat_alloc_output_context2, AVFormatContext **, const AVOutputFormat *,
      const char *, const char *)
BAD_4(int, avformat_open_input, AVFormatContext **, const char *, const AVInputFormat *,
      AVDictionary **)
BAD_2(int, avformat_write_header, AVFormatContext *, AVDictionary **)
BAD_3(int, sws_init_context, struct SwsContext *, SwsFilter *, SwsFilter *)

static int bad_av_dict_parse_string(AVDictionary **options, const char *text, const char *to,
                                    const char *between, int flags)
{
    (void)options, (void)text, (void)to, (void)between, (void)flags;
    return AVERROR(EIO);
}

static int bad_av_image_copy_to_buffer(uint8_t *bytes, int size, const uint8_t *const planes[4],
                                       const int strides[4], enum AVPixelFormat format, int width,
                                       int height, int align)
{
    (void)bytes, (void)size, (void)planes, (void)strides, (void)format, (void)width;
    (void)height, (void)align;
    return AVERROR(EIO);
}

static int bad_sws_scale(struct SwsContext *scaler, const uint8_t *const from[],
                         const int from_strides[], int top, int rows, uint8_t *const to[],
                         const int to_strides[])
{
    (void)scaler, (void)from, (void)from_strides, (void)top, (void)rows, (void)to;
    (void)to_strides;
    return AVERROR(EIO);
}
#undef BAD

/* Fails for the second one, when the first has to be freed. */
static AVFrame *second_av_frame_alloc(void)
{
    static bool was_called;
    was_called = !was_called;
    return was_called ? real.av_frame_alloc() : NULL;
}

/* An option that nothing took. */
static AVDictionaryEntry *left_av_dict_get(const AVDictionary *options, const char *key,
                                           const AVDictionaryEntry *before, int flags)
{
    static char name[] = "speed", value[] = "odd";
    static AVDictionaryEntry left = { name, value };
    (void)options, (void)key, (void)before, (void)flags;
    return &left;
}

/* A film that holds nothing, and one of another size. */
static int empty_av_read_frame(AVFormatContext *film, AVPacket *packet)
{
    (void)film, (void)packet;
    return AVERROR_EOF;
}

static int other_avformat_open_input(AVFormatContext **film, const char *url,
                                     const AVInputFormat *format, AVDictionary **options)
{
    int code = real.avformat_open_input(film, url, format, options);
    (*film)->streams[0]->codecpar->height++;
    return code;
}

/* One row less than there are. */
static int short_sws_scale(struct SwsContext *scaler, const uint8_t *const from[],
                           const int from_strides[], int top, int rows, uint8_t *const to[],
                           const int to_strides[])
{
    return real.sws_scale(scaler, from, from_strides, top, rows, to, to_strides) - 1;
}

typedef void function(void);

/* Which function is replaced by which, and what is said then. */
struct row {
    size_t offset;
    function *replacement;
    const char *message;
};
#define ROW(how, name, message) { offsetof(struct ffmpeg, name), (function *)how##_##name, message }

static const struct row encoding[] = {
    ROW(bad, avformat_alloc_output_context2, "mp4: Input/output error"),
    ROW(bad, av_dict_parse_string, ": Input/output error"),
    ROW(bad, avcodec_alloc_context3, "libx264: Cannot allocate memory"),
    ROW(bad, avcodec_open2, "libx264: Input/output error"),
    ROW(left, av_dict_get, "FFmpeg does not know the option speed=odd"),
    ROW(bad, sws_alloc_context, "swscale: Cannot allocate memory"),
    ROW(bad, av_opt_set_int, "swscale: Input/output error"),
    ROW(bad, sws_init_context, "swscale: Input/output error"),
    ROW(bad, av_packet_alloc, "packet: Cannot allocate memory"),
    ROW(bad, av_frame_alloc, "frame: Cannot allocate memory"),
    ROW(second, av_frame_alloc, "frame: Cannot allocate memory"),
    ROW(bad, av_frame_get_buffer, "frame: Input/output error"),
    ROW(bad, avformat_new_stream, "stream: Cannot allocate memory"),
    ROW(bad, avcodec_parameters_from_context, "stream: Input/output error"),
    ROW(bad, avformat_write_header, "cannot write: Input/output error"),
    ROW(bad, av_frame_make_writable, "frame: Input/output error"),
    ROW(bad, sws_scale, "swscale: Input/output error"),
    ROW(short, sws_scale, "swscale: Internal bug, should not have happened"),
    ROW(bad, avcodec_send_frame, "cannot encode: Input/output error"),
    ROW(bad, avcodec_receive_packet, "cannot encode: Input/output error"),
    ROW(bad, av_interleaved_write_frame, "cannot write: Input/output error"),
    ROW(bad, av_write_trailer, "cannot write: Input/output error"),
    ROW(bad, avformat_open_input, "cannot read the film back: Input/output error"),
    ROW(bad, av_read_frame, "cannot read the film back: Input/output error"),
    ROW(other, avformat_open_input, "the film is damaged: no picture of the right size"),
    ROW(empty, av_read_frame, "the film is damaged: it has 0 frames of 5"),
};

static const struct row decoding[] = {
    ROW(bad, avformat_open_input, "cannot decode the film: Input/output error"),
    ROW(bad, avcodec_find_decoder, "cannot decode the film: Decoder not found"),
    ROW(bad, avcodec_alloc_context3, "cannot decode the film: Cannot allocate memory"),
    ROW(bad, av_packet_alloc, "cannot decode the film: Cannot allocate memory"),
    ROW(bad, av_frame_alloc, "cannot decode the film: Cannot allocate memory"),
    ROW(bad, avcodec_parameters_to_context, "cannot decode the film: Input/output error"),
    ROW(bad, avcodec_open2, "cannot decode the film: Input/output error"),
    ROW(bad, av_read_frame, "cannot decode the film: Input/output error"),
    ROW(bad, avcodec_send_packet, "cannot decode the film: Input/output error"),
    ROW(bad, avcodec_receive_frame, "cannot decode the film: Input/output error"),
    ROW(bad, av_image_get_buffer_size, "cannot decode the film: Input/output error"),
    ROW(bad, av_image_copy_to_buffer, "cannot decode the film: Input/output error"),
};

/* What a picture is encoded with, to find the encoder's version in it. */
static const struct row asking[] = {
    ROW(bad, avcodec_find_encoder_by_name, NULL),
    ROW(bad, avcodec_alloc_context3, NULL),
    ROW(bad, av_frame_alloc, NULL),
    ROW(bad, av_packet_alloc, NULL),
    ROW(bad, avcodec_open2, NULL),
    ROW(bad, av_frame_get_buffer, NULL),
    ROW(bad, avcodec_send_frame, NULL),
    ROW(bad, avcodec_receive_packet, NULL),
};

static void replace(const struct row *row)
{
    real = *table();
    memcpy((char *)table() + row->offset, &row->replacement, sizeof row->replacement);
}

static void restore(void)
{
    *table() = real;
}

static void check_ending(const char *text, const char *ending)
{
    size_t length = strlen(text), least = strlen(ending);
    ck_assert_msg(length >= least && !strcmp(text + length - least, ending),
                  "'%s' does not end with '%s'", text, ending);
}

/* In the caller's thread and in one of its own, where trouble is told by a later call. */
START_TEST(a_film_that_ffmpeg_refuses_is_told)
{
    const struct row *row = &encoding[_i / 2];
    const char *path = in_folder("film.mp4");
    struct error err = { 0 };
    put(path, "older");
    encoder_use_threads(1 + _i % 2);
    replace(row);
    ck_assert_msg(!write_file(format_by_name("mp4"), path, &err), "%s", row->message);
    restore();
    ck_assert_int_eq(err.kind, ERROR_RENDER);
    ck_assert_msg(!strncmp(err.text, path, strlen(path)), "%s", err.text);
    check_ending(err.text, row->message);
    ck_assert(holds(path, "older"));
    ck_assert_int_eq(entries(), 1);
    ck_assert_msg(write_file(format_by_name("mp4"), path, &err), "%s", err.text);
    encoder_use_threads(1);
}
END_TEST

START_TEST(a_film_that_cannot_be_decoded_is_told)
{
    const struct row *row = &decoding[_i];
    const char *path = in_folder("film.mp4");
    struct error err = { 0 };
    struct hash hash;
    ck_assert_msg(write_file(format_by_name("mp4"), path, &err), "%s", err.text);
    hash_init(&hash);
    replace(row);
    ck_assert_msg(!decoder_hash(path, &hash, &err), "%s", row->message);
    restore();
    ck_assert_int_eq(err.kind, ERROR_RENDER);
    ck_assert_str_eq(err.text, row->message);
    ck_assert_msg(decoder_hash(path, &hash, &err), "%s", err.text);
}
END_TEST

START_TEST(a_version_that_cannot_be_asked_is_not_made_up)
{
    char text[64] = "";
    replace(&asking[_i]);
    ck_assert(!codec_version(text, sizeof text));
    restore();
    ck_assert(codec_version(text, sizeof text));
    ck_assert_int_gt(atoi(text), 100); /* x264's build */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ffmpeg");
    TCase *cases = tcase_create("failures");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_loop_test(cases, a_film_that_ffmpeg_refuses_is_told, 0,
                        2 * sizeof encoding / sizeof *encoding);
    tcase_add_loop_test(cases, a_film_that_cannot_be_decoded_is_told, 0,
                        sizeof decoding / sizeof *decoding);
    tcase_add_loop_test(cases, a_version_that_cannot_be_asked_is_not_made_up, 0,
                        sizeof asking / sizeof *asking);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
