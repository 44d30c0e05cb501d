#include "write/data.h"

#include <math.h>
#include <stdio.h>
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

/* RFC 4180, section 2: quotes around what holds a separator, quotes doubled. */
static void print_csv_label(FILE *stream, const char *label)
{
    if (!strpbrk(label, ",\"\r\n")) {
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

static bool csv_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
                     struct error *err)
{
    FILE *stream = sink->file.stream;
    fputs("optimizer,step,x,y,loss\n", stream);
    print_rows(stream, trajectories, count, print_csv_row, "");
    return outfile_check(&sink->file, err);
}

const struct format csv_format = {
    .name = "csv",
    .kind = FORMAT_DATA,
    .help = "the trajectories as comma-separated values",
    .data = csv_data,
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

static bool json_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
                      struct error *err)
{
    FILE *stream = sink->file.stream;
    fputc('[', stream);
    print_rows(stream, trajectories, count, print_json_row, ",");
    fputs("\n]\n", stream);
    return outfile_check(&sink->file, err);
}

const struct format json_format = {
    .name = "json",
    .kind = FORMAT_DATA,
    .help = "the trajectories as an array of JSON objects",
    .data = json_data,
};
