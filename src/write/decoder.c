#include "write/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "write/ffmpeg.h"

struct decoder {
    const struct ffmpeg *av;
    AVFormatContext *file;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
    struct hash *hash;
    unsigned char *bytes; /* of one picture */
    size_t size;
};

static bool fail(const struct decoder *decoder, int code, struct error *err)
{
    return ffmpeg_fail(decoder->av, err, "cannot decode the film", code);
}

static int open_input(struct decoder *decoder, const char *path, const char *demuxer)
{
    char *url = ffmpeg_url(path);
    const AVInputFormat *format = demuxer ? decoder->av->av_find_input_format(demuxer) : NULL;
    int code = decoder->av->avformat_open_input(&decoder->file, url, format, NULL);
    free(url);
    return code;
}

static bool open_file(struct decoder *decoder, const char *path, const char *demuxer,
                      struct error *err)
{
    int code = open_input(decoder, path, demuxer);
    if (code >= 0 && decoder->file->nb_streams != 1) {
        code = AVERROR_INVALIDDATA;
    }
    return code >= 0 || fail(decoder, code, err);
}

static bool open_codec(struct decoder *decoder, struct error *err)
{
    const struct ffmpeg *av = decoder->av;
    const AVCodecParameters *parameters = decoder->file->streams[0]->codecpar;
    const AVCodec *found = av->avcodec_find_decoder(parameters->codec_id);
    decoder->codec = av->avcodec_alloc_context3(found);
    decoder->packet = av->av_packet_alloc();
    decoder->frame = av->av_frame_alloc();
    if (!decoder->codec || !decoder->packet || !decoder->frame) {
        return fail(decoder, AVERROR(ENOMEM), err);
    }
    int code = found ? av->avcodec_parameters_to_context(decoder->codec, parameters)
                     : AVERROR_DECODER_NOT_FOUND;
    decoder->codec->flags |= AV_CODEC_FLAG_BITEXACT;
    code = code < 0 ? code : av->avcodec_open2(decoder->codec, found, NULL);
    return code >= 0 || fail(decoder, code, err);
}

static int hash_frame(struct decoder *decoder)
{
    const AVFrame *frame = decoder->frame;
    const uint8_t *planes[4] = { frame->data[0], frame->data[1], frame->data[2], frame->data[3] };
    int size = decoder->av->av_image_get_buffer_size(frame->format, frame->width, frame->height, 1);
    if (size > 0 && (size_t)size > decoder->size) {
        decoder->bytes = memory_resize(decoder->bytes, (size_t)size, 1);
        decoder->size = (size_t)size;
    }
    int code = size < 0 ? size
                        : decoder->av->av_image_copy_to_buffer(
                              decoder->bytes, size, planes, frame->linesize, frame->format,
                              frame->width, frame->height, 1);
    if (code >= 0) {
        hash_add(decoder->hash, decoder->bytes, (size_t)size);
    }
    return code;
}

/* Decodes one packet, or with none what is left. */
static int decode(struct decoder *decoder, const AVPacket *packet)
{
    int code = decoder->av->avcodec_send_packet(decoder->codec, packet);
    while (code >= 0) {
        code = decoder->av->avcodec_receive_frame(decoder->codec, decoder->frame);
        code = code < 0 ? code : hash_frame(decoder);
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
}

static bool decode_all(struct decoder *decoder, struct error *err)
{
    int code = 0;
    while (code >= 0
           && (code = decoder->av->av_read_frame(decoder->file, decoder->packet)) >= 0) {
        code = decode(decoder, decoder->packet);
        decoder->av->av_packet_unref(decoder->packet);
    }
    code = code == AVERROR_EOF ? decode(decoder, NULL) : code;
    return code >= 0 || fail(decoder, code, err);
}

bool decoder_hash_as(const char *path, const char *demuxer, struct hash *hash, struct error *err)
{
    struct decoder decoder = { .av = ffmpeg_load(err), .hash = hash };
    bool good = decoder.av && open_file(&decoder, path, demuxer, err) && open_codec(&decoder, err)
                && decode_all(&decoder, err);
    if (decoder.av) {
        decoder.av->avcodec_free_context(&decoder.codec);
        decoder.av->avformat_close_input(&decoder.file);
        decoder.av->av_packet_free(&decoder.packet);
        decoder.av->av_frame_free(&decoder.frame);
    }
    free(decoder.bytes);
    return good;
}

bool decoder_hash(const char *path, struct hash *hash, struct error *err)
{
    return decoder_hash_as(path, NULL, hash, err);
}

/* Counts the frames of an open film and compares its size. */
static bool check_frames(struct decoder *decoder, int width, int height, int64_t frames,
                         struct error *err)
{
    AVFormatContext *film = decoder->file;
    const AVCodecParameters *found = film->nb_streams == 1 ? film->streams[0]->codecpar : NULL;
    if (!found || found->width != width || found->height != height) {
        return error_set(err, ERROR_RENDER, "the film is damaged: no picture of the right size");
    }
    int64_t count = 0;
    int code;
    while ((code = decoder->av->av_read_frame(film, decoder->packet)) >= 0) {
        count++;
        decoder->av->av_packet_unref(decoder->packet);
    }
    if (code != AVERROR_EOF) {
        return ffmpeg_fail(decoder->av, err, "cannot read the film back", code);
    }
    return count == frames
        || error_set(err, ERROR_RENDER, "the film is damaged: it has %lld frames of %lld",
                     (long long)count, (long long)frames);
}

bool decoder_check(const char *path, const char *demuxer, int width, int height, int64_t frames,
                   struct error *err)
{
    struct decoder decoder = { .av = ffmpeg_load(err) };
    if (!decoder.av) {
        return false;
    }
    int code = (decoder.packet = decoder.av->av_packet_alloc()) ? 0 : AVERROR(ENOMEM);
    while (code >= 0 && !decoder.file) {
        code = open_input(&decoder, path, demuxer);
        code = ffmpeg_is_woken(code) ? 0 : code;
    }
    bool good = code >= 0 ? check_frames(&decoder, width, height, frames, err)
                          : ffmpeg_fail(decoder.av, err, "cannot read the film back", code);
    decoder.av->avformat_close_input(&decoder.file);
    decoder.av->av_packet_free(&decoder.packet);
    return good;
}
