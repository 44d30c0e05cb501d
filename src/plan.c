#define _XOPEN_SOURCE 700 /* realpath */

#include "plan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/suggest.h"
#include "load/preset.h"
#include "operands.h"
#include "write/outfile.h"

static bool is_folder(const char *path)
{
    struct stat info;
    return path[strlen(path) - 1] == '/' || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
}

/* The text with every {name} replaced. */
static char *fill_in(struct arena *arena, const char *text, const char *name)
{
    char *filled = arena_copy(arena, "", 0);
    const char *mark;
    while ((mark = strstr(text, "{name}"))) {
        filled = arena_printf(arena, "%s%.*s%s", filled, (int)(mark - text), text, name);
        text = mark + strlen("{name}");
    }
    return arena_printf(arena, "%s%s", filled, text);
}

bool plan_check_link(const char *path, struct error *err)
{
    return !path_link_leads_out(path)
           || error_set(err, ERROR_USAGE, "the output '%s' is, or is behind, a link to outside of "
                        "its folder, which is not followed; remove it, or name what it leads to",
                        path);
}

bool plan_is_number(const char *text)
{
    bool padded = text[0] == '%' && text[1] == '0' && text[2] >= '1' && text[2] <= '9';
    return text[0] == '%' && text[padded ? 3 : 1] == 'd';
}

/* Where a name stands for a numbered sequence, at its one %; NULL when there is none. */
static const char *find_number(const char *name)
{
    const char *percent = strchr(name, '%');
    if (!percent || strchr(percent + 1, '%')) {
        return NULL;
    }
    return plan_is_number(percent) ? percent : NULL;
}

/* What --format names, in its order. */
struct given {
    const struct format **formats;
    size_t count;
};

static bool unknown_format(const char *name, struct error *err)
{
    size_t count;
    const struct format *const *formats = format_list(&count);
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&near, formats[i]->name);
    }
    char hint[80];
    suggestion_text(&near, hint, sizeof hint);
    char known[256];
    format_names(known, sizeof known);
    return error_set(err, ERROR_USAGE, "--format '%s': unknown format%s (known: %s)", name, hint,
                     known);
}

static bool find_formats(const char *names, struct given *given, struct arena *arena,
                         struct error *err)
{
    given->formats = arena_new(arena, names ? strlen(names) + 1 : 1, sizeof *given->formats);
    while (names) {
        size_t length = strcspn(names, ",");
        const char *name = arena_copy(arena, names, length);
        names = names[length] ? names + length + 1 : NULL;
        const struct format *format = format_by_name(name);
        if (!format) {
            return unknown_format(name, err);
        }
        for (size_t i = 0; i < given->count; i++) {
            if (given->formats[i] == format) {
                return error_set(err, ERROR_USAGE, "--format names %s twice", format->name);
            }
        }
        given->formats[given->count++] = format;
    }
    return true;
}

static void add_folder(struct plan *plan, char *path)
{
    struct words *folders = &plan->folders;
    if (!folders->count || strcmp(folders->items[folders->count - 1], path)) {
        words_add(folders, path);
    }
}

/* One file of one preset, named as typed; given is the format for a name that
 * tells none, NULL when there is none. */
static bool output_init(struct output *output, struct plan *plan, const char *typed,
                        const char *name, const struct format *given, struct error *err)
{
    if (!strcmp(typed, "-")) {
        *output = (struct output){ .path = typed, .format = given };
        return given || error_set(err, ERROR_USAGE, "-o -: standard output needs --format");
    }
    bool folder = is_folder(typed);
    bool several = folder || strstr(typed, "{name}");
    if (folder) {
        const char *slash = typed[strlen(typed) - 1] == '/' ? "" : "/";
        typed = arena_printf(&plan->arena, "%s%s{name}.%s", typed, slash,
                             given ? given->name : "mp4");
    }
    /* A % in a folder's or preset's name is only a character. */
    const char *number = folder ? NULL : find_number(path_name(typed));
    const char *before = number ? arena_copy(&plan->arena, typed, (size_t)(number - typed)) : "";
    output->number_at = strlen(fill_in(&plan->arena, before, name));
    output->path = fill_in(&plan->arena, typed, name);
    struct error unknown = { 0 };
    output->format = format_by_path(output->path, &unknown);
    if (!output->format && !(output->format = given)) {
        *err = unknown;
        return false;
    }
    if (several && !plan_check_link(output->path, err)) {
        return false;
    }
    output->is_sequence = number && output->format->kind == FORMAT_BITMAP;
    const char *file = path_name(output->path);
    if (file != output->path && (several || output->is_sequence)) {
        add_folder(plan, arena_copy(&plan->arena, output->path, (size_t)(file - output->path)));
    }
    return true;
}

