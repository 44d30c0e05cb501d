#include "progress.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "terminal.h"

/* A terminal of ROOMY columns or more has a bar, others only words. */
enum { BAR_LEAST = 8, BAR_MOST = 40, BAR_FRAME = sizeof "[]  99 % " - 1, ROOMY = 60,
       COLUMNS_UNKNOWN = 80 };

/* Seconds between two showings. */
static const double periods[] = {
    [PROGRESS_BAR] = 0.1, [PROGRESS_PLAIN] = 5, [PROGRESS_JSON] = 0.5
};

/* Counts that are only worth words when they are not 0. */
static const struct note {
    size_t offset; /* of the count in struct tally */
    const char *json, *text;
    bool in_line; /* while it runs; the others only at the end */
    bool is_noun; /* has a plural */
} notes[] = {
    { offsetof(struct tally, failed), "failed", "failed", true, false },
    { offsetof(struct tally, outputs), "outputs", "output", false, true },
    { offsetof(struct tally, current), "up_to_date", "up to date", false, false },
};
enum { NOTE_COUNT = sizeof notes / sizeof *notes };

static size_t note_count(const struct note *note, const struct tally *tally)
{
    size_t count;
    memcpy(&count, (const char *)tally + note->offset, sizeof count);
    return count;
}

double progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_init(struct progress *progress, enum progress_mode mode, FILE *stream)
{
    if (mode == PROGRESS_AUTO) {
        mode = isatty(fileno(stream)) ? PROGRESS_BAR : PROGRESS_PLAIN;
    }
    *progress = (struct progress){ .stream = stream, .mode = mode };
}

static double frames_per_second(const struct tally *tally)
{
    return tally->seconds > 0 ? (double)tally->frames / tally->seconds : 0;
}

/* "1:05" or "2:01:05" */
static const char *clock_text(struct arena *arena, double seconds)
{
    long whole = (long)(seconds + 0.5);
    if (whole >= 3600) {
        return arena_printf(arena, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    }
    return arena_printf(arena, "%ld:%02ld", whole / 60, whole % 60);
}

/* What a line says, from left to right; "" is left out. */
enum { PART_PRESETS, PART_NOTES, PART_FRAMES, PART_RATE, PART_LEFT, PART_COUNT };

static void fill_parts(const char *parts[PART_COUNT], const struct tally *tally,
                       struct arena *arena)
{
    bool has_frames = tally->frames_total > 0;
    parts[PART_PRESETS] = arena_printf(arena, "%zu/%zu preset%s", tally->presets,
                                       tally->presets_total, tally->presets_total == 1 ? "" : "s");
    parts[PART_NOTES] = "";
    for (size_t i = 0; i < NOTE_COUNT; i++) {
        size_t count = note_count(&notes[i], tally);
        if (count && notes[i].in_line) {
            parts[PART_NOTES] = arena_printf(arena, "%s%s%zu %s", parts[PART_NOTES],
                                             *parts[PART_NOTES] ? ", " : "", count, notes[i].text);
        }
    }
    parts[PART_FRAMES] = has_frames ? arena_printf(arena, "%zu/%zu frames", tally->frames,
                                                   tally->frames_total) : "";
    parts[PART_RATE] = has_frames ? arena_printf(arena, "%.0f frames/s", frames_per_second(tally))
                                  : "";
    parts[PART_LEFT] = tally->seconds_left >= 0
                           ? arena_printf(arena, "%s left", clock_text(arena, tally->seconds_left))
                           : "";
}

static const char *join_parts(const char *const parts[PART_COUNT], struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (*parts[i]) {
            text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", parts[i]);
        }
    }
    return text;
}

/* The line without what there is no room for, what is least missed first. */
static const char *fit_parts(const char *parts[PART_COUNT], const struct tally *tally,
                             size_t room, struct arena *arena)
{
    const int dropped[] = { PART_RATE, tally->presets_total > 1 ? PART_FRAMES : PART_PRESETS,
                            PART_LEFT, PART_NOTES };
    const char *text = join_parts(parts, arena);
    for (size_t i = 0; strlen(text) > room && i < sizeof dropped / sizeof *dropped; i++) {
        parts[dropped[i]] = "";
        text = join_parts(parts, arena);
    }
    return strlen(text) > room ? arena_copy(arena, text, room) : text;
}

