/* Path data in few bytes: steps of 0.01 instead of places of 0.000001.
 *
 * A point has 2 decimals and stands relative to the one before it, as that is
 * written, so that nothing drifts. Lines that go on straight, to 0.02, are one
 * line. In page points that is a twelfth of a pixel at 300 dots per inch. */
#ifndef WRITE_SVG_PATH_H
#define WRITE_SVG_PATH_H

#include <stdio.h>

/* Writes path data of length bytes, as cairo makes them: absolute M, L, C and Z.
 * Anything else is copied as it is. */
void svg_path_write(const char *data, size_t length, FILE *stream);

#endif
