/* THE TABLE of a preset's keys: what the reader accepts, what the printer
 * writes and what listings and the man page show. */
#ifndef LOAD_KEYS_H
#define LOAD_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/limits.h"

/* What a value looks like and the type of its field. */
enum key_type {
    KEY_NUMBER,       /* double */
    KEY_WHOLE,        /* int */
    KEY_MAYBE_NUMBER, /* struct maybe_number */
    KEY_MAYBE_WHOLE,  /* struct maybe_number */
    KEY_YES_NO,       /* bool */
    KEY_CHOICE,       /* an enum in the order of the choices */
    KEY_STRING,       /* struct text, white space collapsed */
    KEY_TEXT,         /* struct text as in the source */
    KEY_POINT,        /* struct maybe_point */
    KEY_RANGE,        /* struct maybe_range */
    KEY_SWEEP,        /* struct sweep: a number or FROM .. TO */
    KEY_COLOR,        /* struct maybe_color */
    KEY_MINIMA,       /* struct minima */
    KEY_PANELS,       /* struct panel_list */
    KEY_CALL,         /* struct call_value: a name, or NAME(ARGUMENTS) */
    KEY_LET,          /* one more of problem_section.lets; any key "let NAME" */
    KEY_PARAM,        /* one more of problem_section.params; any key "param NAME" */
    KEY_CLAIM,        /* one more of the preset's claims; any key is its name */
    KEY_TYPE_COUNT
};

/* Numbers, also the coordinates of points and ranges, must be in min .. max
 * where the type has numbers. */
struct key {
    const char *section; /* "optimizer" for every [optimizer LABEL] */
    const char *name;
    enum key_type type;
    size_t offset;              /* of the field in struct preset, or for section */
                                /* optimizer in struct optimizer_section */
    double min, max;
    enum limit limit;           /* takes the place of max; LIMIT_NONE: nothing does */
    bool is_index;              /* of as many things as the limit allows, from 0 */
    const char *unit;           /* NULL: a plain number */
    const char *const *choices; /* of choices and panels, ends with NULL */
    const char *names;          /* the list (optrender list) that holds its values, or NULL */
    const char *standard;       /* the default as a preset writes it; NULL: see the help */
    const char *help;
};

/* All keys, those of a section together, in the order of printing. An
 * optimizer section also takes its method's own hyper-parameters. */
const struct key *key_list(size_t *count);

/* The largest number that the key takes. */
double key_max(const struct key *key);

/* NULL when the section has no such key. */
const struct key *key_find(const char *section, const char *name);

/* The table's own string for a section's name, or NULL. */
const char *key_section(const char *name, size_t length);

/* "number", "whole number", ... for listings. */
const char *key_type_name(enum key_type type);

/* Hints for the end of a message about an unknown name: where it belongs or
 * what is spelled like it; "" when there is nothing to say. */
struct key_hint {
    char text[128];
};
struct key_hint key_hint(const char *section, const char *name);
struct key_hint key_section_hint(const char *name, size_t length);

#endif
