#include "lock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/epoch.h"
#include "base/memory.h"
#include "base/number.h"
#include "batch.h"
#include "load/ini.h"
#include "load/keys.h"
#include "load/source.h"
#include "load/words.h"
#include "fingerprint.h"
#include "plan.h"
#include "version.h"

enum { LOCK_BYTES_MAX = 1 << 24 };

/* The hashes of an output, in the order of printing. The paths are the same for all
 * outputs of a preset, but a csv file is all the same an output of its own. */
static const struct field {
    const char *name;
    size_t offset; /* of the digest in struct fingerprint */
} fields[] = {
    { "source", offsetof(struct fingerprint, source) },
    { "paths", offsetof(struct fingerprint, paths) },
    { "drawn", offsetof(struct fingerprint, drawn) },
    { "decoded", offsetof(struct fingerprint, decoded) },
    { "file", offsetof(struct fingerprint, file) },
};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static struct digest *digest_of(struct fingerprint *fingerprint, const struct field *field)
{
    return (struct digest *)(void *)((char *)fingerprint + field->offset);
}

/* --- writing */

static struct batch_settings settings_of(const struct cli *cli)
{
    return (struct batch_settings){ BATCH_FINGERPRINT, SUMMARY_NONE, cli->jobs, cli->progress,
                                    cli->quiet, cli->verbose };
}

/* Room for the fingerprints of a plan's outputs. */
static void want_fingerprints(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct request *request = &plan->requests[i];
        request->fingerprints = arena_new(&plan->arena, request->output_count,
                                          sizeof *request->fingerprints);
    }
}

/* What stands in a section's title has to be the same when it is read. */
static bool check_path(const char *path, struct error *err)
{
    struct arena arena = { 0 };
    struct report report = { 0 };
    bool good = source_check(source_of(path, path, &arena), &report)
                && !strcmp(words_collapse(&arena, path, strlen(path)), path)
                && !strchr(path, ']') && !strstr(path, " ;");
    report_finish(&report);
    arena_finish(&arena);
    return good || error_set(err, ERROR_USAGE, "'%s': a lock file cannot hold this name; choose "
                             "one in UTF-8 without ']', ' ;' and runs of white space", path);
}

static bool check_paths(const struct plan *plan, struct error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct request *request = &plan->requests[i];
        if (!strcmp(request->preset_path, "-")) {
            return error_set(err, ERROR_USAGE, "standard input cannot be locked; name a preset");
        }
        if (!check_path(request->preset_path, err)) {
            return false;
        }
        for (size_t k = 0; k < request->output_count; k++) {
            if (!strcmp(request->outputs[k].path, "-")) {
                return error_set(err, ERROR_USAGE, "-o -: an output that is locked needs a name");
            }
            if (!check_path(request->outputs[k].path, err)) {
                return false;
            }
        }
    }
    return true;
}

static void print_versions(FILE *stream)
{
    size_t count;
    const struct component *components = component_list(&count);
    fputs("; Made by 'optrender lock'. 'optrender verify' makes the outputs again and\n"
          "; compares.\n"
          "[optrender]\nversion = " PACKAGE_VERSION "\n", stream);
    for (size_t i = 0; i < count; i++) {
        char text[64];
        if (components[i].kinds && components[i].version(text, sizeof text)) {
            fprintf(stream, "%s = %s\n", components[i].name, text);
        }
    }
    char epoch[EPOCH_SIZE];
    if (epoch_text(epoch)) {
        fprintf(stream, EPOCH " = %s\n", epoch);
    }
}

static void print_settings(const struct request *request, FILE *stream)
{
    if (request->width_px) {
        fprintf(stream, "size = %dx%d\n", request->width_px, request->height_px);
    }
    if (request->dpi > 0) {
        char dpi[NUMBER_SIZE];
        number_print_shortest(dpi, request->dpi);
        fprintf(stream, "dpi = %s\n", dpi);
    }
    if (request->frame >= 0) {
        fprintf(stream, "frame = %ld\n", request->frame);
    }
    for (size_t i = 0; i < request->override_count; i++) {
        fprintf(stream, "set %zu = %s\n", i + 1, request->overrides[i]);
    }
}

static void print_request(const struct request *request, FILE *stream)
{
    fprintf(stream, "\n[preset %s]\n", request->preset_path);
    print_settings(request, stream);
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        struct error unknown;
        bool is_sequence = output->is_sequence;
        fprintf(stream, "\n[%s %s]\n", is_sequence ? "sequence" : "output", output->path);
        if (is_sequence) { /* names of presets may hold a % as well */
            fprintf(stream, "number_at = %zu\n", output->number_at);
        }
        if (format_by_path(output->path, &unknown) != output->format) {
            fprintf(stream, "format = %s\n", output->format->name);
        }
        for (size_t k = 0; k < FIELD_COUNT; k++) {
            const struct digest *digest = digest_of(&request->fingerprints[i], &fields[k]);
            if (digest->text[0]) {
                fprintf(stream, "%s = %s\n", fields[k].name, digest->text);
            }
        }
    }
}

