#include "confine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "folders.h"
#include "write/encoder.h"
#include "write/outfile.h"
#include "write/sink.h"

static void allow_preset(struct sandbox *sandbox, const char *path)
{
    if (!strcmp(path, "-")) {
        return;
    }
    sandbox_allow_read(sandbox, path);
    if (access(path, F_OK)) { /* the message names what is nearest in the folder */
        char *folder = path_folder(path);
        sandbox_allow_names(sandbox, folder);
        free(folder);
    }
}

/* A file is made under another name in its folder; what cannot be replaced is written to. */
static void allow_file(struct sandbox *sandbox, const char *path)
{
    char *folder = outfile_folder(path);
    if (folder) {
        sandbox_allow_files(sandbox, folder);
    } else {
        sandbox_allow_write(sandbox, path);
        sandbox_allow_files(sandbox, outfile_scratch_folder());
    }
    free(folder);
}

static void allow_request(struct sandbox *sandbox, const struct request *request, bool writes)
{
    if (!request->refusal) {
        allow_preset(sandbox, request->preset_path);
    }
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        if (request->fingerprints) {
            sandbox_allow_files(sandbox, outfile_scratch_folder());
        } else if (writes) {
            allow_file(sandbox, output->path);
        }
        if (output->is_sequence) { /* whatever pictures there are */
            char *folder = path_folder(output->path);
            sandbox_allow_read(sandbox, folder);
            free(folder);
        } else {
            sandbox_allow_read(sandbox, output->path);
        }
    }
}

/* A folder is removed through its parent. */
static void allow_removal(void *sandbox, const char *path)
{
    char *parent = path_folder(path);
    sandbox_allow_rmdir(sandbox, parent);
    free(parent);
}

bool confine_begin(struct sandbox *sandbox, const struct cli *cli, const struct request *requests,
                   size_t count, bool writes, struct error *err)
{
    if (!sandbox_init(sandbox, cli->sandbox, err)) {
        return false;
    }
    for (size_t i = 0; sandbox->is_on && i < count; i++) {
        allow_request(sandbox, &requests[i], writes);
    }
    if (sandbox->is_on && writes && cli->deps) {
        allow_file(sandbox, cli->deps);
    }
    if (sandbox->is_on) {
        folders_visit(allow_removal, sandbox);
    }
    return true;
}

/* MP4 and WebM are read by FFmpeg, which has to be loaded before. They may be called otherwise. */
static bool may_be_film(const char *path)
{
    struct error none;
    const struct format *format = format_by_path(path, &none);
    char begin[8] = "";
    struct stat info;
    FILE *file = !stat(path, &info) && S_ISREG(info.st_mode) ? fopen(path, "rb") : NULL;
    bool has_mark = file && fread(begin, 1, sizeof begin, file) == sizeof begin
                    && (!memcmp(begin + 4, "ftyp", 4) || !memcmp(begin, "\x1a\x45\xdf\xa3", 4));
    if (file) {
        fclose(file);
    }
    return has_mark || (format && format->needs_ffmpeg && format->record);
}

bool confine_to_file(const struct cli *cli, const char *path, struct error *err)
{
    struct sandbox sandbox;
    if (!sandbox_init(&sandbox, cli->sandbox, err)) {
        return false;
    }
    if (sandbox.is_on && may_be_film(path)) {
        struct error later; /* whoever reads it asks again */
        encoder_is_ready(&later);
    }
    sandbox_allow_read(&sandbox, path);
    return sandbox_enter(&sandbox, err);
}
