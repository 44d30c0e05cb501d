/* One failure, with its text and the exit status that it leads to.
 *
 * Fallible functions return bool and take a struct error * last. On failure
 * they return error_set(...), which is always false. Only main prints. Many
 * mistakes in one preset are collected by base/report.h instead. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

/* The exit statuses of the command line, see the man page. */
enum error_kind {
    ERROR_NONE = 0,
    ERROR_RENDER = 1,       /* rendering, encoding or writing failed */
    ERROR_USAGE = 2,        /* wrong command line */
    ERROR_PRESET = 3,       /* wrong preset or data file */
    ERROR_INTERRUPTED = 130 /* SIGINT */
};

struct error {
    enum error_kind kind;
    char text[1024];
};

/* Stores kind and the formatted text; returns false. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " before the text that is there; returns false. */
bool error_context(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
