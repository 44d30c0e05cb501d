#include "write/svg_path.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/number.h"

static const double STRAIGHT = 2; /* hundredths */
static const double PI = 3.14159265358979323846;

/* In hundredths. */
struct point {
    long x, y;
};

/* A command and its points. */
struct segment {
    char command;
    size_t count;
    struct point points[3];
};

/* Lines that may become one: from the writer's point to the last of them. The
 * directions from which it passes none of their ends at more than STRAIGHT lie
 * between low and high. */
struct run {
    bool is_open;
    struct point last;
    double reach;          /* its distance */
    double direction;      /* of the first line, radians */
    double low, high;      /* relative to that */
};

struct writer {
    FILE *stream;
    struct run run;
    struct point at, start; /* the current point, and the first of its subpath */
    char implied;           /* the command that numbers without a letter mean */
    bool after_letter;      /* the next number needs no blank */
    bool has_line;          /* the subpath shows already */
};

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && *at == ' ') {
        at++;
    }
    return at;
}

static bool read_coordinate(const char **at, const char *end, long *hundredths)
{
    double value;
    *at = skip_blanks(*at, end);
    size_t length = number_scan(*at, (size_t)(end - *at));
    if (!length || !number_parse(*at, length, &value) || fabs(value) > 1e9) {
        return false;
    }
    *at += length;
    *hundredths = lround(100 * value);
    return true;
}

/* Moves at behind the segment; false when there is none of those that cairo makes. */
static bool read_segment(const char **at, const char *end, struct segment *segment)
{
    static const char commands[] = "MLCZ";
    static const size_t counts[] = { 1, 1, 3, 0 };
    const char *found = strchr(commands, **at);
    if (!found) {
        return false;
    }
    segment->command = *found;
    segment->count = counts[found - commands];
    ++*at;
    for (size_t i = 0; i < segment->count; i++) {
        struct point *point = &segment->points[i];
        if (!read_coordinate(at, end, &point->x) || !read_coordinate(at, end, &point->y)) {
            return false;
        }
    }
    *at = skip_blanks(*at, end);
    return true;
}

/* A blank only where a number would run into the one before it. */
static void write_number(struct writer *writer, long hundredths)
{
    long whole = labs(hundredths) / 100, rest = labs(hundredths) % 100;
    const char *before = hundredths < 0 ? "-" : writer->after_letter ? "" : " ";
    fputs(before, writer->stream);
    if (whole || !rest) {
        fprintf(writer->stream, "%ld", whole);
    }
    if (rest) {
        fprintf(writer->stream, rest % 10 ? ".%02ld" : ".%ld", rest % 10 ? rest : rest / 10);
    }
    writer->after_letter = false;
}

static void write_command(struct writer *writer, char command)
{
    if (command != writer->implied) {
        fputc(command, writer->stream);
        writer->after_letter = true;
    }
    writer->implied = command == 'm' ? 'l' : command;
}

static void write_point(struct writer *writer, struct point point)
{
    write_number(writer, point.x - writer->at.x);
    write_number(writer, point.y - writer->at.y);
}

/* Whether the run with a line to the point is still one line; then it has it. */
static bool run_extend(struct run *run, struct point at, struct point point)
{
    double dx = (double)(point.x - at.x), dy = (double)(point.y - at.y);
    double reach = cr_hypot(dx, dy), direction = cr_atan2(dy, dx);
    double spread = reach > STRAIGHT ? cr_asin(STRAIGHT / reach) : PI;
    if (!run->is_open) {
        *run = (struct run){ true, point, reach, direction, -spread, spread };
        return true;
    }
    double turn = remainder(direction - run->direction, 2 * PI);
    if (turn < run->low || turn > run->high || reach < run->reach) {
        return false;
    }
    run->last = point;
    run->reach = reach;
    run->low = fmax(run->low, turn - spread);
    run->high = fmin(run->high, turn + spread);
    return true;
}

/* A line to where the path is already is needless, unless it is all there is:
 * then it is a dot. */
static void end_run(struct writer *writer)
{
    struct run run = writer->run;
    writer->run.is_open = false;
    if (run.is_open && (run.reach > 0 || !writer->has_line)) {
        write_command(writer, 'l');
        write_point(writer, run.last);
        writer->at = run.last;
        writer->has_line = true;
    }
}

static void write_line(struct writer *writer, struct point to)
{
    if (!run_extend(&writer->run, writer->at, to)) {
        end_run(writer);
        run_extend(&writer->run, writer->at, to);
    }
}

static void write_segment(struct writer *writer, const struct segment *segment)
{
    if (segment->command == 'L') {
        write_line(writer, segment->points[0]);
        return;
    }
    end_run(writer);
    write_command(writer, (char)(segment->command - 'A' + 'a'));
    for (size_t i = 0; i < segment->count; i++) {
        write_point(writer, segment->points[i]);
    }
    writer->at = segment->count ? segment->points[segment->count - 1] : writer->start;
    writer->has_line = segment->command == 'C';
    if (segment->command == 'M') {
        writer->start = writer->at;
    }
}

static bool is_readable(const char *at, const char *end)
{
    struct segment segment;
    bool good = true;
    while (good && at < end) {
        good = read_segment(&at, end, &segment);
    }
    return good;
}

void svg_path_write(const char *data, size_t length, FILE *stream)
{
    const char *end = data + length, *at = skip_blanks(data, end);
    struct writer writer = { .stream = stream };
    struct segment segment = { 0 };
    if (!is_readable(at, end)) {
        fwrite(data, 1, length, stream);
        return;
    }
    while (at < end && read_segment(&at, end, &segment)) {
        write_segment(&writer, &segment);
    }
    end_run(&writer);
}
