/* The wish to end early. Long work looks at it again and again. */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/error.h"

/* The signal that the program's handler caught, 0 before. */
extern atomic_int interrupt_signal;

/* Whether there was one; err is set to ERROR_INTERRUPTED then. */
bool interrupted(struct error *err);

/* False for the first who asks, and is to tell the user. Safe in a signal handler. */
bool interrupt_is_told(void);

#endif
