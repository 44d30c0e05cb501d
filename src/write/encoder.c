#include "write/encoder.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>

#include "base/memory.h"

struct encoder {
    struct sink_info info;
    char *url;                 /* of the file, as FFmpeg wants it */
    AVFormatContext *file;
    AVCodecContext *codec;
    AVStream *stream;
    struct SwsContext *scaler; /* from cairo's pixels to the codec's */
    AVFrame *frame;
    AVPacket *packet;
    uint32_t *prepared;        /* the picture made even and opaque; NULL: it is */
    int64_t frames;            /* so far */
};

static pthread_once_t silenced = PTHREAD_ONCE_INIT;

/* What FFmpeg and x264 would print is in err. */
static void silence(void)
{
    av_log_set_level(AV_LOG_QUIET);
}

static bool fail(struct error *err, const char *what, int code)
{
    return error_set(err, ERROR_RENDER, "%s: %s", what, av_err2str(code));
}

static AVRational tick_time(const struct clock *clock)
{
    return av_make_q(1, (int)clock->ticks_per_second);
}

static AVRational frame_time(const struct clock *clock)
{
    return av_make_q((int)clock->frame_ticks, (int)clock->ticks_per_second);
}

static int even(int size)
{
    return size + (size & 1);
}

static bool parse_options(AVDictionary **options, const char *text, struct error *err)
{
    int code = av_dict_parse_string(options, text, "=", ",", 0);
    return code >= 0 || fail(err, text, code);
}

/* Every option must have been taken; a codec that lacks one would make other
 * bytes than all others. */
static bool all_taken(AVDictionary **options, struct error *err)
{
    const AVDictionaryEntry *left = av_dict_get(*options, "", NULL, AV_DICT_IGNORE_SUFFIX);
    bool good = !left || error_set(err, ERROR_RENDER, "FFmpeg does not know the option %s=%s",
                                   left->key, left->value);
    av_dict_free(options);
    return good;
}

static const AVCodec *find_codec(const char *name, struct error *err)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(name);
    if (!codec) {
        error_set(err, ERROR_RENDER, "FFmpeg's libraries here lack the encoder %s; install "
                  "a build with %s (stills and data work without it)", name, name);
    }
    return codec;
}

