#include "write/data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"

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

static const char COMMENT[] = "# ";

static const char HEADER[] = "optimizer,step,x,y,loss\n";

void data_print_csv(const struct trajectory *trajectories, size_t count, FILE *stream)
{
    fputs(HEADER, stream);
    print_rows(stream, trajectories, count, print_csv_row, "");
}

/* The record as comments, which tools skip when they are told to:
 * pandas.read_csv(path, comment="#"). */
static void print_comments(FILE *stream, const char *record)
{
    for (const char *line = record; line && *line;) {
        size_t length = strcspn(line, "\n");
        fprintf(stream, "%s%.*s\n", COMMENT, (int)length, line);
        line += length + (line[length] != '\0');
    }
}

/* Whether the file's last bytes are these; its position moves. */
static bool ends_with(FILE *file, const char *bytes)
{
    char found[8] = "";
    size_t size = strlen(bytes);
    return !fseek(file, -(long)size, SEEK_END) && fread(found, 1, size, file) == size
           && !memcmp(found, bytes, size);
}

static const char *csv_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    const size_t mark = strlen(COMMENT);
    char *line = NULL, *text = NULL;
    size_t size = 0, length = 0;
    FILE *memory = open_memstream(&text, &length);
    while (memory && getline(&line, &size, file) > 0 && !strncmp(line, COMMENT, mark)) {
        fputs(line + mark, memory);
    }
    bool good = memory && !fclose(memory) && length && !strcmp(line, HEADER)
                && ends_with(file, "\n");
    const char *record = good ? arena_copy(arena, text, length) : NULL;
    free(line);
    free(text);
    return record;
}

static bool csv_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
                     struct error *err)
{
    FILE *stream = sink->file.stream;
    print_comments(stream, sink->info.record);
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

static const char JSON_START[] = "{\"preset\": ", JSON_END[] = "\n]}\n";

static const char *json_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    char *line = NULL;
    size_t size = 0;
    const size_t start = strlen(JSON_START);
    bool is_ours = getline(&line, &size, file) > 0 && !strncmp(line, JSON_START, start)
                   && ends_with(file, JSON_END);
    const char *record = is_ours ? json_read(line + start, arena) : NULL;
    free(line);
    return record;
}

static bool json_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
                      struct error *err)
{
    FILE *stream = sink->file.stream;
    fputs(JSON_START, stream);
    json_print(sink->info.record ? sink->info.record : "", stream);
    fputs(",\n\"trajectories\": [", stream);
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
