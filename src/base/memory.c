#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void (*end_hook)(void);

void memory_on_end(void (*hook)(void))
{
    end_hook = hook;
}

void memory_end(void)
{
    if (end_hook) {
        end_hook();
    }
    fputs("optrender: out of memory; a smaller size or fewer steps need less\n", stderr);
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
