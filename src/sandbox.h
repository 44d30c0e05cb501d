/* A process that can do no more than its work needs.
 *
 * From sandbox_enter on it opens what it was allowed and nothing else, changes nothing
 * elsewhere, reaches no network and starts no program; so do the threads that it starts
 * then. Files that are open stay so. Linux: Landlock for files, seccomp for the rest.
 * Where there is none, sandbox_none.c takes the place of sandbox.c. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

#include "base/error.h"

/* Auto goes on without a sandbox where the system has none. */
enum sandbox_mode { SANDBOX_AUTO, SANDBOX_ON, SANDBOX_OFF };

struct sandbox {
    bool is_on;
    int rules;              /* a descriptor */
    unsigned long long asked; /* the rights that this kernel knows of */
};

/* Begins without any allowance. Fails, when the mode is on, where there is no sandbox. What is
 * begun has to be entered. */
bool sandbox_init(struct sandbox *sandbox, enum sandbox_mode mode, struct error *err);

/* What may be done later. What is not there is passed over: opening it fails anyway. */
void sandbox_allow_read(struct sandbox *sandbox, const char *file);
void sandbox_allow_write(struct sandbox *sandbox, const char *file); /* a pipe, a device */
void sandbox_allow_files(struct sandbox *sandbox, const char *folder); /* and all below it */
void sandbox_allow_names(struct sandbox *sandbox, const char *folder); /* to list them */
void sandbox_allow_rmdir(struct sandbox *sandbox, const char *folder); /* of what is in it */

/* Confines the calling thread and those that it starts. */
bool sandbox_enter(struct sandbox *sandbox, struct error *err);

#endif
