#include "starter.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/suggest.h"
#include "load/keys.h"
#include "model/catalogue.h"
#include "write/outfile.h"

static const char DEFAULT_FUNCTION[] = "himmelblau";

/* Methods whose steps have a length of their own, so that one learning rate
 * suits every function: a share of the width that is drawn. */
static const struct {
    const char *label, *method;
    double share;
} methods[] = {
    { "Adam", "adam", 0.01 },
    { "RMSProp", "rmsprop", 0.005 },
    { "Adagrad", "adagrad", 0.05 },
};
enum { METHOD_COUNT = sizeof methods / sizeof *methods };

/* What a new preset states itself; every other key is there as a comment. */
static const char *stated_value(const struct key *key, const struct catalogue_entry *entry,
                                struct arena *arena)
{
    const char *log_scale = entry->scale == SCALE_LOG ? "log" : NULL;
    const struct {
        const char *section, *name, *value;
    } stated[] = {
        { "figure", "caption", arena_printf(arena, "Three optimizers on %s", entry->title) },
        { "problem", "function", entry->name },
        { "problem", "steps", "100" },
        { "surface", "scale", log_scale },
        { "contour", "scale", log_scale },
    };
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        if (!strcmp(key->section, stated[i].section) && !strcmp(key->name, stated[i].name)) {
            return stated[i].value;
        }
    }
    return NULL;
}

static void write_key(FILE *stream, const struct key *key, const char *value)
{
    char line[200];
    const char *standard = key->standard ? key->standard : "";
    snprintf(line, sizeof line, "%s%s = %s", value ? "" : "; ", key->name,
             value ? value : standard);
    fprintf(stream, "%-31s ; %s", line, key->help);
    fprintf(stream, key->unit ? " (%s)\n" : "%s\n", key->unit ? key->unit : "");
}

static void write_optimizers(FILE *stream, const struct catalogue_entry *entry)
{
    double width = entry->x.hi - entry->x.lo;
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        char rate[NUMBER_SIZE];
        number_print(rate, methods[i].share * width, 3);
        fprintf(stream, "\n[optimizer %s]\n", methods[i].label);
        fprintf(stream, "method = %s\n", methods[i].method);
        fprintf(stream, "learning_rate = %s\n", rate);
    }
    fputs("; 'optrender show adam' lists its other parameters\n", stream);
}

/* A claim that is true of every function in the catalogue. */
static void write_claim(FILE *stream)
{
    fprintf(stream, "\n; What 'optrender check' should find; 'optrender list measures' has more.\n"
                    "; [claim]\n; descends = final_loss(%s) < loss(%s, 0)\n",
            methods[0].label, methods[0].label);
}

static void write_preset(FILE *stream, const struct catalogue_entry *entry)
{
    struct arena arena = { 0 };
    size_t count;
    const struct key *keys = key_list(&count);
    fputs("; What optrender draws. Lines that begin with ; are comments: take the ; away\n"
          "; to change a default. 'optrender check FILE' says what is wrong.\n", stream);
    const char *section = "";
    for (size_t i = 0; i < count; i++) {
        if (keys[i].type == KEY_CLAIM) {
            write_claim(stream);
            continue;
        }
        if (strcmp(section, keys[i].section)) {
            section = keys[i].section;
            if (strcmp(section, "optimizer")) {
                fprintf(stream, "\n[%s]\n", section);
            } else {
                write_optimizers(stream, entry);
            }
        }
        const char *value = stated_value(&keys[i], entry, &arena);
        /* The sections of the optimizers have stated their method. */
        if (value || strcmp(keys[i].name, "method")) {
            write_key(stream, &keys[i], value);
        }
    }
    arena_finish(&arena);
}

static bool copy_file(FILE *stream, FILE *original, const char *from, struct error *err)
{
    char bytes[4096];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, original)) > 0) {
        fwrite(bytes, 1, got, stream);
    }
    return !ferror(original)
        || error_set(err, ERROR_RENDER, "cannot read '%s': %s", from, strerror(errno));
}

const char *starter_shipped(const char *name, struct arena *arena)
{
    const char *const places[] = {
        arena_printf(arena, "presets/%s.ini", name),
        arena_printf(arena, "%s/%s.ini", PRESETS_DIR, name),
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!access(places[i], R_OK)) {
            return places[i];
        }
    }
    return NULL;
}

/* A preset by its path or its name. */
static FILE *open_shipped(const char *from)
{
    struct arena arena = { 0 };
    FILE *found = strstr(from, ".ini") ? fopen(from, "rb") : NULL;
    const char *shipped = found ? NULL : starter_shipped(from, &arena);
    if (shipped) {
        found = fopen(shipped, "rb");
    }
    arena_finish(&arena);
    return found;
}

static bool unknown_origin(const char *from, struct error *err)
{
    struct suggestion near = { .wanted = from, .length = strlen(from) };
    char hint[80];
    catalogue_suggest(&near);
    suggestion_or_list(&near, "functions", hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "--from '%s': no such preset or function%s", from, hint);
}

/* Makes the new file from the original, or without one for the function. */
static bool write_file(const char *path, FILE *original, const char *name,
                       const struct catalogue_entry *entry, struct error *err)
{
    struct outfile file = { 0 };
    bool good = outfile_open(&file, path, err);
    if (good && original) {
        good = copy_file(file.stream, original, name, err);
    } else if (good) {
        write_preset(file.stream, entry);
    }
    good = good && outfile_complete(&file, err) && outfile_commit(&file, err);
    outfile_discard(&file);
    return good;
}

bool starter_write(const char *path, const char *from, struct error *err)
{
    struct stat older;
    if (strcmp(path, "-") && lstat(path, &older) == 0) {
        return error_set(err, ERROR_RENDER, "cannot write '%s': it exists, and is left alone",
                         path);
    }
    FILE *original = from ? open_shipped(from) : NULL;
    const char *name = from ? from : DEFAULT_FUNCTION;
    const struct catalogue_entry *entry = catalogue_find(name, strlen(name));
    if (!original && !entry) {
        return unknown_origin(name, err);
    }
    bool good = write_file(path, original, name, entry, err);
    if (original) {
        fclose(original);
    }
    return good;
}
