/* What the fuzzers share. A fuzzer tests/fuzz/NAME.c is one function that libFuzzer
 * feeds ("make fuzz"), or tests/fuzz/replay.c with the kept inputs ("make check"). */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The path of a file with these bytes, the same at every call. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* Prints the report and ends the process when that holds a control character or
 * is not UTF-8. */
void fuzz_report(const struct report *report);

/* Ends the process with a message unless the condition holds. */
void fuzz_expect(bool holds, const char *what);

/* As fit for a value of a preset: control characters are spaces. NULL for bytes that are
 * not UTF-8; otherwise to be freed. */
char *fuzz_text(const uint8_t *data, size_t size);

#endif