static bool open_codec(struct encoder *encoder, const struct container *container,
                       struct error *err)
{
    const AVCodec *found = find_codec(container->codec, err);
    AVDictionary *options = NULL;
    if (!found || !parse_options(&options, container->codec_options, err)) {
        return false;
    }
    AVCodecContext *codec = encoder->codec = avcodec_alloc_context3(found);
    if (!codec) {
        av_dict_free(&options);
        return fail(err, container->codec, AVERROR(ENOMEM));
    }
    codec->width = even(encoder->info.width_px);
    codec->height = even(encoder->info.height_px);
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->time_base = frame_time(&encoder->info.clock);
    codec->framerate = av_inv_q(codec->time_base);
    codec->sample_aspect_ratio = av_make_q(1, 1);
    codec->color_range = AVCOL_RANGE_MPEG;
    codec->color_primaries = AVCOL_PRI_BT709;
    codec->color_trc = AVCOL_TRC_BT709;
    codec->colorspace = AVCOL_SPC_BT709;
    codec->chroma_sample_location = AVCHROMA_LOC_LEFT;
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (encoder->file->oformat->flags & AVFMT_GLOBALHEADER) {
        codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    int code = avcodec_open2(codec, found, &options);
    if (code < 0) {
        av_dict_free(&options);
        return fail(err, container->codec, code);
    }
    return all_taken(&options, err);
}

/* The stream counts ticks, so that the first and last frame can be held for any
 * number of them. */
static bool add_stream(struct encoder *encoder, struct error *err)
{
    AVStream *stream = encoder->stream = avformat_new_stream(encoder->file, NULL);
    if (!stream) {
        return fail(err, "stream", AVERROR(ENOMEM));
    }
    int code = avcodec_parameters_from_context(stream->codecpar, encoder->codec);
    stream->time_base = tick_time(&encoder->info.clock);
    stream->avg_frame_rate = encoder->codec->framerate;
    return code >= 0 || fail(err, "stream", code);
}

static bool write_header(struct encoder *encoder, const struct container *container,
                         struct error *err)
{
    AVFormatContext *file = encoder->file;
    AVDictionary *options = NULL;
    file->flags |= AVFMT_FLAG_BITEXACT;
    av_dict_set(&file->metadata, "title", encoder->info.title, 0);
    int code = avio_open(&file->pb, encoder->url, AVIO_FLAG_WRITE);
    if (code < 0) {
        return fail(err, "cannot write", code);
    }
    if (!parse_options(&options, container->muxer_options, err)) {
        return false;
    }
    code = avformat_write_header(file, &options);
    if (code < 0) {
        av_dict_free(&options);
        return fail(err, "cannot write", code);
    }
    return all_taken(&options, err);
}

/* The conversion does not scale. A chroma sample sits at the left of its two
 * columns, as players assume, and averages all the pixels around it. */
static bool make_scaler(struct encoder *encoder, struct error *err)
{
    const AVCodecContext *codec = encoder->codec;
    const struct {
        const char *name;
        int64_t value;
    } options[] = {
        { "srcw", codec->width }, { "srch", codec->height },
        { "dstw", codec->width }, { "dsth", codec->height },
        { "src_format", AV_PIX_FMT_0RGB32 }, { "dst_format", codec->pix_fmt },
        { "dst_h_chr_pos", 0 }, { "dst_v_chr_pos", 128 },
        { "sws_flags", SWS_AREA | SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND | SWS_BITEXACT },
    };
    const int *bt709 = sws_getCoefficients(SWS_CS_ITU709);
    struct SwsContext *scaler = encoder->scaler = sws_alloc_context();
    int code = scaler ? 0 : AVERROR(ENOMEM);
    for (size_t i = 0; code >= 0 && i < sizeof options / sizeof *options; i++) {
        code = av_opt_set_int(scaler, options[i].name, options[i].value, 0);
    }
    if (code >= 0) {
        sws_setColorspaceDetails(scaler, bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
        code = sws_init_context(scaler, NULL, NULL);
    }
    return code >= 0 || fail(err, "swscale", code);
}

static bool make_frame(struct encoder *encoder, struct error *err)
{
    const AVCodecContext *codec = encoder->codec;
    const struct sink_info *info = &encoder->info;
    AVFrame *frame = encoder->frame = av_frame_alloc();
    encoder->packet = av_packet_alloc();
    if (!frame || !encoder->packet) {
        return fail(err, "frame", AVERROR(ENOMEM));
    }
    frame->format = codec->pix_fmt;
    frame->width = codec->width;
    frame->height = codec->height;
    bool is_even = codec->width == info->width_px && codec->height == info->height_px;
    if (!is_even || info->transparent) {
        encoder->prepared = memory_new((size_t)codec->width * (size_t)codec->height, 4);
    }
    int code = av_frame_get_buffer(frame, 0);
    return code >= 0 || fail(err, "frame", code);
}

static bool open_file(struct encoder *encoder, const struct container *container,
                      const char *path, struct error *err)
{
    size_t size = strlen(path) + sizeof "file:";
    encoder->url = memory_new(size, 1);
    snprintf(encoder->url, size, "file:%s", path);
    int code = avformat_alloc_output_context2(&encoder->file, NULL, container->muxer,
                                              encoder->url);
    return code >= 0 || fail(err, container->muxer, code);
}

struct encoder *encoder_create(const struct container *container, const struct sink_info *info,
                               const char *path, struct error *err)
{
    struct encoder *encoder = memory_new(1, sizeof *encoder);
    encoder->info = *info;
    pthread_once(&silenced, silence);
    if (!open_file(encoder, container, path, err) || !open_codec(encoder, container, err)
        || !make_scaler(encoder, err) || !make_frame(encoder, err) || !add_stream(encoder, err)
        || !write_header(encoder, container, err)) {
        encoder_destroy(encoder);
        return NULL;
    }
    return encoder;
}

/* Lays premultiplied pixels on the matte. */
static void flatten_row(uint32_t *to, const uint32_t *from, int width, uint32_t matte)
{
    for (int x = 0; x < width; x++) {
        uint32_t gap = 255 - (from[x] >> 24), pixel = from[x];
        for (int shift = 0; gap && shift < 24; shift += 8) {
            pixel += ((matte >> shift & 255) * gap + 127) / 255 << shift;
        }
        to[x] = pixel;
    }
}

/* Copies the picture with its last column and row repeated. */
static void prepare(struct encoder *encoder, const struct image *image)
{
    const struct sink_info *info = &encoder->info;
    const int width = encoder->codec->width;
    for (int y = 0; y < encoder->codec->height; y++) {
        int at = y < image->height ? y : image->height - 1;
        const unsigned char *bytes = image->pixels + (size_t)at * (size_t)image->stride;
        const uint32_t *source = (const void *)bytes;
        uint32_t *row = encoder->prepared + (size_t)y * (size_t)width;
        if (info->transparent) {
            flatten_row(row, source, image->width, info->matte);
        } else {
            memcpy(row, source, 4 * (size_t)image->width);
        }
        row[width - 1] = row[image->width - 1];
    }
}

static bool convert(struct encoder *encoder, const struct image *image, struct error *err)
{
    AVFrame *frame = encoder->frame;
    const uint8_t *pixels = image->pixels;
    int stride = image->stride;
    int code = av_frame_make_writable(frame);
    if (code < 0) {
        return fail(err, "frame", code);
    }
    if (encoder->prepared) {
        prepare(encoder, image);
        pixels = (const uint8_t *)encoder->prepared;
        stride = 4 * frame->width;
    }
    code = sws_scale(encoder->scaler, &pixels, &stride, 0, frame->height, frame->data,
                     frame->linesize);
    return code == frame->height || fail(err, "swscale", code < 0 ? code : AVERROR_BUG);
}

/* The codec numbers frames; the first and last may be held. */
static void time_packet(const struct encoder *encoder, AVPacket *packet, bool flushing)
{
    const struct clock *clock = &encoder->info.clock;
    bool is_first = packet->pts == 0;
    bool is_last = flushing && packet->pts == encoder->frames - 1;
    av_packet_rescale_ts(packet, encoder->codec->time_base, tick_time(clock));
    packet->duration = clock->frame_ticks;
    if (is_first) {
        packet->duration += clock->hold_start_ticks;
    } else {
        packet->pts += clock->hold_start_ticks;
        packet->dts += clock->hold_start_ticks;
    }
    if (is_last) {
        packet->duration += clock->hold_end_ticks;
    }
    av_packet_rescale_ts(packet, tick_time(clock), encoder->stream->time_base);
}

/* Writes the packets that the codec has ready. */
static bool drain(struct encoder *encoder, bool last, struct error *err)
{
    AVPacket *packet = encoder->packet;
    for (;;) {
        int code = avcodec_receive_packet(encoder->codec, packet);
        if (code == AVERROR_EOF || (code == AVERROR(EAGAIN) && !last)) {
            return true;
        }
        if (code < 0) {
            return fail(err, "cannot encode", code);
        }
        time_packet(encoder, packet, last);
        code = av_interleaved_write_frame(encoder->file, packet);
        if (code < 0) {
            return fail(err, "cannot write", code);
        }
    }
}

static bool send_frame(struct encoder *encoder, const AVFrame *frame, struct error *err)
{
    int code = avcodec_send_frame(encoder->codec, frame);
    return (code >= 0 || fail(err, "cannot encode", code)) && drain(encoder, !frame, err);
}

bool encoder_frame(struct encoder *encoder, const struct image *image, struct error *err)
{
    if (!convert(encoder, image, err)) {
        return false;
    }
    encoder->frame->pts = encoder->frames++;
    return send_frame(encoder, encoder->frame, err);
}

static bool write_trailer(struct encoder *encoder, struct error *err)
{
    int code = av_write_trailer(encoder->file);
    int closed = avio_closep(&encoder->file->pb);
    code = code < 0 ? code : closed;
    return code >= 0 || fail(err, "cannot write", code);
}

/* Counts the frames of an open film and compares its size. */
static bool check_film(const struct encoder *encoder, AVFormatContext *film, struct error *err)
{
    const AVCodecParameters *found = film->nb_streams == 1 ? film->streams[0]->codecpar : NULL;
    if (!found || found->width != encoder->codec->width
        || found->height != encoder->codec->height) {
        return error_set(err, ERROR_RENDER, "the film is damaged: no picture of the right size");
    }
    int64_t frames = 0;
    int code;
    while ((code = av_read_frame(film, encoder->packet)) >= 0) {
        frames++;
        av_packet_unref(encoder->packet);
    }
    if (code != AVERROR_EOF) {
        return fail(err, "cannot read the film back", code);
    }
    return frames == encoder->frames
        || error_set(err, ERROR_RENDER, "the film is damaged: it has %lld frames of %lld",
                     (long long)frames, (long long)encoder->frames);
}

static bool read_back(const struct encoder *encoder, struct error *err)
{
    AVFormatContext *film = NULL;
    int code = avformat_open_input(&film, encoder->url, NULL, NULL);
    if (code < 0) {
        return fail(err, "cannot read the film back", code);
    }
    bool good = check_film(encoder, film, err);
    avformat_close_input(&film);
    return good;
}

bool encoder_finish(struct encoder *encoder, struct error *err)
{
    return send_frame(encoder, NULL, err) && write_trailer(encoder, err)
        && read_back(encoder, err);
}

void encoder_destroy(struct encoder *encoder)
{
    if (!encoder) {
        return;
    }
    if (encoder->file) {
        avio_closep(&encoder->file->pb);
    }
    avformat_free_context(encoder->file);
    avcodec_free_context(&encoder->codec);
    sws_freeContext(encoder->scaler);
    av_frame_free(&encoder->frame);
    av_packet_free(&encoder->packet);
    free(encoder->prepared);
    free(encoder->url);
    free(encoder);
}
