/* The terminal that a stream may be. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stddef.h>
#include <stdio.h>

/* How many characters it shows in a line; 0 where the stream is no terminal, or one that does
 * not say. */
size_t terminal_columns(FILE *stream);

#endif
