#include "write/codec_version.h"

#include <stdio.h>
#include <string.h>

#include "write/ffmpeg.h"

/* What x264 writes into the first picture of every film. */
static const char MARK[] = "x264 - core ";

static bool find_version(const AVPacket *packet, char *text, size_t size)
{
    const char *bytes = (const char *)packet->data;
    for (int i = 0; i + (int)sizeof MARK + 16 < packet->size; i++) {
        char build[8], revision[16];
        if (!memcmp(bytes + i, MARK, strlen(MARK))
            && sscanf(bytes + i + strlen(MARK), "%7s %15s", build, revision) == 2) {
            snprintf(text, size, "%s %s", build, revision);
            return true;
        }
    }
    return false;
}

static bool encode_picture(const struct ffmpeg *av, AVCodecContext *codec, AVFrame *frame,
                           AVPacket *packet)
{
    frame->format = codec->pix_fmt;
    frame->width = codec->width;
    frame->height = codec->height;
    if (av->av_frame_get_buffer(frame, 0) < 0) {
        return false;
    }
    for (int plane = 0; plane < 3; plane++) {
        int rows = plane ? frame->height / 2 : frame->height;
        memset(frame->data[plane], 0, (size_t)frame->linesize[plane] * (size_t)rows);
    }
    return av->avcodec_send_frame(codec, frame) >= 0 && av->avcodec_send_frame(codec, NULL) >= 0
           && av->avcodec_receive_packet(codec, packet) >= 0;
}

bool x264_version(char *text, size_t size)
{
    struct error err;
    const struct ffmpeg *av = ffmpeg_load(&err);
    const AVCodec *found = av ? av->avcodec_find_encoder_by_name("libx264") : NULL;
    AVCodecContext *codec = found ? av->avcodec_alloc_context3(found) : NULL;
    if (!codec) {
        return false;
    }
    codec->width = codec->height = 16;
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->time_base = av_make_q(1, 1);
    codec->thread_count = 1;
    AVFrame *frame = av->av_frame_alloc();
    AVPacket *packet = av->av_packet_alloc();
    bool good = frame && packet && av->avcodec_open2(codec, found, NULL) >= 0
                && encode_picture(av, codec, frame, packet) && find_version(packet, text, size);
    av->av_frame_free(&frame);
    av->av_packet_free(&packet);
    av->avcodec_free_context(&codec);
    return good;
}

bool vpx_version(char *text, size_t size)
{
    struct error err;
    const char *(*tell)(void) = NULL;
    void *found = ffmpeg_load(&err) ? ffmpeg_find("vpx_codec_version_str") : NULL;
    memcpy(&tell, &found, sizeof tell); /* POSIX: they are alike */
    return found && snprintf(text, size, "%s", tell()) > 0;
}
