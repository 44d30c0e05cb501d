/* Memory that is always there.
 *
 * Running out of memory ends the process: one line on standard error and exit
 * status 1. The libraries underneath (cairo, FFmpeg) cannot recover from it
 * either, output files are temporary until they are complete, and so nothing
 * is lost. No caller has to check for NULL. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* What is done just before such an end. It must not need memory. */
void memory_on_end(void (*hook)(void));

/* All work is done and told, with this exit status: memory that ends from now on, as in the
 * destructors of libraries that exit runs, ends the process with it and without a word. */
void memory_settle(int status);

/* What such an end is to say after "out of memory": the limit that is in force. */
void memory_tell(const char *limit);

/* Such an end, for what can only fail for want of memory. */
_Noreturn void memory_end(void);

/* Zeroed memory for count items of size bytes; free() it. */
void *memory_new(size_t count, size_t size);

/* Like realloc for count items; new items are not zeroed. */
void *memory_resize(void *items, size_t count, size_t size);

/* Makes room for one more item in a growing array: returns items, moved when
 * *capacity had to double. Usage:
 *     list = memory_grow(list, count, &capacity, sizeof *list);
 *     list[count++] = item; */
void *memory_grow(void *items, size_t count, size_t *capacity, size_t size);

/* A stream whose bytes are in *text, to be freed, and *size from memory_stream_end on. */
FILE *memory_stream(char **text, size_t *size);
void memory_stream_end(FILE *stream);

#endif
