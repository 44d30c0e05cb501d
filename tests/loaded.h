/* Presets that are loaded from texts and files, with what loading them said, and printed. */
#ifndef TESTS_LOADED_H
#define TESTS_LOADED_H

#include "load/preset.h"
#include "load/print.h"

/* A preset that loads, without its end. */
#define SMALL "[problem]\nfunction = quad\n[optimizer A]\nmethod = adam\n"

/* A preset, what loading it said and how it came out. */
struct loaded {
    bool good;
    struct preset preset;
    struct report report;
    struct error err;
    char *messages; /* as main would print them */
};

struct loaded load_file(const char *path, const char *const *overrides, size_t count);
struct loaded load_bytes(const char *bytes, size_t size, const char *const *overrides,
                         size_t count);
struct loaded load_text(const char *text);
struct loaded load_override(const char *text, const char *override);
void loaded_free(struct loaded *loaded);
char *printed_as(const struct preset *preset, enum print_style style);
char *printed(const struct preset *preset);

/* Every key of the table with a value that is not its default, sorted as
 * preset_print sorts them. */
extern const char everything[];

#endif
