/* Temporary files that become outputs, and what is left of those that did not.
 *
 * They are called .NAME.optrender-PID-N, beside what they become, and locked (flock) for
 * as long as their process lives. A process that is killed leaves them, and the next one
 * that writes into the folder removes what is called so, is its user's and is not locked:
 * the kernel, or the file server, knows who is alive, whatever the process ids say. */
#ifndef WRITE_TEMPORARY_H
#define WRITE_TEMPORARY_H

#include <signal.h>

/* Creates the temporary called like base in folder, an empty file. Returns its descriptor,
 * which has to stay open (or a dup of it) until the temporary is gone, and its path, to
 * be given to temporary_forget; or -1 with errno. */
int temporary_make(const char *folder, const char *base, char **path);

/* It is renamed or removed; frees the path. */
void temporary_forget(char *path);

/* Removes what is left in folder of processes that are gone; each folder once. */
void temporary_sweep(const char *folder);

/* Around whatever may create a temporary, also by its name once more: a sudden end waits
 * for it, and nothing begins after that. Signals wait meanwhile. */
void temporary_begin_making(sigset_t *signals);
void temporary_end_making(const sigset_t *signals);

/* For a sudden end of the process, which has to follow: removes every temporary file, of whatever
 * thread. Safe in a signal handler. */
void temporary_remove_all(void);

#endif
