#include "write/encoder.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/elementary.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/timings.h"
#include "write/convert.h"
#include "write/ffmpeg.h"
#include "write/temporary.h"

/* Frames are converted by the caller's thread and encoded by another, so that
 * one is encoded while the next is drawn. */
struct encoder {
    const struct ffmpeg *av;
    struct sink_info info;
    char *url;                 /* of the file, as FFmpeg wants it */
    AVFormatContext *file;
    int (*open_file)(AVFormatContext *, AVIOContext **, const char *, int, AVDictionary **);
    int (*close_file)(AVFormatContext *, AVIOContext *); /* FFmpeg's own */
    AVCodecContext *codec;
    AVStream *stream;
    struct converter *converter;
    AVFrame *next;             /* is being made */
    AVFrame *sent;             /* the one before, which the thread encodes meanwhile */
    AVPacket *packet;
    int64_t frames, packets;   /* so far */
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock;      /* of what follows; changed tells that it is another */
    pthread_cond_t changed;
    bool is_busy;              /* sent is being encoded, or about to be */
    bool is_ending;            /* no frame will follow */
    struct error trouble;      /* the thread's */
};

static bool fail(const struct encoder *encoder, struct error *err, const char *what, int code)
{
    return ffmpeg_fail(encoder->av, err, what, code);
}

static AVRational tick_time(const struct clock *clock)
{
    return av_make_q(1, (int)clock->ticks_per_second);
}

static AVRational frame_time(const struct clock *clock)
{
    return av_make_q((int)clock->frame_ticks, (int)clock->ticks_per_second);
}

/* The metadata that holds the record: muxers know few names. */
static const char RECORD_KEY[] = "comment";

/* From how many on a film is large. */
enum { LARGE_PIXELS = 1000 * 1000 };

static int even(int size)
{
    return size + (size & 1);
}

static bool parse_options(const struct encoder *encoder, AVDictionary **options,
                          const char *text, struct error *err)
{
    int code = encoder->av->av_dict_parse_string(options, text, "=", ",", 0);
    return code >= 0 || fail(encoder, err, text, code);
}

/* Every option must have been taken; a codec that lacks one would make other
 * bytes than all others. */
static bool all_taken(const struct encoder *encoder, AVDictionary **options, struct error *err)
{
    const AVDictionaryEntry *left = encoder->av->av_dict_get(*options, "", NULL,
                                                             AV_DICT_IGNORE_SUFFIX);
    bool good = !left || error_set(err, ERROR_RENDER, "FFmpeg does not know the option %s=%s",
                                   left->key, left->value);
    encoder->av->av_dict_free(options);
    return good;
}

static const AVCodec *find_codec(const struct encoder *encoder, const char *name,
                                 struct error *err)
{
    const AVCodec *codec = encoder->av->avcodec_find_encoder_by_name(name);
    if (!codec) {
        error_set(err, ERROR_RENDER, "FFmpeg's libraries here lack the encoder %s; install "
                  "a build with %s (stills and data work without it)", name, name);
    }
    return codec;
}

/* How much finer a key frame is quantized than others, as their steps' ratio: what
 * it draws stays on the screen, so it is worth more in a film of more frames. */
static double key_frame_ratio(int64_t frames)
{
    return fmin(fmax(1.3 * cr_cbrt((double)frames), 3.5), 4.5);
}

/* Small films are to be quick, large ones small. */
static bool is_large(const struct encoder *encoder)
{
    return (int64_t)encoder->info.width_px * encoder->info.height_px >= LARGE_PIXELS;
}

static bool codec_options(const struct encoder *encoder, const struct container *container,
                          AVDictionary **options, struct error *err)
{
    struct arena scratch = { 0 };
    const char *text = arena_printf(&scratch, "%s%s", container->codec_options,
                                    is_large(encoder) ? container->large_options
                                                      : container->small_options);
    bool good = parse_options(encoder, options, text, err);
    arena_finish(&scratch);
    return good;
}

