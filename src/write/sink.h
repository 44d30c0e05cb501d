/* One output: a format, its private state and the file that it becomes.
 *
 * Usage: sink_open, then what the format's kind wants (frames, one page, or
 * the data), then sink_complete, sink_commit and sink_discard. Until the commit
 * nothing is to be seen at the output's path, and an older file is untouched.
 * Several outputs appear together when all are completed before any commit. */
#ifndef WRITE_SINK_H
#define WRITE_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "optimize/trajectory.h"
#include "plot/captions.h"
#include "render/image.h"
#include "write/outfile.h"

/* What a format wants to be given. */
enum format_kind {
    FORMAT_FILM,   /* every frame of the film, as images */
    FORMAT_BITMAP, /* one image */
    FORMAT_VECTOR, /* one page, painted through cairo */
    FORMAT_DATA    /* the trajectories, or the captions in the info */
};

/* What is known before the first frame. */
struct sink_info {
    int width_px, height_px;     /* of a film or bitmap; of a page see in_pixels */
    double width_pt, height_pt;  /* of a page */
    bool in_pixels;              /* show a page at the size in pixels, not points */
    double dpi;                  /* noted in PNG files */
    struct clock clock;          /* of a film */
    int64_t frames;              /* of a film */
    int loop;                    /* how often a film plays that plays itself; 0: for ever */
    bool transparent;            /* images have an alpha channel */
    unsigned matte;              /* 0xRRGGBB behind them in an opaque format */
    bool embeds;                 /* a document's part for others, not a whole one */
    const char *title;           /* what the output shows; NULL: none */
    const char *description;     /* the same in sentences, for who does not see it; NULL: none */
    const struct caption *captions; /* by the clock of the film */
    size_t caption_count;
    const char *record;          /* the text that the file is to carry, see record.h; NULL: none */
    bool is_scratch;             /* the file is only to be looked at, and never put in place */
    struct hash *drawn;          /* is fed the pixels of what is drawn; NULL: not wanted */
};

struct sink;

/* Paints a page in points, origin at the top left. */
typedef void page_painter(void *context, cairo_t *cairo);

/* One row of formats.h. Operations that the format does not need are NULL. */
struct format {
    const char *name;      /* also the extension */
    enum format_kind kind;
    bool opaque;           /* has no alpha channel */
    bool is_raw;           /* a film that is not compressed and shows its frames for equal times */
    bool needs_ffmpeg;     /* to read its record */
    bool embeds;           /* can be a part of other documents */
    bool is_dated;         /* holds the date of SOURCE_DATE_EPOCH */
    const char *help;      /* one line for --list and the man page */
    size_t state_size;
    /* Prepares sink->state, state_size zeroed bytes; the outfile is open. */
    bool (*open)(struct sink *sink, struct error *err);
    bool (*frame)(struct sink *sink, const struct image *image, struct error *err);
    bool (*page)(struct sink *sink, page_painter *paint, void *context, struct error *err);
    bool (*data)(struct sink *sink, const struct trajectory *trajectories, size_t count,
                 struct error *err);
    /* Completes the file: trailers, checks. Not called after a failure. */
    bool (*finish)(struct sink *sink, struct error *err);
    /* The record that the file at path, open for reading, carries, in the arena.
     * NULL when the file is of another format, is not complete or carries none. */
    const char *(*record)(const char *path, FILE *file, struct arena *arena);
    /* Feeds the hash with the pixels of all pictures in the file at path; NULL for
     * formats without pixels. */
    bool (*decode)(const char *path, struct hash *hash, struct error *err);
    /* Frees what open made, complete or not; the state may still be zeroed. */
    void (*release)(struct sink *sink);
};

struct sink {
    const struct format *format;
    struct sink_info info;
    struct outfile file;
    void *state;
    size_t written; /* frames, pages or data so far */
};

/* The format called name ("mp4"), case ignored, or NULL. */
const struct format *format_by_name(const char *name);

/* The format for a path's extension, case ignored. On failure err (kind
 * ERROR_USAGE) tells what is known and what is near. */
const struct format *format_by_path(const char *path, struct error *err);

/* "mp4, png, svg" into text. */
void format_names(char *text, size_t size);

/* All formats in the order of the list. */
const struct format *const *format_list(size_t *count);

/* The record that the regular file at path carries, in the arena; NULL when it cannot
 * be read, is not of this format (NULL: of none), is not complete or carries none. */
const char *sink_read_record(const char *path, const struct format *format,
                             struct arena *arena);

/* Makes the temporary file and prepares the format. All that can be known to
 * fail is found here, before anything is painted. The title is borrowed until
 * sink_complete. After a failure the sink is zeroed. */
bool sink_open(struct sink *sink, const struct format *format, const char *path,
               const struct sink_info *info, struct error *err);

/* What the format's kind wants: a film any number of images of the size that
 * info says, a bitmap one; a vector format one page; a data format all the
 * trajectories at once. After a failure only sink_discard is left. */
bool sink_frame(struct sink *sink, const struct image *image, struct error *err);
bool sink_page(struct sink *sink, page_painter *paint, void *context, struct error *err);
bool sink_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
               struct error *err);

/* Whether the output is a pipe, a device or standard output. Those are given
 * their bytes at the commit and cannot take them back, so they are committed
 * before any file is replaced. False for a zeroed sink. */
bool sink_is_stream(const struct sink *sink);

/* Writes what is left, checks it and makes it last, still under the temporary
 * name. After a failure only sink_discard is left. Accepts a zeroed sink, as
 * do the next two. */
bool sink_complete(struct sink *sink, struct error *err);

/* Puts the complete output in its place. Afterwards the sink is zeroed; when
 * that failed the output is thrown away. */
bool sink_commit(struct sink *sink, struct error *err);

/* Throws away what is not committed. Afterwards the sink is zeroed. */
void sink_discard(struct sink *sink);

#endif