static size_t columns_of(const struct progress *progress)
{
    size_t columns = progress->columns ? (size_t)progress->columns
                                       : terminal_columns(progress->stream);
    return columns ? columns : COLUMNS_UNKNOWN;
}

/* Of what is free beside its frame and the text. */
static size_t bar_width(size_t room, const char *text)
{
    size_t width = room - BAR_FRAME - strlen(text);
    return width < BAR_MOST ? width : BAR_MOST;
}

/* The last column stays free: some terminals begin a new line behind it. */
static void print_bar(struct progress *progress, const struct tally *tally)
{
    const char *parts[PART_COUNT];
    struct arena arena = { 0 };
    size_t room = columns_of(progress) - 1;
    fill_parts(parts, tally, &arena);
    size_t reserved = room + 1 >= ROOMY ? BAR_LEAST + BAR_FRAME : 0;
    const char *text = fit_parts(parts, tally, room - reserved, &arena);
    fputc('\r', progress->stream);
    if (reserved) {
        size_t width = bar_width(room, text);
        size_t filled = (size_t)(tally->share * (double)width);
        fputc('[', progress->stream);
        for (size_t i = 0; i < width; i++) {
            fputc(i < filled ? '#' : ' ', progress->stream);
        }
        fprintf(progress->stream, "] %2d %% ", (int)(100 * tally->share));
    }
    fprintf(progress->stream, "%s\033[K", text);
    fflush(progress->stream);
    progress->visible = true;
    arena_finish(&arena);
}

static void print_json(const struct progress *progress, const struct tally *tally)
{
    FILE *stream = progress->stream;
    bool finished = tally->presets == tally->presets_total;
    fprintf(stream, "{\"frames\": %zu, \"frames_total\": %zu, \"presets\": %zu, "
            "\"presets_total\": %zu", tally->frames, tally->frames_total, tally->presets,
            tally->presets_total);
    for (size_t i = 0; i < NOTE_COUNT; i++) {
        fprintf(stream, ", \"%s\": %zu", notes[i].json, note_count(&notes[i], tally));
    }
    fprintf(stream, ", \"share\": %.4f, \"seconds\": %.1f, \"frames_per_second\": %.1f, ",
            tally->share, tally->seconds, frames_per_second(tally));
    fprintf(stream, tally->seconds_left >= 0 ? "\"seconds_left\": %.1f" : "\"seconds_left\": null",
            tally->seconds_left);
    fprintf(stream, ", \"finished\": %s}\n", finished ? "true" : "false");
    fflush(stream);
}

static void print_plain(const struct progress *progress, const struct tally *tally)
{
    const char *parts[PART_COUNT];
    struct arena arena = { 0 };
    fill_parts(parts, tally, &arena);
    fprintf(progress->stream, "optrender: %d %%, %s\n", (int)(100 * tally->share),
            join_parts(parts, &arena));
    arena_finish(&arena);
}

void progress_show(struct progress *progress, const struct tally *tally)
{
    if (progress->mode == PROGRESS_NONE
        || tally->seconds - progress->shown < periods[progress->mode]) {
        return;
    }
    progress->shown = tally->seconds;
    if (progress->mode == PROGRESS_BAR) {
        print_bar(progress, tally);
    } else if (progress->mode == PROGRESS_JSON) {
        print_json(progress, tally);
    } else {
        print_plain(progress, tally);
    }
}

void progress_hide(struct progress *progress)
{
    if (progress->visible) {
        fputs("\r\033[K", progress->stream);
        progress->visible = false;
    }
}

void progress_end(struct progress *progress, const struct tally *tally)
{
    progress_hide(progress);
    if (progress->mode == PROGRESS_JSON) {
        print_json(progress, tally);
    }
}

void tally_print(const struct tally *tally, FILE *stream)
{
    fprintf(stream, "%zu preset%s", tally->presets_total, tally->presets_total == 1 ? "" : "s");
    for (size_t i = 0; i < NOTE_COUNT; i++) {
        size_t count = note_count(&notes[i], tally);
        if (count) {
            fprintf(stream, ", %zu %s%s", count, notes[i].text,
                    notes[i].is_noun && count > 1 ? "s" : "");
        }
    }
    fprintf(stream, " in %.*f s", tally->seconds < 10 ? 2 : 1, tally->seconds);
}