/* The command line with the outputs that are locked when none are named. */
static struct cli with_outputs(const struct cli *cli)
{
    static const char *usual[] = {
#ifdef HAVE_VIDEO
        "{name}.mp4",
#endif
        "{name}.png"
    };
    struct cli complete = *cli;
    if (!cli->outputs.count) {
        complete.outputs = (struct words){ .items = usual,
                                           .count = sizeof usual / sizeof *usual };
    }
    return complete;
}

int lock_print(const struct cli *cli, FILE *stream, struct error *err)
{
    struct cli complete = with_outputs(cli);
    struct plan plan = { 0 };
    int status = 0;
    if (plan_init(&plan, &complete, err) && check_paths(&plan, err)) {
        struct batch_settings settings = settings_of(cli);
        want_fingerprints(&plan);
        status = batch_run(plan.requests, plan.count, &settings);
    }
    if (!err->kind && !status) {
        print_versions(stream);
        for (size_t i = 0; i < plan.count; i++) {
            print_request(&plan.requests[i], stream);
        }
    }
    plan_finish(&plan);
    return status;
}

/* --- reading */

/* One [preset PATH] and the [output PATH] and [sequence PATH] sections behind it. */
struct locked {
    struct place place;
    const char *path;
    struct words arguments; /* its settings as on a command line, read by cli_parse */
    struct cli cli;
    struct output *outputs;
    struct fingerprint *fingerprints; /* of the outputs when they were locked, */
    struct fingerprint *found;        /* and now */
    size_t output_count;
};

struct lock {
    struct report report;
    struct arena arena; /* arguments, outputs and fingerprints too */
    struct ini ini;
    const char *version;
    const char *epoch; /* SOURCE_DATE_EPOCH then; NULL: it was not set */
    struct component_version {
        const char *name, *version;
    } *versions;
    size_t version_count;
    struct locked *presets;
    size_t count, capacity;
};

static void add_argument(struct locked *locked, const char *argument)
{
    struct words *words = &locked->arguments;
    words->items = memory_grow(words->items, words->count, &words->capacity, sizeof *words->items);
    words->items[words->count++] = argument;
}

/* What follows the word in a section's title, or NULL. */
static const char *after_word(const char *title, const char *word)
{
    size_t length = strlen(word);
    return !strncmp(title, word, length) && title[length] == ' ' ? title + length + 1 : NULL;
}

static struct locked *last_locked(struct lock *lock)
{
    return lock->count ? &lock->presets[lock->count - 1] : NULL;
}

static void add_preset(struct lock *lock, const struct ini_section *section, const char *path)
{
    lock->presets = memory_grow(lock->presets, lock->count, &lock->capacity,
                                sizeof *lock->presets);
    struct locked *locked = &lock->presets[lock->count++];
    size_t most = lock->ini.section_count;
    *locked = (struct locked){
        .place = section->place,
        .path = path,
        .outputs = arena_new(&lock->arena, most, sizeof *locked->outputs),
        .fingerprints = arena_new(&lock->arena, most, sizeof *locked->fingerprints),
        .found = arena_new(&lock->arena, most, sizeof *locked->found),
    };
    add_argument(locked, "optrender");
    add_argument(locked, "lock");
}

static void add_output(struct lock *lock, const struct ini_section *section, const char *path,
                       bool is_sequence)
{
    struct locked *locked = last_locked(lock);
    struct error unknown;
    if (!locked) {
        report_error(&lock->report, section->place, "there is no [preset PATH] before it");
    } else {
        locked->outputs[locked->output_count++] = (struct output){
            .path = path,
            .format = format_by_path(path, &unknown),
            .is_sequence = is_sequence,
        };
    }
}

static bool is_digest(const char *text)
{
    return strlen(text) == sizeof((struct digest *)0)->text - 1
           && strspn(text, "0123456789abcdef") == strlen(text);
}

