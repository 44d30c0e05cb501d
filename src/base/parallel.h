/* Work shared with threads that have nothing else to do.
 *
 * A program says how many threads it has to spare; whoever has work to share
 * takes those that are free then, and each is given back as soon as its part is
 * done, so that work within the work can have it. A batch's last preset gets the
 * threads of the workers that have ended. No result may depend on how
 * many threads there are: every part of the work has its own place to write. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

/* Adds to the threads to spare, or takes some back. There are none at first. */
void parallel_spare(int count);

/* Calls work(context) in the caller's thread and in every spare thread, and
 * returns when all have returned. Where no thread can be had the caller's is
 * the only one. */
void parallel_run(void (*work)(void *context), void *context);

/* Calls work(context, i) for each i below count, divided among these threads. */
void parallel_for(size_t count, void (*work)(void *context, size_t i), void *context);

#endif
