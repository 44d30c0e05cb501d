#include "lock_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/epoch.h"
#include "base/memory.h"
#include "base/number.h"
#include "load/keys.h"
#include "load/source.h"
#include "load/words.h"
#include "plan.h"
#include "version.h"

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
    if (request->embed) {
        fprintf(stream, "embed = yes\n");
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

void lock_file_print(const struct request *requests, size_t count, FILE *stream)
{
    print_versions(stream);
    for (size_t i = 0; i < count; i++) {
        print_request(&requests[i], stream);
    }
}

static void add_argument(struct locked *locked, const char *argument)
{
    assert(locked);
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
    assert(locked && locked->output_count);
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
        memcpy(digest_of(&locked->fingerprints[locked->output_count - 1], &fields[i])->text, value,
               sizeof(struct digest));
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
    if (!strcmp(entry->key, "embed") && !strcmp(value, "yes")) {
        add_argument(last_locked(lock), "--embed");
        return;
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

bool lock_file_read(struct lock *lock, const char *path, struct error *err)
{
    *lock = (struct lock){ .report.name = path };
    const struct source *source = source_read(path, LIMIT_LOCK_BYTES, &lock->arena, err);
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

void lock_file_finish(struct lock *lock)
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