static void read_output_key(struct lock *lock, const struct ini_entry *entry)
{
    struct locked *locked = last_locked(lock);
    struct output *output = &locked->outputs[locked->output_count - 1];
    const char *value = entry->value.length ? entry->value.text : "";
    double number;
    if (!strcmp(entry->key, "format")) {
        output->format = format_by_name(value);
        return;
    }
    if (!strcmp(entry->key, "number_at") && number_parse(value, strlen(value), &number)
        && number >= 0 && number < (double)strlen(output->path)) {
        output->number_at = (size_t)number;
        return;
    }
    size_t i = 0;
    while (i < FIELD_COUNT && strcmp(fields[i].name, entry->key)) {
        i++;
    }
    if (i == FIELD_COUNT) {
        report_error(&lock->report, entry->place, "unknown key '%s' of an output",
                     words_shown(entry->key, strlen(entry->key)).text);
    } else if (!is_digest(value)) {
        report_error(&lock->report, entry->value.place, "not the 64 digits of a SHA-256 hash");
    } else {
        strcpy(digest_of(&locked->fingerprints[locked->output_count - 1], &fields[i])->text, value);
    }
}

static void read_preset_key(struct lock *lock, const struct ini_entry *entry)
{
    static const char *const names[] = { "size", "dpi", "frame" };
    const char *value = entry->value.length ? entry->value.text : "", *option = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        option = strcmp(names[i], entry->key) ? option : names[i];
    }
    if (!strncmp(entry->key, "set ", strlen("set "))) {
        option = "set";
    }
    if (!option) {
        report_error(&lock->report, entry->place, "unknown key '%s' of a preset",
                     words_shown(entry->key, strlen(entry->key)).text);
        return;
    }
    add_argument(last_locked(lock), arena_printf(&lock->arena, "--%s=%s", option, value));
}

static void read_version(struct lock *lock, const struct ini_entry *entry)
{
    const char *value = entry->value.length ? entry->value.text : "";
    if (!strcmp(entry->key, "version")) {
        lock->version = value;
    } else if (!strcmp(entry->key, EPOCH)) {
        lock->epoch = value;
    } else {
        lock->versions[lock->version_count++] = (struct component_version){ entry->key, value };
    }
}

/* What a section of a lock file is about. */
enum part { PART_VERSIONS, PART_PRESET, PART_OUTPUT, PART_SEQUENCE, PART_UNKNOWN };

static enum part part_of(const char *title, const char **path)
{
    static const char *const words[] = { [PART_PRESET] = "preset", [PART_OUTPUT] = "output",
                                         [PART_SEQUENCE] = "sequence" };
    for (enum part part = PART_PRESET; part < PART_UNKNOWN; part++) {
        if ((*path = after_word(title, words[part]))) {
            return part;
        }
    }
    return strcmp(title, "optrender") ? PART_UNKNOWN : PART_VERSIONS;
}

static void read_entry(struct lock *lock, enum part part, const struct ini_entry *entry)
{
    const struct locked *locked = last_locked(lock);
    if (part == PART_VERSIONS) {
        read_version(lock, entry);
    } else if (part == PART_PRESET) {
        read_preset_key(lock, entry);
    } else if (locked && locked->output_count) {
        read_output_key(lock, entry);
    }
}

/* Reads a section and moves over its entries; false when it is of another kind of file. */
static bool read_section(struct lock *lock, size_t index, size_t *entry)
{
    const struct ini_section *section = &lock->ini.sections[index];
    const char *path;
    enum part part = part_of(section->title, &path);
    if (part == PART_UNKNOWN) {
        return report_error(&lock->report, section->place,
                            "a lock file has no such section; 'optrender lock PRESET... >FILE' "
                            "makes one");
    }
    if (part == PART_PRESET) {
        add_preset(lock, section, path);
    } else if (part != PART_VERSIONS) {
        add_output(lock, section, path, part == PART_SEQUENCE);
    }
    for (; *entry < lock->ini.entry_count && lock->ini.entries[*entry].section == index;
         ++*entry) {
        read_entry(lock, part, &lock->ini.entries[*entry]);
    }
    return true;
}

/* Reads the settings as the command line would, and checks the outputs. */
static void settle_preset(struct lock *lock, struct locked *locked)
{
    struct error err = { 0 };
    add_argument(locked, "--");
    add_argument(locked, locked->path);
    if (!cli_parse(&locked->cli, (int)locked->arguments.count,
                   (char **)(void *)locked->arguments.items, &err)) {
        report_error(&lock->report, locked->place, "%s", err.text);
    }
    for (size_t i = 0; i < locked->output_count; i++) {
        const struct output *output = &locked->outputs[i];
        if (!output->format || (output->is_sequence && output->format->kind != FORMAT_BITMAP)) {
            report_error(&lock->report, locked->place, "the format of '%s' is unknown",
                         output->path);
        } else if (output->is_sequence && !plan_is_number(output->path + output->number_at)) {
            report_error(&lock->report, locked->place, "no number_at tells where the number of "
                         "'%s' is", output->path);
        }
    }
}

