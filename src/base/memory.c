#include "base/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*end_hook)(void);
static atomic_int settled_status = -1;

void memory_on_end(void (*hook)(void))
{
    end_hook = hook;
}

void memory_settle(int status)
{
    settled_status = status;
}

#define ADVICE "; a smaller size or fewer steps need less\n"
static char last_words[256] = "optrender: out of memory" ADVICE;

void memory_tell(const char *limit)
{
    snprintf(last_words, sizeof last_words, "optrender: out of memory%s" ADVICE, limit);
}

/* Any call of any library may have got here, with any lock of theirs, so that nothing
 * may be asked of stdio. */
void memory_end(void)
{
    static atomic_flag ending = ATOMIC_FLAG_INIT;
    while (atomic_flag_test_and_set(&ending)) {
        pause(); /* another thread has said it */
    }
    if (settled_status >= 0) {
        _Exit(settled_status);
    }
    if (end_hook) {
        end_hook();
    }
    ssize_t written = write(STDERR_FILENO, last_words, strlen(last_words));
    (void)written; /* nobody is left to be told that it failed */
    _Exit(1);
}

void *memory_new(size_t count, size_t size)
{
    void *items = calloc(count ? count : 1, size ? size : 1);
    if (!items) {
        memory_end();
    }
    return items;
}

void *memory_resize(void *items, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        memory_end();
    }
    void *moved = realloc(items, count && size ? count * size : 1);
    if (!moved) {
        memory_end();
    }
    return moved;
}

void *memory_grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity ? 2 * *capacity : 16;
    return memory_resize(items, *capacity, size);
}

FILE *memory_stream(char **text, size_t *size)
{
    FILE *stream = open_memstream(text, size);
    if (!stream) {
        memory_end();
    }
    return stream;
}

void memory_stream_end(FILE *stream)
{
    if (fclose(stream)) {
        memory_end();
    }
}
