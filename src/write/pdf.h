/* What cairo has written into a PDF, read back. */
#ifndef WRITE_PDF_H
#define WRITE_PDF_H

#include <stdio.h>

#include "base/arena.h"

/* The document's keywords, which are the record, in a complete file that cairo wrote,
 * as UTF-8 in the arena, or NULL. Only what has a character beyond printable ASCII, such as the
 * end of a line, is found: cairo writes that as UTF-16 in hexadecimal digits. */
const char *pdf_record(FILE *file, struct arena *arena);

#endif
