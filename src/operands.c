#include "operands.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/path.h"

static bool is_folder(const char *path)
{
    struct stat info;
    return strcmp(path, "-") && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_preset_name(const char *name)
{
    size_t length = strlen(name);
    return *name != '.' && length > 4 && !strcmp(name + length - 4, ".ini");
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(((const struct preset_operand *)a)->path,
                  ((const struct preset_operand *)b)->path);
}

static void add_preset(struct preset_operands *presets, const char *path, bool is_found,
                       const char *refusal)
{
    presets->items = memory_grow(presets->items, presets->count, &presets->capacity,
                                 sizeof *presets->items);
    presets->items[presets->count++] = (struct preset_operand){ path, is_found, refusal };
}

/* A stranger's folder is to show its own files, not what its links lead to elsewhere.
 * Who wants that names the file. A link to nothing is told of when it is read. */
static const char *refusal_of(const char *path)
{
    bool is_inside = !path_link_leads_out(path) || (access(path, F_OK) && errno == ENOENT);
    return is_inside ? NULL : "a link to outside of its folder, which is not followed; name the "
                              "file itself";
}

/* Nor is the folder itself to be one of theirs. */
static bool check_folder(const char *folder, struct error *err)
{
    return !path_link_leads_out(folder)
           || error_set(err, ERROR_USAGE, "'%s' is, or is behind, a link to outside of its folder, "
                        "which is not followed to a folder of presets; name the folder that it "
                        "leads to", folder);
}

/* Names of files are printed, and stand in outputs' names. */
static bool check_name(const char *folder, const char *name, struct error *err)
{
    for (const char *at = name; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 127) {
            return error_set(err, ERROR_USAGE, "the folder '%s' holds an *.ini file whose name has "
                             "control characters; rename or remove it", folder);
        }
    }
    return true;
}

/* What is a pipe, say, would be waited for. What is not there is told of when it is read. */
static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) || S_ISREG(info.st_mode);
}

static bool add_folder(const char *folder, struct preset_operands *presets,
                       struct arena *arena, struct error *err)
{
    size_t before = presets->count;
    if (!check_folder(folder, err)) {
        return false;
    }
    DIR *open = opendir(folder);
    if (!open) {
        return error_set(err, ERROR_USAGE, "cannot read the folder '%s': %s", folder,
                         strerror(errno));
    }
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(open));) {
        if (is_preset_name(entry->d_name)) {
            const char *path = arena_printf(arena, "%s%s%s", folder, slash, entry->d_name);
            const char *refusal = refusal_of(path);
            good = check_name(folder, entry->d_name, err);
            if (good && (refusal || is_file(path))) {
                add_preset(presets, path, true, refusal);
            }
        }
    }
    closedir(open);
    if (!good) {
        return false;
    }
    if (presets->count == before) {
        return error_set(err, ERROR_USAGE, "the folder '%s' holds no *.ini file; name a preset, "
                         "or write one: optrender new %s%sNAME.ini", folder, folder, slash);
    }
    qsort(presets->items + before, presets->count - before, sizeof *presets->items, by_bytes);
    return true;
}

bool operands_expand(const struct words *operands, struct preset_operands *presets,
                     struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < operands->count; i++) {
        const char *path = operands->items[i];
        if (!is_folder(path)) {
            add_preset(presets, path, false, NULL);
        } else if (!add_folder(path, presets, arena, err)) {
            return false;
        }
    }
    return true;
}
