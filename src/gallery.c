#include "gallery.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "batch.h"
#include "confine.h"
#include "folders.h"
#include "gallery_page.h"
#include "plan.h"
#include "write/outfile.h"

static const char INDEX[] = "index.html";

/* What is rendered: each preset for light pages, then each for dark ones. */
struct renderings {
    struct plan plans[2];
    size_t plan_count;
    struct request *requests; /* of all plans */
    size_t count;
};

/* The folder with its slash, in the arena; NULL after an error. */
static const char *folder_of(const struct cli *cli, struct arena *arena, struct error *err)
{
    if (cli->outputs.count != 1) {
        error_set(err, ERROR_USAGE, cli->outputs.count
                      ? "a gallery is one folder; give one -o"
                      : "where to? add -o gallery/ for a page of films in a folder");
        return NULL;
    }
    const char *folder = cli->outputs.items[0], *dot = strrchr(folder, '.');
    if (!strcmp(folder, "-") || strstr(folder, "{name}") || (dot && !strcmp(dot, ".html"))) {
        error_set(err, ERROR_USAGE, "-o %s: a gallery is a folder, such as gallery/", folder);
        return NULL;
    }
    bool has_slash = folder[strlen(folder) - 1] == '/';
    return arena_printf(arena, "%s%s", folder, has_slash ? "" : "/");
}

/* Whether the text is "figure.theme=...", blanks left out as who reads it does. */
static bool sets_theme(const char *override)
{
    const char *rest = "figure.theme=";
    for (; *rest; override++) {
        if (*override == *rest) {
            rest++;
        } else if (*override != ' ' && *override != '\t') {
            return false;
        }
    }
    return true;
}

/* A theme that was chosen is for dark pages as well. */
static bool has_theme(const struct cli *cli)
{
    for (size_t i = 0; i < cli->overrides.count; i++) {
        if (sets_theme(cli->overrides.items[i])) {
            return true;
        }
    }
    return false;
}

/* Plans a film and a still of each preset in the folder, with one more setting. */
static bool plan_renderings(struct plan *plan, const struct cli *cli, const char *folder,
                            const char *setting, struct error *err)
{
    struct cli rendering = *cli;
    rendering.command = COMMAND_RENDER;
    rendering.outputs = rendering.overrides = (struct words){ 0 };
    words_add(&rendering.outputs, arena_printf(&plan->arena, "%s{name}.mp4", folder));
    words_add(&rendering.outputs, arena_printf(&plan->arena, "%s{name}.png", folder));
    for (size_t i = 0; i < cli->overrides.count; i++) {
        words_add(&rendering.overrides, cli->overrides.items[i]);
    }
    if (setting) {
        words_add(&rendering.overrides, setting);
    }
    bool good = plan_init(plan, &rendering, err);
    const char **overrides = arena_new(&plan->arena, rendering.overrides.count + 1,
                                       sizeof *overrides);
    for (size_t i = 0; i < rendering.overrides.count; i++) {
        overrides[i] = rendering.overrides.items[i];
    }
    for (size_t i = 0; good && i < plan->count; i++) {
        plan->requests[i].overrides = overrides;
        plan->requests[i].is_poster = true;
        if (!strcmp(plan->requests[i].preset_path, "-")) {
            good = error_set(err, ERROR_USAGE, "a gallery reads its presets more than once, which "
                             "standard input cannot be; name files");
        }
    }
    free(rendering.outputs.items);
    free(rendering.overrides.items);
    return good;
}

static bool plan_all(struct renderings *all, const struct cli *cli, const char *folder,
                     struct error *err)
{
    all->plan_count = 1 + !has_theme(cli);
    if (!plan_renderings(&all->plans[0], cli, folder, NULL, err)) {
        return false;
    }
    const char *dark = arena_printf(&all->plans[0].arena, "%s" GALLERY_DARK, folder);
    if (all->plan_count > 1
        && !plan_renderings(&all->plans[1], cli, dark, "figure.theme=dark", err)) {
        return false;
    }
    /* A folder of presets may have changed between the plans. */
    size_t lights = all->plans[0].count, darks = all->plans[1].count;
    all->requests = memory_new(lights + darks, sizeof *all->requests);
    for (size_t i = 0; i < all->plan_count; i++) {
        const struct plan *plan = &all->plans[i];
        memcpy(all->requests + all->count, plan->requests, plan->count * sizeof *all->requests);
        all->count += plan->count;
    }
    for (size_t i = lights; i < all->count; i++) {
        const struct request *light = &all->requests[i - lights];
        bool is_same = i - lights < lights
                       && !strcmp(light->preset_path, all->requests[i].preset_path);
        all->requests[i].first = is_same ? light : NULL;
    }
    return true;
}