static bool lock_read(struct lock *lock, const char *path, struct error *err)
{
    *lock = (struct lock){ .report.name = path };
    const struct source *source = source_read(path, LOCK_BYTES_MAX, &lock->arena, err);
    if (!source) {
        return error_context(err, "%s", path);
    }
    lock->ini = (struct ini){ .arena = &lock->arena, .report = &lock->report };
    if (source_check(source, &lock->report)) {
        ini_read(&lock->ini, source);
        ini_settle(&lock->ini);
    }
    lock->versions = arena_new(&lock->arena, lock->ini.entry_count, sizeof *lock->versions);
    bool is_lock = true;
    for (size_t i = 0, entry = 0; is_lock && i < lock->ini.section_count; i++) {
        is_lock = read_section(lock, i, &entry);
    }
    for (size_t i = 0; i < lock->count; i++) {
        settle_preset(lock, &lock->presets[i]);
    }
    if (!lock->report.errors && (!lock->version || !lock->count)) {
        report_error(&lock->report, (struct place){ 0 },
                     "not a lock file; 'optrender lock PRESET... >FILE' makes one");
    }
    return !lock->report.errors || error_set(err, ERROR_PRESET, "%s", "");
}

static void lock_finish(struct lock *lock)
{
    for (size_t i = 0; i < lock->count; i++) {
        cli_finish(&lock->presets[i].cli);
        free(lock->presets[i].arguments.items);
    }
    free(lock->presets);
    ini_finish(&lock->ini);
    arena_finish(&lock->arena);
    report_finish(&lock->report);
}

/* --- comparing */

static bool same(const struct digest *a, const struct digest *b)
{
    return !strcmp(a->text, b->text);
}

/* The first layer that changed; what lies below it is a consequence. */
static unsigned layer_of(const struct format *format, const struct fingerprint *old,
                         const struct fingerprint *new)
{
    if (format->kind == FORMAT_DATA) {
        return same(&old->paths, &new->paths) ? LAYER_FILE : LAYER_PATHS;
    }
    if (!same(&old->drawn, &new->drawn)) {
        return LAYER_DRAWN | (same(&old->paths, &new->paths) ? 0 : LAYER_PATHS);
    }
    return format->decode && !same(&old->decoded, &new->decoded) ? LAYER_DECODED : LAYER_FILE;
}

static const char *what_drifted(const struct format *format, unsigned layers)
{
    if (format->kind == FORMAT_DATA) {
        return layers & LAYER_PATHS ? "other numbers or labels" : "the same numbers in another file";
    }
    return layers & LAYER_DRAWN     ? "another picture"
           : layers & LAYER_DECODED ? "the same picture, encoded in another way"
                                    : "the same picture in another file";
}

static const char *locked_version(const struct lock *lock, const char *name)
{
    for (size_t i = 0; i < lock->version_count; i++) {
        if (!strcmp(lock->versions[i].name, name)) {
            return lock->versions[i].version;
        }
    }
    return NULL;
}

/* Whether the program and its libraries are those that the lock file tells of: what
 * they made once they would make again. */
static bool same_versions(const struct lock *lock)
{
    size_t count;
    const struct component *components = component_list(&count);
    bool good = !strcmp(lock->version, PACKAGE_VERSION);
    for (size_t i = 0; good && i < count; i++) {
        char text[64];
        const char *old = locked_version(lock, components[i].name);
        bool is_there = components[i].kinds && components[i].version(text, sizeof text);
        good = is_there ? old && !strcmp(old, text) : !old;
    }
    return good;
}

static const char *add_reason(const char *reasons, const char *reason, struct arena *arena)
{
    return arena_printf(arena, "%s%s%s", reasons, *reasons ? ", " : "", reason);
}

/* "cairo 1.16.0 is now 1.18.0, ..." of what can change these layers of the format. */
static const char *changed_versions(const struct lock *lock, const struct format *format,
                                    unsigned layers, const char *reasons, struct arena *arena)
{
    size_t count;
    const struct component *components = component_list(&count);
    if (strcmp(lock->version, PACKAGE_VERSION)) {
        reasons = add_reason(reasons, arena_printf(arena, "optrender %s is now %s", lock->version,
                                                   PACKAGE_VERSION), arena);
    }
    for (size_t i = 0; i < count; i++) {
        char text[64];
        const char *old = locked_version(lock, components[i].name);
        if (old && components[i].kinds & 1u << format->kind && components[i].layers & layers
            && components[i].version(text, sizeof text) && strcmp(old, text)) {
            reasons = add_reason(reasons, arena_printf(arena, "%s %s is now %s",
                                                       components[i].name, old, text), arena);
        }
    }
    return reasons;
}

