/* Films: the containers and how they are made. */
#include <assert.h>
#include <string.h>

#include "write/decoder.h"
#include "write/encoder.h"
#include "write/sink.h"

/* A film's pictures would depend on the machine's instruction sets if
 * cpu-independent were not set.
 * What mp4's other settings are for was measured, see bench/README.md. */
static const struct container containers[] = {
    {
        .name = "mp4",
        .muxer = "mp4",
        .codec = "libx264",
        .muxer_options = "movflags=+faststart",
        .codec_options = "profile=high,preset=veryfast,g=250,bf=2,"
                         "x264-params=qp=25:pbratio=1.4:chroma-qp-offset=-5:trellis=1:psy=0:"
                         "no-dct-decimate=1:partitions=all:ref=2:b-adapt=0:b-pyramid=none:"
                         "weightb=0:weightp=0:scenecut=0:sliced-threads=1:cpu-independent=1",
        .small_options = ":me=dia:subme=2",
        .large_options = ":me=umh:subme=8",
    },
    {
        .name = "webm",
        .muxer = "webm",
        .codec = "libvpx-vp9",
        .muxer_options = "",
        .codec_options = "deadline=realtime,cpu-used=5,b=0,crf=24,g=250,lag-in-frames=0,"
                         "tune-content=screen,row-mt=0,tile-columns=0",
        .small_options = "",
        .large_options = "",
    },
    {
        .name = "y4m",
        .muxer = "yuv4mpegpipe",
        .codec = "wrapped_avframe",
        .muxer_options = "",
        .codec_options = "",
        .small_options = "",
        .large_options = "",
    },
};

const struct container *container_find(const char *name)
{
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) {
        if (!strcmp(containers[i].name, name)) {
            return &containers[i];
        }
    }
    assert(!"a film format has a container");
    return NULL;
}

struct video {
    struct encoder *encoder;
};

static bool open_video(struct sink *sink, struct error *err)
{
    struct video *video = sink->state;
    struct sink_info info = sink->info;
    if (sink->format->is_raw) {
        info.clock.hold_start_ticks = info.clock.hold_end_ticks = 0;
    }
    video->encoder = encoder_create(container_find(sink->format->name), &info,
                                    sink->file.temporary, err);
    return video->encoder || error_context(err, "%s", sink->file.path);
}

static bool write_frame(struct sink *sink, const struct image *image, struct error *err)
{
    struct video *video = sink->state;
    return encoder_frame(video->encoder, image, err) || error_context(err, "%s", sink->file.path);
}

static bool finish(struct sink *sink, struct error *err)
{
    struct video *video = sink->state;
    return encoder_finish(video->encoder, err) || error_context(err, "%s", sink->file.path);
}

static void release(struct sink *sink)
{
    struct video *video = sink->state;
    encoder_destroy(video->encoder);
}

/* Whether a box of this type and at most so many bytes comes next, which is skipped:
 * ISO/IEC 14496-12, section 4.2. */
static bool skip_box(FILE *file, const char *type, unsigned long most)
{
    unsigned char head[8];
    if (fread(head, 1, sizeof head, file) != sizeof head || memcmp(head + 4, type, 4)) {
        return false;
    }
    unsigned long size = (unsigned long)head[0] << 24 | (unsigned long)head[1] << 16
                         | (unsigned long)head[2] << 8 | head[3];
    return size >= sizeof head && size <= most
           && !fseek(file, (long)(size - sizeof head), SEEK_CUR);
}

/* Ours begin with their type and then all about them; FFmpeg would look through large
 * files of others. */
static const char *read_mp4_record(const char *path, FILE *file, struct arena *arena)
{
    enum { TYPE_MOST = 1 << 10, ABOUT_MOST = 1 << 28 };
    bool is_ours = skip_box(file, "ftyp", TYPE_MOST) && skip_box(file, "moov", ABOUT_MOST);
    return is_ours ? encoder_read_record(path, true, arena) : NULL;
}

/* The size of an EBML element with this identifier of four bytes, which comes next: RFC
 * 8794, section 4 to 6. -1 when another one does. */
static long element_size(FILE *file, const char *identifier)
{
    unsigned char head[12];
    if (fread(head, 1, 5, file) != 5 || memcmp(head, identifier, 4)) {
        return -1;
    }
    int more = 0; /* bytes of the size, as many as there are zeros before its first one */
    while (more < 8 && !(head[4] & 128 >> more)) {
        more++;
    }
    long size = head[4] & (127 >> more);
    if (more == 8 || fread(head + 5, 1, (size_t)more, file) != (size_t)more) {
        return -1;
    }
    for (int i = 0; i < more; i++) {
        size = size << 8 | head[5 + i];
    }
    return size;
}

/* A whole film is two elements, the second of which ends with the file. Its size is what
 * is written last. */
static const char *read_webm_record(const char *path, FILE *file, struct arena *arena)
{
    enum { HEAD_MOST = 1 << 10 };
    long head = element_size(file, "\x1a\x45\xdf\xa3");
    if (head < 0 || head > HEAD_MOST || fseek(file, head, SEEK_CUR)) {
        return NULL;
    }
    long segment = element_size(file, "\x18\x53\x80\x67"), begin = ftell(file);
    bool is_whole = segment >= 0 && !fseek(file, 0, SEEK_END) && ftell(file) - begin == segment;
    return is_whole ? encoder_read_record(path, false, arena) : NULL;
}

const struct format mp4_format = {
    .name = "mp4",
    .kind = FORMAT_FILM,
    .opaque = true,
    .needs_ffmpeg = true,
    .help = "the film in H.264, for browsers, QuickTime and slides",
    .state_size = sizeof(struct video),
    .open = open_video,
    .frame = write_frame,
    .finish = finish,
    .decode = decoder_hash,
    .record = read_mp4_record,
    .release = release,
};

const struct format webm_format = {
    .name = "webm",
    .kind = FORMAT_FILM,
    .opaque = true,
    .needs_ffmpeg = true,
    .help = "the film in VP9, for browsers",
    .state_size = sizeof(struct video),
    .open = open_video,
    .frame = write_frame,
    .finish = finish,
    .decode = decoder_hash,
    .record = read_webm_record,
    .release = release,
};

const struct format y4m_format = {
    .name = "y4m",
    .kind = FORMAT_FILM,
    .opaque = true,
    .is_raw = true,
    .help = "the film's frames, uncompressed, for other encoders; without holds",
    .state_size = sizeof(struct video),
    .open = open_video,
    .frame = write_frame,
    .finish = finish,
    .decode = decoder_hash,
    .release = release,
};