/* The files of one -o: a folder gets one of each given format. */
static bool add_outputs(struct output *outputs, size_t *count, struct plan *plan,
                        const char *typed, const struct given *given, const char *name,
                        struct error *err)
{
    size_t files = strcmp(typed, "-") && is_folder(typed) && given->count ? given->count : 1;
    for (size_t i = 0; i < files; i++) {
        const struct format *format = given->count ? given->formats[i] : NULL;
        struct output *output = &outputs[(*count)++];
        if (!output_init(output, plan, typed, name, format, err)) {
            return false;
        }
        struct error none = { 0 };
        if (files < given->count && !format_by_path(output->path, &none)) {
            return error_set(err, ERROR_USAGE, "-o %s takes one format; several want a folder, "
                             "such as -o out/", typed);
        }
    }
    return true;
}

void plan_settings(struct request *request, const struct cli *cli)
{
    request->overrides = cli->overrides.items;
    request->override_count = cli->overrides.count;
    request->width_px = cli->width_px;
    request->height_px = cli->height_px;
    request->dpi = cli->dpi;
    request->frame = cli->frame;
    request->embed = cli->embed;
    request->force = cli->force;
}

static bool request_init(struct request *request, struct plan *plan, const struct cli *cli,
                         const struct given *given, struct error *err)
{
    plan_settings(request, cli);
    size_t each = given->count ? given->count : 1;
    struct output *outputs = arena_new(&plan->arena, cli->outputs.count * each, sizeof *outputs);
    request->outputs = outputs;
    const char *name = preset_base_name(&plan->arena, request->preset_path);
    for (size_t i = 0; i < cli->outputs.count; i++) {
        if (!add_outputs(outputs, &request->output_count, plan, cli->outputs.items[i], given,
                         name, err)) {
            return false;
        }
    }
    return true;
}

/* Whether one of the outputs can stand in another page. */
static bool has_part(const struct request *request)
{
    for (size_t i = 0; i < request->output_count; i++) {
        if (request->outputs[i].format->embeds) {
            return true;
        }
    }
    return false;
}

static bool makes(const struct request *request, const struct format *format)
{
    for (size_t i = 0; i < request->output_count; i++) {
        if (request->outputs[i].format == format) {
            return true;
        }
    }
    return false;
}

/* --frame and all frames exclude each other; --format has to mean something; a terminal is no
 * place for a film. */
static bool check_formats(const struct request *request, const struct cli *cli,
                          const struct given *given, struct error *err)
{
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        if (cli->frame >= 0 && output_has_frames(output)) {
            return error_set(err, ERROR_USAGE, "--frame wants single pictures; '%s' is %s",
                             output->path,
                             output->is_sequence ? "a sequence" : output->format->name);
        }
        if (!strcmp(output->path, "-") && output->format->kind != FORMAT_DATA
            && isatty(STDOUT_FILENO)) {
            return error_set(err, ERROR_USAGE, "-o -: %s is not for a terminal; send it to a file",
                             output->format->name);
        }
    }
    if (cli->embed && request->output_count && !has_part(request)) {
        return error_set(err, ERROR_USAGE, "--embed is about html, which '%s' is not",
                         request->outputs[0].path);
    }
    for (size_t i = 0; request->output_count && i < given->count; i++) {
        if (!makes(request, given->formats[i])) {
            return error_set(err, ERROR_USAGE, "--format '%s': the extension of '%s' says %s",
                             given->formats[i]->name, request->outputs[0].path,
                             request->outputs[0].format->name);
        }
    }
    return true;
}

/* What tells one file from another, however its path is spelled. */
static const char *identity(struct arena *arena, const char *path)
{
    char *real = strcmp(path, "-") ? realpath(path, NULL) : NULL;
    const char *name = path_name(path), *result = path;
    if (real) {
        result = arena_copy(arena, real, strlen(real));
    } else if (strcmp(path, "-")) {
        const char *folder = arena_copy(arena, path, (size_t)(name - path));
        real = realpath(*folder ? folder : ".", NULL);
        result = real ? arena_printf(arena, "%s/%s", real, name) : path;
    }
    free(real);
    return result;
}

/* A file that the run reads or writes. */
struct file_claim {
    const char *identity;
    const char *path;
    const char *preset; /* that it is made from; NULL: it is a preset itself */
    bool is_found;      /* as a preset in a folder */
};

/* Stands for all presets. */
static const char DEPS[] = "--deps";

/* A hash table, since a batch may have thousands of files: every claim is at the
 * first free place from its identity's on. At most half of the places are taken. */
struct claims {
    struct file_claim *places;
    size_t count, capacity; /* a power of two */
};

/* FNV-1a */
static size_t hash_of_name(const char *text)
{
    uint64_t value = 14695981039346656037u;
    for (; *text; text++) {
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    }
    return (size_t)(value ^ value >> 32);
}

