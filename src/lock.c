#include "lock.h"

#include <stdlib.h>
#include <string.h>

#include "base/epoch.h"
#include "base/memory.h"
#include "batch.h"
#include "confine.h"
#include "load/source.h"
#include "load/words.h"
#include "lock_file.h"
#include "plan.h"
#include "version.h"

/* Measures what the requests make, confined. Returns the exit status. */
static int take_fingerprints(const struct cli *cli, const struct request *requests, size_t count,
                             struct error *err)
{
    struct sandbox sandbox;
    struct batch_settings settings = { BATCH_FINGERPRINT, SUMMARY_NONE, cli->jobs, cli->progress,
                                       cli->quiet, cli->verbose, &sandbox };
    return confine_begin(&sandbox, cli, requests, count, false, err)
               ? batch_run(requests, count, &settings, err) : 0;
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
        want_fingerprints(&plan);
        status = take_fingerprints(cli, plan.requests, plan.count, err);
    }
    if (!err->kind && !status) {
        lock_file_print(plan.requests, plan.count, stream);
    }
    plan_finish(&plan);
    return status;
}

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
        return layers & LAYER_PATHS ? "other numbers or labels"
                                    : "the same numbers in another file";
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
        if (old && component_has_part(&components[i], format) && components[i].layers & layers
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
        fprintf(stream, "%s: drifted: the file in its place was changed since it was made; "
                "--force makes it again\n",
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
    if (lock_file_read(&lock, cli->operands.items[0], err)) {
        struct request *requests = memory_new(lock.count, sizeof *requests);
        bool is_quick = cli->quick && same_versions(&lock);
        for (size_t i = 0; i < lock.count; i++) {
            requests[i] = request_of(&lock.presets[i], is_quick);
        }
        status = take_fingerprints(cli, requests, lock.count, err);
        int drift = status == ERROR_INTERRUPTED || err->kind
                        ? 0 : compare_all(&lock, requests, cli->quiet, stream);
        status = status ? status : drift;
        free(requests);
    } else if (!err->text[0]) {
        report_print(&lock.report, stderr, batch_color());
        err->kind = ERROR_NONE;
        status = ERROR_PRESET;
    }
    lock_file_finish(&lock);
    return status;
}
