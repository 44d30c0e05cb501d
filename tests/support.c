#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const char *test_path(const char *name)
{
    static char paths[4][512];
    static unsigned next;
    const char *srcdir = getenv("srcdir");
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/tests/%s", srcdir ? srcdir : ".", name);
    return path;
}

char *file_read(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    ck_assert_msg(stream, "cannot open %s", path);
    char *text = NULL;
    size_t used = 0, got;
    do {
        text = memory_resize(text, used + 65536, 1);
        got = fread(text + used, 1, 65535, stream);
        used += got;
    } while (got);
    fclose(stream);
    text[used] = '\0';
    if (size) {
        *size = used;
    }
    return text;
}

static char *copy_text(const char *text)
{
    return strcpy(memory_new(strlen(text) + 1, 1), text);
}

static size_t split(char *line, char **cells, size_t most)
{
    size_t count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *cell = line; cell && count < most;) {
        char *comma = strchr(cell, ',');
        if (comma) {
            *comma++ = '\0';
        }
        cells[count++] = copy_text(cell);
        cell = comma;
    }
    return count;
}

struct table table_read(const char *path)
{
    struct table table = { 0 };
    size_t capacity = 0, cell_capacity = 0;
    char *text = file_read(path, NULL), *save = NULL;
    char *cells[64] = { 0 };
    for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        size_t count = split(line, cells, 64);
        if (!table.names) {
            table.columns = count;
            table.names = memory_new(count, sizeof *table.names);
            memcpy(table.names, cells, count * sizeof *cells);
            continue;
        }
        ck_assert_msg(count == table.columns, "%s: row %zu", path, table.rows + 1);
        table.texts = memory_grow(table.texts, table.rows, &capacity, sizeof *table.texts);
        table.texts[table.rows] = memory_new(count, sizeof *cells);
        memcpy(table.texts[table.rows], cells, count * sizeof *cells);
        while (cell_capacity < (table.rows + 1) * count) {
            cell_capacity = cell_capacity ? 2 * cell_capacity : 1024;
            table.cells = memory_resize(table.cells, cell_capacity, sizeof *table.cells);
        }
        for (size_t i = 0; i < count; i++) {
            char *end;
            double value = strtod(cells[i], &end);
            table.cells[table.rows * count + i] = end == cells[i] || *end ? NAN : value;
        }
        table.rows++;
    }
    free(text);
    return table;
}

static size_t column_index(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (!strcmp(table->names[i], column)) {
            return i;
        }
    }
    ck_abort_msg("no column %s", column);
    return 0;
}

double table_at(const struct table *table, size_t row, const char *column)
{
    return table->cells[row * table->columns + column_index(table, column)];
}

const char *table_text(const struct table *table, size_t row, const char *column)
{
    return table->texts[row][column_index(table, column)];
}

void table_free(struct table *table)
{
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < table->columns; i++) {
            free(table->texts[row][i]);
        }
        free(table->texts[row]);
    }
    for (size_t i = 0; i < table->columns; i++) {
        free(table->names[i]);
    }
    free(table->texts);
    free(table->names);
    free(table->cells);
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
