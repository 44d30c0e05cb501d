/* Formulas: every line but the last is a let, the last is the formula. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/objective.h"

enum { LETS_MAX = 26 };

static void evaluate(const struct objective *objective)
{
    static const double x[] = { 0, -1, 2.5, 1e18 }, y[] = { 0, 3, -1e-300, 1e18 };
    enum { COUNT = sizeof x / sizeof *x };
    double values[COUNT], grid[COUNT * COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        objective_jet(objective, (struct vec2){ x[i], y[i] }, PRECISION_DOUBLE);
        objective_gradient(objective, (struct vec2){ x[i], y[i] }, PRECISION_SINGLE);
    }
    objective_values(objective, COUNT, x, y, values);
    objective_grid(objective, COUNT, x, COUNT, y, grid);
    for (size_t i = 0; i < COUNT; i++) {
        fuzz_expect(!memcmp(&values[i], &grid[i * COUNT + i], sizeof *values)
                        || (values[i] != values[i] && grid[i * COUNT + i] != grid[i * COUNT + i]),
                    "the same value at one point and on a grid");
    }
}

/* The line from start on as text with its place; moves start behind it. */
static struct text line_at(char *text, const struct source *source, size_t *start)
{
    size_t length = strcspn(text + *start, "\n");
    struct text line = { text + *start, length, { source, *start, length } };
    *start += length + 1;
    text[*start - 1] = '\0';
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char letters[] = "a\0b\0c\0d\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v"
                                  "\0w\0z\0A\0B\0C";
    char *text = fuzz_text(data, size), *copy = text ? memory_new(size + 1, 1) : NULL;
    if (!text) {
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        text[i] = data[i] == '\n' ? '\n' : text[i];
    }
    memcpy(copy, text, size);
    struct source source = { "input", copy, size };
    struct let lets[LETS_MAX];
    struct problem_section problem = { .lets = lets, .x.given = true, .y.given = true,
                                       .start.given = true,
                                       .x.value = { -1, 1 }, .y.value = { -1, 1 } };
    struct report report = { 0 };
    for (size_t start = 0; start <= size;) {
        struct text line = line_at(text, &source, &start);
        if (start > size) {
            problem.formula = line;
        } else if (problem.let_count < LETS_MAX) {
            struct text name = { &letters[2 * problem.let_count], 1, line.place };
            lets[problem.let_count++] = (struct let){ name, line };
        }
    }
    struct objective objective;
    if (objective_init(&objective, &problem, &report)) {
        evaluate(&objective);
        objective_finish(&objective);
    }
    fuzz_report(&report);
    report_finish(&report);
    free(text);
    free(copy);
    return 0;
}
