/* What a check finds out about a preset's paths, on standard output. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "load/preset.h"
#include "optimize/claim.h"
#include "optimize/trajectory.h"

enum summary_style { SUMMARY_NONE, SUMMARY_TEXT, SUMMARY_JSON };

/* What pipeline_check writes beside its report. */
struct findings {
    FILE *stream;
    const char *preset; /* as the user typed it */
    bool claims;        /* a line for every claim that holds; not in JSON */
    enum summary_style style;
};

/* A table with a row for every optimizer. */
void summary_print(const struct findings *findings, const struct objective *objective,
                   const struct trajectory *trajectories, size_t count);

/* A claim that was judged, the first of the preset or a later one. */
void summary_claim(const struct findings *findings, const struct claim *claim,
                   const struct verdict *verdict, bool is_first);

/* One preset's object of a JSON array from its findings, empty where none were made. */
void summary_print_object(const char *preset, bool ok, const char *findings, FILE *stream);

/* The same of a description; NULL: there is none. */
void summary_print_description(const char *preset, const char *description, FILE *stream);

#endif