static bool open_codec(struct encoder *encoder, const struct container *container,
                       struct error *err)
{
    const AVCodec *found = find_codec(encoder, container->codec, err);
    AVDictionary *options = NULL;
    if (!found || !codec_options(encoder, container, &options, err)) {
        return false;
    }
    AVCodecContext *codec = encoder->codec = encoder->av->avcodec_alloc_context3(found);
    if (!codec) {
        encoder->av->av_dict_free(&options);
        return fail(encoder, err, container->codec, AVERROR(ENOMEM));
    }
    codec->width = even(encoder->info.width_px);
    codec->height = even(encoder->info.height_px);
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    /* By the film, not by the machine, since each thread has a slice of its own:
     * a slice costs 2 % in size, and gains time where a frame takes long. */
    codec->thread_count = is_large(encoder) ? 2 : 1;
    codec->time_base = frame_time(&encoder->info.clock);
    codec->framerate = av_inv_q(codec->time_base);
    codec->sample_aspect_ratio = av_make_q(1, 1);
    codec->color_range = AVCOL_RANGE_MPEG;
    codec->color_primaries = AVCOL_PRI_BT709;
    codec->color_trc = AVCOL_TRC_BT709;
    codec->colorspace = AVCOL_SPC_BT709;
    codec->chroma_sample_location = AVCHROMA_LOC_LEFT;
    codec->i_quant_factor = (float)(1 / key_frame_ratio(encoder->info.frames));
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (encoder->file->oformat->flags & AVFMT_GLOBALHEADER) {
        codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    int code = encoder->av->avcodec_open2(codec, found, &options);
    if (code < 0) {
        encoder->av->av_dict_free(&options);
        return fail(encoder, err, container->codec, code);
    }
    return all_taken(encoder, &options, err);
}

/* The stream counts ticks, so that the first and last frame can be held for any
 * number of them. */
static bool add_stream(struct encoder *encoder, struct error *err)
{
    const struct clock *clock = &encoder->info.clock;
    AVStream *stream = encoder->stream = encoder->av->avformat_new_stream(encoder->file, NULL);
    if (!stream) {
        return fail(encoder, err, "stream", AVERROR(ENOMEM));
    }
    int code = encoder->av->avcodec_parameters_from_context(stream->codecpar, encoder->codec);
    bool has_holds = clock->hold_start_ticks > 0 || clock->hold_end_ticks > 0;
    stream->time_base = has_holds ? tick_time(clock) : frame_time(clock);
    stream->avg_frame_rate = encoder->codec->framerate;
    stream->sample_aspect_ratio = encoder->codec->sample_aspect_ratio;
    return code >= 0 || fail(encoder, err, "stream", code);
}

/* A signal is no failure unless it ends the program: the call is to be made again. */
static bool is_woken(int code)
{
    return code == AVERROR(EINTR) && !interrupt_signal;
}

/* The muxer opens its file a second time. */
static int open_file_again(AVFormatContext *file, AVIOContext **pb, const char *url, int flags,
                           AVDictionary **options)
{
    const struct encoder *encoder = file->opaque;
    int code;
    do {
        code = encoder->open_file(file, pb, url, flags, options);
    } while (is_woken(code));
    return code;
}

/* Linux has closed it all the same. */
static int close_file(AVFormatContext *file, AVIOContext *pb)
{
    const struct encoder *encoder = file->opaque;
    int code = encoder->close_file(file, pb);
    return is_woken(code) ? 0 : code;
}

static bool write_header(struct encoder *encoder, const struct container *container,
                         struct error *err)
{
    AVFormatContext *file = encoder->file;
    AVDictionary *options = NULL;
    file->flags |= AVFMT_FLAG_BITEXACT;
    encoder->av->av_dict_set(&file->metadata, "title", encoder->info.title, 0);
    encoder->av->av_dict_set(&file->metadata, "description", encoder->info.description, 0);
    encoder->av->av_dict_set(&file->metadata, RECORD_KEY, encoder->info.record, 0);
    sigset_t signals;
    temporary_begin_making(&signals); /* FFmpeg would make a file that was removed again */
    int code = file->io_open(file, &file->pb, encoder->url, AVIO_FLAG_WRITE, NULL);
    temporary_end_making(&signals);
    if (code < 0) {
        return fail(encoder, err, "cannot write", code);
    }
    if (!parse_options(encoder, &options, container->muxer_options, err)) {
        return false;
    }
    code = encoder->av->avformat_write_header(file, &options);
    if (code < 0) {
        encoder->av->av_dict_free(&options);
        return fail(encoder, err, "cannot write", code);
    }
    return all_taken(encoder, &options, err);
}

static AVFrame *make_frame(struct encoder *encoder, struct error *err)
{
    const AVCodecContext *codec = encoder->codec;
    AVFrame *frame = encoder->av->av_frame_alloc();
    int code = AVERROR(ENOMEM);
    if (frame) {
        frame->format = codec->pix_fmt;
        frame->width = codec->width;
        frame->height = codec->height;
        code = encoder->av->av_frame_get_buffer(frame, 0);
    }
    if (code < 0) {
        fail(encoder, err, "frame", code);
        encoder->av->av_frame_free(&frame);
    }
    return frame;
}

static bool make_frames(struct encoder *encoder, struct error *err)
{
    encoder->packet = encoder->av->av_packet_alloc();
    if (!encoder->packet) {
        return fail(encoder, err, "packet", AVERROR(ENOMEM));
    }
    return (encoder->next = make_frame(encoder, err))
        && (encoder->sent = make_frame(encoder, err));
}

static bool open_file(struct encoder *encoder, const struct container *container,
                      const char *path, struct error *err)
{
    encoder->url = ffmpeg_url(path);
    int code = encoder->av->avformat_alloc_output_context2(&encoder->file, NULL, container->muxer,
                                                           encoder->url);
    if (code < 0) {
        return fail(encoder, err, container->muxer, code);
    }
    encoder->open_file = encoder->file->io_open;
    encoder->close_file = encoder->file->io_close2;
    encoder->file->opaque = encoder;
    encoder->file->io_open = open_file_again;
    encoder->file->io_close2 = close_file;
    return true;
}

/* The codec numbers frames, which it may give out in another order than they
 * are shown in; the first and last may be held. A player takes how long a frame
 * is shown from the time of the next one, and of the last from the duration of
 * the packet that is shown last and of the one that comes last. */
static void time_packet(struct encoder *encoder, AVPacket *packet)
{
    const struct clock *clock = &encoder->info.clock;
    bool is_shown_last = packet->pts == encoder->info.frames - 1;
    bool is_last = ++encoder->packets == encoder->info.frames;
    bool is_first = packet->pts == 0;
    bool is_delayed = packet->dts > 0;
    encoder->av->av_packet_rescale_ts(packet, encoder->codec->time_base, tick_time(clock));
    packet->duration = clock->frame_ticks + (is_first ? clock->hold_start_ticks : 0)
                       + (is_last || is_shown_last ? clock->hold_end_ticks : 0);
    packet->pts += is_first ? 0 : clock->hold_start_ticks;
    packet->dts += is_delayed ? clock->hold_start_ticks : 0;
    encoder->av->av_packet_rescale_ts(packet, tick_time(clock), encoder->stream->time_base);
}

/* Writes the packets that the codec has ready. */
static bool drain(struct encoder *encoder, bool last, struct error *err)
{
    AVPacket *packet = encoder->packet;
    for (;;) {
        int code = encoder->av->avcodec_receive_packet(encoder->codec, packet);
        if (code == AVERROR_EOF || (code == AVERROR(EAGAIN) && !last)) {
            return true;
        }
        if (code < 0) {
            return fail(encoder, err, "cannot encode", code);
        }
        time_packet(encoder, packet);
        code = encoder->av->av_interleaved_write_frame(encoder->file, packet);
        if (code < 0) {
            return fail(encoder, err, "cannot write", code);
        }
    }
}

static bool send_frame(struct encoder *encoder, const AVFrame *frame, struct error *err)
{
    int code = encoder->av->avcodec_send_frame(encoder->codec, frame);
    return (code >= 0 || fail(encoder, err, "cannot encode", code)) && drain(encoder, !frame, err);
}

/* Written before the threads that make films are made. */
static int threads_allowed = 1;

void encoder_use_threads(int count)
{
    threads_allowed = count;
}

void encoder_begin_loading(void)
{
    if (threads_allowed > 1) {
        ffmpeg_begin_loading();
    }
}

void encoder_end_loading(void)
{
    ffmpeg_end_loading();
}

/* Encodes what is sent until the end. After trouble the rest is dropped. */
static void *encode(void *context)
{
    struct encoder *encoder = context;
    pthread_mutex_lock(&encoder->lock);
    for (;;) {
        while (!encoder->is_busy && !encoder->is_ending) {
            pthread_cond_wait(&encoder->changed, &encoder->lock);
        }
        if (!encoder->is_busy) {
            break;
        }
        struct error err = encoder->trouble;
        pthread_mutex_unlock(&encoder->lock);
        int64_t since = timings_now();
        bool good = !err.kind && send_frame(encoder, encoder->sent, &err);
        timings_add(TIMING_ENCODE, since);
        pthread_mutex_lock(&encoder->lock);
        if (!good) {
            encoder->trouble = err;
        }
        encoder->is_busy = false;
        pthread_cond_signal(&encoder->changed);
    }
    pthread_mutex_unlock(&encoder->lock);
    return NULL;
}

/* Where no thread can be had the caller's encodes. */
static void start_thread(struct encoder *encoder)
{
    encoder->has_thread = threads_allowed > 1
                          && !pthread_create(&encoder->thread, NULL, encode, encoder);
}

/* Lets the thread finish what it has. */
static void stop_thread(struct encoder *encoder)
{
    if (encoder->has_thread) {
        pthread_mutex_lock(&encoder->lock);
        encoder->is_ending = true;
        pthread_cond_signal(&encoder->changed);
        pthread_mutex_unlock(&encoder->lock);
        pthread_join(encoder->thread, NULL);
        encoder->has_thread = false;
    }
}

/* Hands the new frame to the thread as soon as that has encoded the one before. */
static bool hand_over(struct encoder *encoder, struct error *err)
{
    pthread_mutex_lock(&encoder->lock);
    while (encoder->is_busy) {
        pthread_cond_wait(&encoder->changed, &encoder->lock);
    }
    bool is_troubled = encoder->trouble.kind;
    if (is_troubled) {
        *err = encoder->trouble;
    }
    pthread_mutex_unlock(&encoder->lock);
    if (is_troubled) {
        return false;
    }
    AVFrame *encoded = encoder->sent;
    encoder->sent = encoder->next;
    encoder->next = encoded;
    encoder->sent->pts = encoder->frames++;
    pthread_mutex_lock(&encoder->lock);
    encoder->is_busy = true;
    pthread_cond_signal(&encoder->changed);
    pthread_mutex_unlock(&encoder->lock);
    return true;
}

/* The same without another thread. */
static bool encode_next(struct encoder *encoder, struct error *err)
{
    int64_t since = timings_now();
    encoder->next->pts = encoder->frames++;
    bool good = send_frame(encoder, encoder->next, err);
    timings_add(TIMING_ENCODE, since);
    return good;
}

bool encoder_frame(struct encoder *encoder, const struct image *image, struct error *err)
{
    int64_t since = timings_now();
    int code = encoder->av->av_frame_make_writable(encoder->next);
    if (code < 0) {
        return fail(encoder, err, "frame", code);
    }
    bool good = converter_run(encoder->converter, image, encoder->next,
                              encoder->has_thread ? encoder->sent : NULL, err);
    timings_add(TIMING_CONVERT, since);
    return good && (encoder->has_thread ? hand_over(encoder, err) : encode_next(encoder, err));
}

struct encoder *encoder_create(const struct container *container, const struct sink_info *info,
                               const char *path, struct error *err)
{
    struct encoder *encoder = memory_new(1, sizeof *encoder);
    encoder->info = *info;
    pthread_mutex_init(&encoder->lock, NULL);
    pthread_cond_init(&encoder->changed, NULL);
    if (!(encoder->av = ffmpeg_load(err)) || !open_file(encoder, container, path, err)
        || !open_codec(encoder, container, err)
        || !(encoder->converter = converter_create(encoder->av, info, err))
        || !make_frames(encoder, err) || !add_stream(encoder, err)
        || !write_header(encoder, container, err)) {
        encoder_destroy(encoder);
        return NULL;
    }
    start_thread(encoder);
    return encoder;
}

static bool write_trailer(struct encoder *encoder, struct error *err)
{
    int code = encoder->av->av_write_trailer(encoder->file);
    int closed = close_file(encoder->file, encoder->file->pb);
    encoder->file->pb = NULL;
    code = code < 0 ? code : closed;
    return code >= 0 || fail(encoder, err, "cannot write", code);
}

/* Counts the frames of an open film and compares its size. */
static bool check_film(const struct encoder *encoder, AVFormatContext *film, struct error *err)
{
    const AVCodecParameters *found = film->nb_streams == 1 ? film->streams[0]->codecpar : NULL;
    if (!found || found->width != even(encoder->info.width_px)
        || found->height != even(encoder->info.height_px)) {
        return error_set(err, ERROR_RENDER, "the film is damaged: no picture of the right size");
    }
    int64_t frames = 0;
    int code;
    while ((code = encoder->av->av_read_frame(film, encoder->packet)) >= 0) {
        frames++;
        encoder->av->av_packet_unref(encoder->packet);
    }
    if (code != AVERROR_EOF) {
        return fail(encoder, err, "cannot read the film back", code);
    }
    return frames == encoder->frames
        || error_set(err, ERROR_RENDER, "the film is damaged: it has %lld frames of %lld",
                     (long long)frames, (long long)encoder->frames);
}

static bool read_back(const struct encoder *encoder, struct error *err)
{
    AVFormatContext *film = NULL;
    int code;
    do {
        code = encoder->av->avformat_open_input(&film, encoder->url, NULL, NULL);
    } while (is_woken(code));
    if (code < 0) {
        return fail(encoder, err, "cannot read the film back", code);
    }
    bool good = check_film(encoder, film, err);
    encoder->av->avformat_close_input(&film);
    return good;
}

/* Whether the file ends where the frames end that its index tells of: they are what it
 * holds last. */
static bool is_whole(const struct ffmpeg *av, AVFormatContext *film)
{
    int64_t end = 0;
    AVStream *stream = film->nb_streams == 1 ? film->streams[0] : NULL;
    int count = stream ? av->avformat_index_get_entries_count(stream) : 0;
    for (int i = 0; i < count; i++) {
        const AVIndexEntry *entry = av->avformat_index_get_entry(stream, i);
        end = entry->pos + entry->size > end ? entry->pos + entry->size : end;
    }
    return count && end == av->avio_size(film->pb);
}

bool encoder_is_ready(struct error *err)
{
    return ffmpeg_load(err);
}

const char *encoder_read_record(const char *path, struct arena *arena)
{
    struct error err;
    const struct ffmpeg *av = ffmpeg_load(&err);
    AVFormatContext *film = NULL;
    const char *record = NULL;
    char *url = ffmpeg_url(path);
    if (av && av->avformat_open_input(&film, url, NULL, NULL) >= 0) {
        const AVDictionaryEntry *found = av->av_dict_get(film->metadata, RECORD_KEY, NULL, 0);
        if (found && is_whole(av, film)) {
            record = arena_copy(arena, found->value, strlen(found->value));
        }
        av->avformat_close_input(&film);
    }
    free(url);
    return record;
}

bool encoder_finish(struct encoder *encoder, struct error *err)
{
    stop_thread(encoder);
    if (encoder->trouble.kind) {
        *err = encoder->trouble;
        return false;
    }
    if (!send_frame(encoder, NULL, err) || !write_trailer(encoder, err)) {
        return false;
    }
    encoder->av->avcodec_free_context(&encoder->codec); /* its memory is not needed twice */
    return read_back(encoder, err);
}

void encoder_destroy(struct encoder *encoder)
{
    if (!encoder) {
        return;
    }
    const struct ffmpeg *av = encoder->av;
    stop_thread(encoder);
    if (av) {
        if (encoder->file) {
            av->avio_closep(&encoder->file->pb);
        }
        av->avformat_free_context(encoder->file);
        av->avcodec_free_context(&encoder->codec);
        av->av_frame_free(&encoder->next);
        av->av_frame_free(&encoder->sent);
        av->av_packet_free(&encoder->packet);
    }
    converter_destroy(encoder->converter);
    pthread_cond_destroy(&encoder->changed);
    pthread_mutex_destroy(&encoder->lock);
    free(encoder->url);
    free(encoder);
}
