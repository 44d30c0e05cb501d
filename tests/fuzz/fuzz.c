#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"

void fuzz_expect(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not as expected: %s\n", what);
        abort();
    }
}

static char path[64];

static void remove_file(void)
{
    unlink(path);
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
    static int file = -1;
    if (file < 0) {
        snprintf(path, sizeof path, "%s/optrender-fuzz-XXXXXX",
                 access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
        file = mkstemp(path);
        fuzz_expect(file >= 0, "a temporary file");
        atexit(remove_file);
    }
    fuzz_expect(!ftruncate(file, 0) && pwrite(file, data, size, 0) == (ssize_t)size, "a file");
    return path;
}

static bool is_text(const char *text, size_t size)
{
    uint32_t code;
    for (size_t at = 0, length; at < size; at += length) {
        length = utf8_read(text + at, size - at, &code);
        if (!length || (code < ' ' && code != '\n') || code == 127) {
            return false;
        }
    }
    return true;
}

void fuzz_report(const struct report *report)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    report_print(report, stream, false);
    fclose(stream);
    if (!is_text(text, size)) {
        fprintf(stderr, "%s", text);
    }
    fuzz_expect(is_text(text, size), "messages that are text");
    free(text);
}

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = memory_new(size + 1, 1);
    for (size_t i = 0; i < size; i++) {
        text[i] = (char)(data[i] < ' ' || data[i] == 127 ? ' ' : data[i]);
    }
    if (is_text(text, size)) {
        return text;
    }
    free(text);
    return NULL;
}
