/* INI text as sections and entries, each with its place; no meaning yet.
 *
 *     ; comment
 *     [section title]
 *     key = value        ; comment
 *         value goes on
 */
#ifndef LOAD_INI_H
#define LOAD_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/report.h"

struct ini_section {
    const char *title;  /* "optimizer Adam"; white space inside collapsed */
    struct place place; /* of the title as written */
    int line;
    size_t entry_count;
    bool is_again;  /* there is one of this title before it */
    bool is_broken; /* a line was refused: what it lacks may be there */
};

struct ini_entry {
    size_t section;     /* index */
    const char *key;    /* white space inside collapsed */
    struct place place; /* of the key as written */
    int line;
    /* From the first byte to the last, over continuation lines; comments and
     * ends of lines are blanked, so bytes keep their places. Of length 0 when
     * nothing is written; its place is the '=' then. */
    struct text value;
    bool dropped; /* a duplicate, or moved to the entry that it overrides */
};

/* Zeroed but for arena (strings) and report (mistakes), both borrowed. */
struct ini {
    struct arena *arena;
    struct report *report;
    struct ini_section *sections;
    struct ini_entry *entries;
    size_t section_count, section_capacity;
    size_t entry_count, entry_capacity;
};

/* Adds all of a file. */
void ini_read(struct ini *ini, const struct source *source);

/* Adds one "SECTION.KEY=VALUE", to the section of this title when there is one. */
void ini_override(struct ini *ini, const struct source *source);

/* After the last addition: refuses what a source gives twice, and lets an
 * override's value take the place of the one before it. */
void ini_settle(struct ini *ini);

/* The entry that counts, or NULL. */
const struct ini_entry *ini_find(const struct ini *ini, const char *title, const char *key);

void ini_finish(struct ini *ini);

#endif
