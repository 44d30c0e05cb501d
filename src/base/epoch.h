/* The date that documents get, in seconds since 1970: SOURCE_DATE_EPOCH, see
 * https://reproducible-builds.org/specs/source-date-epoch. It is never the clock's, so
 * that the same input gives the same bytes. */
#ifndef BASE_EPOCH_H
#define BASE_EPOCH_H

#include <stdbool.h>

/* The environment variable. */
#define EPOCH "SOURCE_DATE_EPOCH"

/* Its value, 0 when it is not set to a number. */
long long epoch_seconds(void);

enum { EPOCH_SIZE = 24 };

/* Its value as text; false when it is not set to a number. */
bool epoch_text(char text[EPOCH_SIZE]);

#endif
