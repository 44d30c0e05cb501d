/* FFmpeg's libraries, loaded when the first film is opened. They and the hundred
 * libraries that they need take 20 ms to link, which is half of what a still
 * takes, and nothing but a film needs them.
 *
 * The functions keep their names: av->avcodec_open2(...). Headers and libraries
 * have to be of the same major version, which is part of the libraries' names. */
#ifndef WRITE_FFMPEG_H
#define WRITE_FFMPEG_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>

#include "base/error.h"

/* Every function that films are made with. */
#define FFMPEG_AVUTIL(X)                                                                     \
    X(av_dict_free) X(av_dict_get) X(av_dict_parse_string) X(av_dict_set) X(av_frame_alloc)  \
    X(av_frame_free) X(av_frame_get_buffer) X(av_frame_make_writable)                        \
    X(av_image_copy_to_buffer) X(av_image_get_buffer_size) X(av_log_set_level)               \
    X(av_opt_set_int) X(av_strerror) X(av_version_info)
#define FFMPEG_AVCODEC(X)                                                                    \
    X(av_packet_alloc) X(av_packet_free) X(av_packet_rescale_ts) X(av_packet_unref)          \
    X(avcodec_alloc_context3) X(avcodec_find_decoder) X(avcodec_find_encoder_by_name)        \
    X(avcodec_free_context) X(avcodec_open2) X(avcodec_parameters_from_context)              \
    X(avcodec_parameters_to_context) X(avcodec_receive_frame) X(avcodec_receive_packet)      \
    X(avcodec_send_frame) X(avcodec_send_packet)
#define FFMPEG_AVFORMAT(X)                                                                   \
    X(av_interleaved_write_frame) X(av_read_frame) X(av_write_trailer)                       \
    X(avformat_alloc_output_context2) X(avformat_close_input) X(avformat_free_context)       \
    X(avformat_index_get_entries_count) X(avformat_index_get_entry) X(avformat_new_stream)   \
    X(avformat_open_input) X(avformat_write_header) X(avio_closep) X(avio_size)
#define FFMPEG_SWSCALE(X)                                                                    \
    X(sws_alloc_context) X(sws_freeContext) X(sws_getCoefficients) X(sws_init_context)       \
    X(sws_scale) X(sws_setColorspaceDetails)

struct ffmpeg {
#define X(name) __typeof__(&name) name;
    FFMPEG_AVUTIL(X) FFMPEG_AVCODEC(X) FFMPEG_AVFORMAT(X) FFMPEG_SWSCALE(X)
#undef X
};

/* The libraries, which stay loaded, or NULL when one is not there. They print
 * nothing themselves. */
const struct ffmpeg *ffmpeg_load(struct error *err);

/* Loads them in a thread of its own, while there is other work to do; threads that may not
 * open them wait for that one. To be ended before the process is. */
void ffmpeg_begin_loading(void);
void ffmpeg_end_loading(void);

/* A path as FFmpeg wants it, to be freed: without a protocol a colon would end one. */
char *ffmpeg_url(const char *path);

/* "WHAT: FFmpeg's text for code"; returns false. */
bool ffmpeg_fail(const struct ffmpeg *av, struct error *err, const char *what, int code);

#endif