static void claims_put(struct claims *claims, const struct file_claim *claim)
{
    size_t at = hash_of_name(claim->identity);
    while (claims->places[at & (claims->capacity - 1)].path) {
        at++;
    }
    claims->places[at & (claims->capacity - 1)] = *claim;
    claims->count++;
}

static void claims_grow(struct claims *claims)
{
    struct claims larger = { .capacity = claims->capacity ? 2 * claims->capacity : 64 };
    larger.places = memory_new(larger.capacity, sizeof *larger.places);
    for (size_t i = 0; i < claims->capacity; i++) {
        if (claims->places[i].path) {
            claims_put(&larger, &claims->places[i]);
        }
    }
    free(claims->places);
    *claims = larger;
}

/* A folder may hold links between its presets as well as copies: each has its own outputs. */
static bool is_alias(const struct file_claim *old, const struct file_claim *new)
{
    return old->is_found && new->is_found && strcmp(path_name(old->path), path_name(new->path));
}

static bool claim_clash(const struct file_claim *old, const struct file_claim *new,
                        struct error *err)
{
    if (!new->preset) {
        return error_set(err, ERROR_USAGE, "the preset '%s' is given twice", new->path);
    }
    if (!strcmp(new->preset, DEPS)) {
        return error_set(err, ERROR_USAGE, "--deps '%s' is also %s", new->path,
                         old->preset ? "an output" : "a preset");
    }
    if (!old->preset) {
        return error_set(err, ERROR_USAGE, "'%s' would overwrite the preset '%s'", new->path,
                         old->path);
    }
    if (!strcmp(old->preset, new->preset)) {
        return error_set(err, ERROR_USAGE, "'%s' is asked for twice", new->path);
    }
    bool same_name = !strcmp(path_name(old->preset), path_name(new->preset));
    return error_set(err, ERROR_USAGE, "'%s' and '%s' would both be written to '%s'; %s",
                     old->preset, new->preset, new->path,
                     same_name ? "as they are called alike, render them into two folders"
                               : "give each its own name: a folder 'out/', or {name} in the name");
}

static bool claim_add(struct claims *claims, struct arena *arena, struct file_claim claim,
                      struct error *err)
{
    if (!strcmp(claim.path, "/dev/stdout")) {
        claim.path = "-";
    }
    claim.identity = identity(arena, claim.path);
    bool standard = !strcmp(claim.path, "-");
    if (2 * claims->count >= claims->capacity) {
        claims_grow(claims);
    }
    for (size_t at = hash_of_name(claim.identity);; at++) {
        const struct file_claim *old = &claims->places[at & (claims->capacity - 1)];
        if (!old->path) {
            break;
        }
        /* Standard input is not standard output. */
        if (!strcmp(old->identity, claim.identity)
            && !(standard && !old->preset != !claim.preset)) {
            return is_alias(old, &claim) || claim_clash(old, &claim, err);
        }
    }
    claims_put(claims, &claim);
    return true;
}

/* What make takes for more than a name, however it is quoted. */
static bool check_make(const char *path, struct error *err)
{
    return (!strpbrk(path, "%:\n") && strcmp(path, "-"))
           || error_set(err, ERROR_USAGE, "--deps: make cannot hold the name '%s'%s", path,
                        strcmp(path, "-") ? ", for its '%', ':' or end of a line" : "");
}

static bool check_deps(const struct request *request, struct error *err)
{
    if (!check_make(request->preset_path, err)) {
        return false;
    }
    for (size_t i = 0; i < request->output_count; i++) {
        if (request->outputs[i].is_sequence) {
            return error_set(err, ERROR_USAGE, "--deps cannot name the files of the sequence '%s'",
                             request->outputs[i].path);
        }
        if (!check_make(request->outputs[i].path, err)) {
            return false;
        }
    }
    return true;
}

/* Whether an output is a preset under another name, a hard link or what standard input
 * was opened as. Other files may be linked: an output replaces its own name only. */
static bool check_links(const struct plan *plan, const char *path, struct error *err)
{
    struct stat output, preset;
    if (!strcmp(path, "-") || stat(path, &output) || !S_ISREG(output.st_mode)) {
        return true;
    }
    for (size_t i = 0; i < plan->count; i++) {
        const char *name = plan->requests[i].preset_path;
        bool is_input = !strcmp(name, "-");
        if (!is_input && output.st_nlink < 2) {
            continue;
        }
        if (!(is_input ? fstat(STDIN_FILENO, &preset) : stat(name, &preset))
            && preset.st_dev == output.st_dev && preset.st_ino == output.st_ino) {
            return error_set(err, ERROR_USAGE, "'%s' would overwrite the preset '%s'", path, name);
        }
    }
    return true;
}

