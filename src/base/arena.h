/* An arena: many small allocations that are freed together.
 *
 * A zeroed struct arena is empty and ready. Pointers stay valid until
 * arena_reset or arena_finish. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;
};

/* Zeroed memory, aligned for any type. */
void *arena_new(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of length bytes. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

/* A formatted, NUL-terminated string. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets every allocation but keeps one block for the next round. */
void arena_reset(struct arena *arena);

void arena_finish(struct arena *arena);

#endif
