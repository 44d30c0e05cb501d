#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err->kind = kind;
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return false;
}

/* Appends what fits; a message that is too long ends early. */
static void append(struct error *err, const char *text)
{
    size_t used = strlen(err->text);
    while (*text && used < sizeof err->text - 1) {
        err->text[used++] = *text++;
    }
    err->text[used] = '\0';
}

bool error_context(struct error *err, const char *format, ...)
{
    struct error inner = *err;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    append(err, ": ");
    append(err, inner.text);
    return false;
}
