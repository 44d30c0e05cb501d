/* A fuzzer without libFuzzer: feeds it the files in the folders that are named, and of
 * each some mutants by a fixed rule. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { BYTES_MAX = 1 << 16, MUTANTS = 8 };

/* The file's bytes and their number; NULL when it is a folder or missing. */
static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = memory_new(BYTES_MAX, 1);
    *size = file ? fread(data, 1, BYTES_MAX, file) : 0;
    bool failed = !file || ferror(file);
    if (file) {
        fclose(file);
    }
    if (failed) {
        free(data);
        return NULL;
    }
    return data;
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

/* An exact allocation, so that a sanitizer sees the first byte too many. */
static void feed(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static size_t feed_file(const char *path)
{
    size_t size, count = 1;
    uint8_t *data = read_file(path, &size);
    if (!data) {
        return 0;
    }
    uint32_t state = (uint32_t)size;
    feed(data, size);
    for (; size && count <= MUTANTS; count++) {
        size_t at = next_random(&state) % size;
        uint8_t kept = data[at];
        data[at] = (uint8_t)next_random(&state);
        feed(data, size);
        feed(data, at); /* cut short */
        data[at] = kept;
    }
    free(data);
    return 2 * count - 1;
}

static size_t feed_folder(const char *folder)
{
    struct dirent **entries;
    int found = scandir(folder, &entries, NULL, alphasort);
    size_t count = 0;
    for (int i = 0; i < found; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        count += feed_file(path);
        free(entries[i]);
    }
    if (found >= 0) {
        free(entries);
    }
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        count += feed_folder(argv[i]);
    }
    printf("%s: %zu inputs\n", argv[0], count);
    return count ? 0 : 1;
}