/* Of formats that hold a date. */
static const char *changed_date(const struct lock *lock, const struct format *format,
                                const char *reasons, struct arena *arena)
{
    char now[EPOCH_SIZE];
    const char *old = lock->epoch ? lock->epoch : "not set";
    const char *new = epoch_text(now) ? now : "not set";
    if (!format->is_dated || !strcmp(old, new)) {
        return reasons;
    }
    return add_reason(reasons, arena_printf(arena, EPOCH " %s is now %s", old, new), arena);
}

static const char *why_drifted(const struct lock *lock, const struct format *format,
                               const struct fingerprint *old, const struct fingerprint *new,
                               struct arena *arena)
{
    const char *reasons = "";
    unsigned layers = layer_of(format, old, new);
    bool same_source = same(&old->source, &new->source);
    if (!same_source) {
        reasons = add_reason(reasons, "the preset is another one", arena);
    }
    reasons = changed_versions(lock, format, layers, reasons, arena);
    reasons = changed_date(lock, format, reasons, arena);
    if (same_source && !same(&old->paths, &new->paths)) {
        reasons = add_reason(reasons, "the same preset gives other paths", arena);
    }
    return *reasons ? reasons
                    : "nothing that is recorded changed: another build of the same version?";
}

/* Prints one line and returns whether it drifted. */
static bool compare(const struct lock *lock, const struct output *output,
                    const struct fingerprint *old, const struct fingerprint *new, bool quiet,
                    FILE *stream)
{
    struct arena arena = { 0 };
    bool is_same = same(&old->file, &new->file);
    if (!is_same) {
        fprintf(stream, "%s: drifted: %s: %s\n", output->path,
                what_drifted(output->format, layer_of(output->format, old, new)),
                why_drifted(lock, output->format, old, new, &arena));
    } else if (new->is_damaged) {
        fprintf(stream, "%s: drifted: the file in its place was changed since it was made\n",
                output->path);
    } else if (!quiet) {
        fprintf(stream, "%s: as locked\n", output->path);
    }
    arena_finish(&arena);
    return !is_same || new->is_damaged;
}

/* Compares what could be made. */
static int compare_all(const struct lock *lock, const struct request *requests, bool quiet,
                       FILE *stream)
{
    size_t outputs = 0, missing = 0, drifted = 0;
    for (size_t i = 0; i < lock->count; i++) {
        for (size_t k = 0; k < requests[i].output_count; k++) {
            const struct fingerprint *new = &requests[i].fingerprints[k];
            bool is_made = new->file.text[0];
            outputs++;
            missing += !is_made;
            drifted += is_made
                       && compare(lock, &requests[i].outputs[k],
                                  &lock->presets[i].fingerprints[k], new, quiet, stream);
        }
    }
    fflush(stream); /* before what sums it up */
    if (drifted || !quiet) {
        fprintf(stderr, "optrender: %zu of %zu outputs drifted", drifted, outputs);
        if (missing) {
            fprintf(stderr, ", %zu could not be made; paths are relative to the folder in which "
                    "they were locked", missing);
        }
        fputc('\n', stderr);
    }
    return drifted ? ERROR_RENDER : 0;
}

static struct request request_of(const struct locked *locked, bool is_quick)
{
    struct request request = { .preset_path = locked->path,
                               .outputs = locked->outputs,
                               .output_count = locked->output_count,
                               .fingerprints = locked->found,
                               .expected = is_quick ? locked->fingerprints : NULL };
    plan_settings(&request, &locked->cli);
    return request;
}

int lock_verify(const struct cli *cli, FILE *stream, struct error *err)
{
    struct lock lock;
    int status = 0;
    if (lock_read(&lock, cli->operands.items[0], err)) {
        struct request *requests = memory_new(lock.count, sizeof *requests);
        bool is_quick = cli->quick && same_versions(&lock);
        for (size_t i = 0; i < lock.count; i++) {
            requests[i] = request_of(&lock.presets[i], is_quick);
        }
        struct batch_settings settings = settings_of(cli);
        status = batch_run(requests, lock.count, &settings);
        int drift = status == ERROR_INTERRUPTED
                        ? 0 : compare_all(&lock, requests, cli->quiet, stream);
        status = status ? status : drift;
        free(requests);
    } else if (!err->text[0]) {
        report_print(&lock.report, stderr, batch_color());
        err->kind = ERROR_NONE;
        status = ERROR_PRESET;
    }
    lock_finish(&lock);
    return status;
}
