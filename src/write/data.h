/* Trajectories as tables in long form: optimizer, step, x, y, loss.
 *
 * Numbers have nine significant digits after a run in single precision and
 * seventeen after one in double: both read back exactly. What is not finite is
 * spelled inf, -inf and nan; JSON has no such numbers, there it is a string. */
#ifndef WRITE_DATA_H
#define WRITE_DATA_H

#include <stddef.h>
#include <stdio.h>

#include "write/sink.h"

/* The record in lines that begin with "# ", then one header line; labels are
 * quoted where RFC 4180 wants it. */
extern const struct format csv_format;

/* An object: "preset" is the record, "description" says what is seen, "trajectories" is an array
 * of objects, one in a line. */
extern const struct format json_format;

/* A csv file without a record. */
void data_print_csv(const struct trajectory *trajectories, size_t count, FILE *stream);

#endif
