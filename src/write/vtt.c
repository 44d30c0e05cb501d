/* The captions of a film as WebVTT, https://www.w3.org/TR/webvtt1/, for a <track> beside
 * it. The record is a JSON string in a comment, which may hold neither an empty line nor
 * an arrow. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "write/head.h"
#include "write/vtt.h"

static const char START[] = "WEBVTT\n\n", RECORD[] = "NOTE preset ", RECORD_END[] = "\n\n",
                  END[] = "\nNOTE end\n";

/* JSON may spell any character by its number. */
static void print_record(const char *record, FILE *stream)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = memory_stream(&text, &size);
    json_print(record, memory);
    memory_stream_end(memory);
    fputs(RECORD, stream);
    for (const char *c = text; *c; c++) {
        fputs(*c == '>' ? "\\u003e" : (char[]){ *c, '\0' }, stream);
    }
    fputs(RECORD_END, stream);
    free(text);
}

/* Hours have two digits or more. */
static void print_time(int64_t ms, FILE *stream)
{
    fprintf(stream, "%02lld:%02d:%02d.%03d", (long long)(ms / 3600000), (int)(ms / 60000 % 60),
            (int)(ms / 1000 % 60), (int)(ms % 1000));
}

/* An empty line would end the cue. */
static void print_text(const char *text, FILE *stream)
{
    for (const char *c = text; *c; c++) {
        if (*c == '&') {
            fputs("&amp;", stream);
        } else if (*c == '<') {
            fputs("&lt;", stream);
        } else if (*c == '>') {
            fputs("&gt;", stream);
        } else if (*c != '\r' && (*c != '\n' || (c != text && c[-1] != '\n'))) {
            fputc(*c, stream);
        }
    }
    fputs("\n", stream);
}

static void print_cue(const struct caption *caption, size_t number, FILE *stream)
{
    fprintf(stream, "%zu\n", number);
    print_time(caption->start_ms, stream);
    fputs(" --> ", stream);
    print_time(caption->end_ms, stream);
    fputc('\n', stream);
    print_text(caption->text, stream);
}

static void print_cues(const struct sink_info *info, FILE *stream)
{
    for (size_t i = 0; i < info->caption_count; i++) {
        fputs(i ? "\n" : "", stream);
        print_cue(&info->captions[i], i + 1, stream);
    }
}

void vtt_print(const struct sink_info *info, FILE *stream)
{
    fputs(START, stream);
    print_cues(info, stream);
}

static bool write_vtt(struct sink *sink, const struct trajectory *trajectories, size_t count,
                      struct error *err)
{
    FILE *stream = sink->file.stream;
    (void)trajectories;
    (void)count;
    fputs(START, stream);
    if (sink->info.record) {
        print_record(sink->info.record, stream);
    }
    print_cues(&sink->info, stream);
    fputs(END, stream);
    return outfile_check(&sink->file, err);
}

static const char *read_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    char *text = head_read(file, START, "\"\n\n");
    const size_t before = sizeof START - 1 + sizeof RECORD - 1;
    bool has_record = text && !strncmp(text + sizeof START - 1, RECORD, sizeof RECORD - 1)
                      && head_ends_with(file, END);
    const char *record = has_record ? json_read(text + before, arena) : NULL;
    free(text);
    return record;
}

const struct format vtt_format = {
    .name = "vtt",
    .kind = FORMAT_DATA,
    .help = "captions for the film, as WebVTT: what is seen, and when what happens",
    .data = write_vtt,
    .record = read_record,
};