static bool make_folders(const struct renderings *all, struct error *err)
{
    bool good = true;
    for (size_t i = 0; i < all->plan_count; i++) {
        const struct words *folders = &all->plans[i].folders;
        for (size_t k = 0; good && k < folders->count; k++) {
            good = folders_make(folders->items[k], err);
        }
    }
    return good;
}

static bool write_index(const struct cli *cli, const struct renderings *all, const char *path,
                        struct error *err)
{
    struct outfile file;
    struct gallery gallery = { .title = cli->title, .requests = all->requests,
                               .count = all->plans[0].count, .has_dark = all->plan_count > 1,
                               .all_methods = cli->all_methods };
    bool good = outfile_open(&file, path, err) && gallery_print(&gallery, file.stream, err)
                && outfile_complete(&file, err) && outfile_commit(&file, err);
    outfile_discard(&file);
    if (good && !cli->quiet) {
        fprintf(stderr, "%s: a page of %zu film%s\n", path, gallery.count,
                gallery.count == 1 ? "" : "s");
    }
    return good;
}

/* Whether nothing is there to be lost, or the page of a gallery. What is no file is told
 * of by who opens it. */
static bool is_ours(const char *path)
{
    char head[512];
    struct stat status;
    bool is_file = !stat(path, &status) && S_ISREG(status.st_mode) && status.st_size;
    FILE *file = is_file ? fopen(path, "rb") : NULL;
    size_t size = file ? fread(head, 1, sizeof head - 1, file) : 0;
    head[size] = '\0';
    if (file) {
        fclose(file);
    }
    return !is_file || strstr(head, GALLERY_GENERATOR);
}

/* What cannot be written is told before anything is rendered. */
static bool try_index(const struct cli *cli, const char *path, struct error *err)
{
    if (!cli->force && !is_ours(path)) {
        return error_set(err, ERROR_RENDER, "%s: is no gallery's page; choose another folder, or "
                         "replace it with --force", path);
    }
    struct outfile file;
    bool good = outfile_open(&file, path, err);
    outfile_discard(&file);
    return good;
}

/* Renders, and writes the index when nothing failed. */
static int run(const struct cli *cli, const struct renderings *all, const char *index,
               struct error *err)
{
    struct sandbox sandbox = { 0 };
    struct batch_settings settings = { BATCH_RENDER, SUMMARY_NONE, cli->jobs, cli->progress,
                                       cli->quiet, cli->verbose, &sandbox };
    if (!plan_check_link(index, err) || !make_folders(all, err) || !try_index(cli, index, err)
        || !confine_begin(&sandbox, cli, all->requests, all->count, true, err)) {
        return 0;
    }
    int status = batch_run(all->requests, all->count, &settings, err);
    if (status == 0 && !err->kind) {
        write_index(cli, all, index, err);
    } else if (status != ERROR_INTERRUPTED) {
        fprintf(stderr, "%s: not written, as not everything was made\n", index);
    }
    return status;
}

int gallery_write(const struct cli *cli, struct error *err)
{
    struct arena arena = { 0 };
    struct renderings all = { 0 };
    int status = 0;
    const char *folder = folder_of(cli, &arena, err);
    if (folder && plan_all(&all, cli, folder, err)) {
        status = run(cli, &all, arena_printf(&arena, "%s%s", folder, INDEX), err);
    }
    folders_remove_made();
    for (size_t i = 0; i < all.plan_count; i++) {
        plan_finish(&all.plans[i]);
    }
    free(all.requests);
    arena_finish(&arena);
    return status;
}