static bool check_files(struct plan *plan, const char *deps, struct error *err)
{
    struct claims claims = { 0 };
    bool good = true;
    for (size_t i = 0; good && i < plan->count; i++) {
        const struct request *request = &plan->requests[i];
        struct file_claim claim = { .path = request->preset_path, .is_found = request->is_found };
        good = request->refusal || claim_add(&claims, &plan->arena, claim, err);
    }
    for (size_t i = 0; good && i < plan->count; i++) {
        const struct request *request = &plan->requests[i];
        for (size_t k = 0; good && k < request->output_count; k++) {
            struct file_claim claim = { .path = request->outputs[k].path,
                                        .preset = request->preset_path };
            good = claim_add(&claims, &plan->arena, claim, err)
                   && check_links(plan, claim.path, err);
        }
    }
    for (size_t i = 0; good && deps && i < plan->count; i++) {
        good = check_deps(&plan->requests[i], err);
    }
    if (good && deps) {
        struct file_claim claim = { .path = deps, .preset = DEPS };
        good = claim_add(&claims, &plan->arena, claim, err);
    }
    free(claims.places);
    return good;
}

static bool missing_output(struct plan *plan, struct error *err)
{
    if (plan->count > 1) {
        return error_set(err, ERROR_USAGE, "where to? add -o out/ for a film of each preset");
    }
    return error_set(err, ERROR_USAGE, "where to? add -o %s.mp4",
                     preset_base_name(&plan->arena, plan->requests[0].preset_path));
}

static bool add_requests(struct plan *plan, const struct words *operands, struct error *err)
{
    struct preset_operands presets = { 0 };
    bool good = operands_expand(operands, &presets, &plan->arena, err);
    plan->count = presets.count;
    plan->requests = arena_new(&plan->arena, plan->count, sizeof *plan->requests);
    for (size_t i = 0; i < plan->count; i++) {
        const struct preset_operand *preset = &presets.items[i];
        plan->requests[i] = (struct request){ .preset_path = preset->path,
                                              .refusal = preset->refusal,
                                              .is_found = preset->is_found };
    }
    free(presets.items);
    return good;
}

bool plan_init(struct plan *plan, const struct cli *cli, struct error *err)
{
    struct given given = { 0 };
    if (!add_requests(plan, &cli->operands, err)
        || !find_formats(cli->format, &given, &plan->arena, err)) {
        return false;
    }
    if (cli->command == COMMAND_RENDER && !cli->outputs.count) {
        return missing_output(plan, err);
    }
    for (size_t i = 0; i < plan->count; i++) {
        struct request *request = &plan->requests[i];
        if (!request_init(request, plan, cli, &given, err)
            || !check_formats(request, cli, &given, err)) {
            return false;
        }
    }
    return check_files(plan, cli->deps, err);
}

void plan_finish(struct plan *plan)
{
    free(plan->folders.items);
    arena_finish(&plan->arena);
    *plan = (struct plan){ 0 };
}

void plan_print(const struct plan *plan, FILE *stream)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct request *request = &plan->requests[i];
        for (size_t k = 0; k < request->output_count; k++) {
            fprintf(stream, "%s -> %s (%s)\n", request->preset_path, request->outputs[k].path,
                    request->outputs[k].format->name);
        }
    }
}

/* A path as make reads it: $ is doubled, blanks and # get a backslash, and so do
 * backslashes, but only in front of these. */
static char *quote_for_make(struct arena *arena, const char *path)
{
    char *quoted = arena_new(arena, 2 * strlen(path) + 1, 1), *end = quoted;
    size_t backslashes = 0; /* that came last */
    for (; *path; path++) {
        if (strchr(" \t#", *path)) {
            memset(end, '\\', backslashes + 1);
            end += backslashes + 1;
        } else if (*path == '$') {
            *end++ = '$';
        }
        backslashes = *path == '\\' ? backslashes + 1 : 0;
        *end++ = *path;
    }
    return quoted;
}

static void print_deps(const struct plan *plan, FILE *stream)
{
    struct arena arena = { 0 };
    for (size_t i = 0; i < plan->count; i++) {
        const struct request *request = &plan->requests[i];
        for (size_t k = 0; k < request->output_count; k++) {
            fprintf(stream, "%s%s", k ? " " : "",
                    quote_for_make(&arena, request->outputs[k].path));
        }
        fprintf(stream, ": %s\n", quote_for_make(&arena, request->preset_path));
        arena_reset(&arena);
    }
    arena_finish(&arena);
}

bool plan_write_deps(const struct plan *plan, const char *path, struct error *err)
{
    struct outfile file = { 0 };
    bool good = outfile_open(&file, path, err);
    if (good) {
        print_deps(plan, file.stream);
        good = outfile_complete(&file, err) && outfile_commit(&file, err);
    }
    outfile_discard(&file);
    return good;
}
