/* Lock files: what every output was when it was made, in hashes, and why it is
 * another one now.
 *
 * A lock file is INI text: [optrender] with the versions of the program and its
 * libraries, then for each preset [preset PATH] with the command line's settings
 * and for each of its outputs [output PATH]. Paths are relative to the working
 * folder, as they were typed. */
#ifndef LOCK_H
#define LOCK_H

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
