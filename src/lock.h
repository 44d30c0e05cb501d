/* Lock files: what every output was when it was made, in hashes, and why it is
 * another one now. */
#ifndef LOCK_H
#define LOCK_H

#include <stdio.h>

#include "base/error.h"
#include "cli.h"

/* Makes the command line's outputs in temporary files and prints their lock file,
 * nothing when one of them fails. Without an -o a film and a still of each preset.
 * Returns the exit status; err holds what is not about a preset. */
int lock_print(const struct cli *cli, FILE *stream, struct error *err);

/* Makes the outputs of the lock file that is the operand again and prints to the
 * stream which of them drifted and why. Returns the exit status, 1 when one did. */
int lock_verify(const struct cli *cli, FILE *stream, struct error *err);

#endif
