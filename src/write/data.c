#include "write/data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "write/head.h"

/* Prints one row of a trajectory to the stream. */
typedef void row_printer(FILE *stream, const struct trajectory *trajectory, size_t row);

/* Prints all rows with a separator between them. */
static void print_rows(FILE *stream, const struct trajectory *trajectories, size_t count,
                       row_printer *print, const char *separator)
{
    const char *before = "";
    for (size_t i = 0; i < count; i++) {
        for (size_t row = 0; row < trajectories[i].count; row++) {
            fputs(before, stream);
            before = separator;
            print(stream, &trajectories[i], row);
        }
    }
}

static void value_print(char text[NUMBER_SIZE], double value, const struct trajectory *trajectory)
{
    number_print(text, value, trajectory->precision == PRECISION_SINGLE ? 9 : 17);
}

/* RFC 4180, section 2: quotes around what holds a separator, quotes doubled; and around
 * what would be taken for a comment. */
static void print_csv_label(FILE *stream, const char *label)
{
    if (!strpbrk(label, ",\"\r\n#")) {
        fputs(label, stream);
        return;
    }
    fputc('"', stream);
    for (const char *c = label; *c; c++) {
        if (*c == '"') {
            fputc('"', stream);
        }
        fputc(*c, stream);
    }
    fputc('"', stream);
}

static void print_csv_row(FILE *stream, const struct trajectory *trajectory, size_t row)
{
    char x[NUMBER_SIZE], y[NUMBER_SIZE], loss[NUMBER_SIZE];
    value_print(x, trajectory->points[row].x, trajectory);
    value_print(y, trajectory->points[row].y, trajectory);
    value_print(loss, trajectory->losses[row], trajectory);
    print_csv_label(stream, trajectory->label);
    fprintf(stream, ",%zu,%s,%s,%s\n", row, x, y, loss);
}

static const char HEADER[] = "optimizer,step,x,y,loss\n";

void data_print_csv(const struct trajectory *trajectories, size_t count, FILE *stream)
{
    fputs(HEADER, stream);
    print_rows(stream, trajectories, count, print_csv_row, "");
}

/* Comments are for tools to skip: pandas.read_csv(path, comment="#"). */
static const char COMMENT[] = "# ";

static size_t count_rows(const struct trajectory *trajectories, size_t count)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        rows += trajectories[i].count;
    }
    return rows;
}

/* The number of rows, by which a file that was cut is seen, and the record. */
static void print_comments(FILE *stream, size_t rows, const char *record)
{
    fprintf(stream, "%s%zu rows\n", COMMENT, rows);
    for (const char *line = record; *line;) {
        size_t length = strcspn(line, "\n");
        fprintf(stream, "%s%.*s\n", COMMENT, (int)length, line);
        line += length + (line[length] != '\0');
    }
}

/* How many lines there are from offset on; one that does not end counts twice. */
static size_t count_lines(FILE *file, long offset)
{
    char bytes[65536], last = '\n';
    size_t lines = 0, size;
    if (fseek(file, offset, SEEK_SET)) {
        return 0;
    }
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0) {
        for (const char *at = bytes; (at = memchr(at, '\n', size - (size_t)(at - bytes))); at++) {
            lines++;
        }
        last = bytes[size - 1];
    }
    return lines + (last == '\n' ? 0 : 2);
}

/* Takes the marks off the lines of comments; false when one has none. */
static bool strip_comments(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        size_t length = strcspn(from, "\n") + 1;
        if (strncmp(from, COMMENT, strlen(COMMENT))) {
            return false;
        }
        length -= strlen(COMMENT);
        memmove(to, from + strlen(COMMENT), length);
        to += length;
        from += strlen(COMMENT) + length;
    }
    *to = '\0';
    return true;
}

static const char *csv_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    size_t rows;
    int skip = 0;
    char *text = head_read(file, COMMENT, HEADER);
    const char *record = NULL;
    if (text && sscanf(text, "# %18zu rows%n", &rows, &skip) == 1 && text[skip] == '\n'
        && count_lines(file, (long)strlen(text)) == rows) {
        text[strlen(text) - strlen(HEADER)] = '\0';
        char *comments = text + skip + 1;
        record = strip_comments(comments) && *comments
                     ? arena_copy(arena, comments, strlen(comments)) : NULL;
    }
    free(text);
    return record;
}

static bool csv_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
                     struct error *err)
{
    FILE *stream = sink->file.stream;
    if (sink->info.record) {
        print_comments(stream, count_rows(trajectories, count), sink->info.record);
    }
    data_print_csv(trajectories, count, stream);
    return outfile_check(&sink->file, err);
}

const struct format csv_format = {
    .name = "csv",
    .kind = FORMAT_DATA,
    .help = "the trajectories as comma-separated values",
    .data = csv_data,
    .record = csv_record,
};

static void print_json_number(FILE *stream, const char *name, double value,
                              const struct trajectory *trajectory)
{
    char text[NUMBER_SIZE];
    const char *quote = isfinite(value) ? "" : "\"";
    value_print(text, value, trajectory);
    fprintf(stream, ", \"%s\": %s%s%s", name, quote, text, quote);
}

static void print_json_row(FILE *stream, const struct trajectory *trajectory, size_t row)
{
    fputs("\n{\"optimizer\": ", stream);
    json_print(trajectory->label, stream);
    fprintf(stream, ", \"step\": %zu", row);
    print_json_number(stream, "x", trajectory->points[row].x, trajectory);
    print_json_number(stream, "y", trajectory->points[row].y, trajectory);
    print_json_number(stream, "loss", trajectory->losses[row], trajectory);
    fputc('}', stream);
}

static const char JSON_START[] = "{\"preset\": ", JSON_ABOUT[] = ",\n\"description\": ",
                  JSON_MIDDLE[] = ",\n\"trajectories\": [",
                  JSON_END[] = "\n]}\n";

static const char *json_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    char *text = head_read(file, JSON_START, JSON_MIDDLE);
    const char *record = text && head_ends_with(file, JSON_END)
                             ? json_read(text + strlen(JSON_START), arena) : NULL;
    free(text);
    return record;
}

static bool json_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
                      struct error *err)
{
    FILE *stream = sink->file.stream;
    fputs(JSON_START, stream);
    json_print(sink->info.record ? sink->info.record : "", stream);
    if (sink->info.description) {
        fputs(JSON_ABOUT, stream);
        json_print(sink->info.description, stream);
    }
    fputs(JSON_MIDDLE, stream);
    print_rows(stream, trajectories, count, print_json_row, ",");
    fputs(JSON_END, stream);
    return outfile_check(&sink->file, err);
}

const struct format json_format = {
    .name = "json",
    .kind = FORMAT_DATA,
    .help = "the trajectories as JSON objects",
    .data = json_data,
    .record = json_record,
};
