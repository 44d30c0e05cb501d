#include "folders.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

/* Those that were made, children before parents. They are never freed, since a signal
 * handler may walk along them. */
struct folder {
    struct folder *parent; /* or one that was made before */
    char *path;
};
static _Atomic(struct folder *) made;

static bool make_one(const char *path, size_t length, struct error *err)
{
    char *copy = memory_new(length + 1, 1);
    memcpy(copy, path, length);
    struct stat info;
    if (mkdir(copy, 0777) == 0) {
        struct folder *folder = memory_new(1, sizeof *folder);
        *folder = (struct folder){ made, copy };
        made = folder;
        return true;
    }
    int reason = errno;
    bool exists = stat(copy, &info) == 0 && S_ISDIR(info.st_mode);
    if (!exists) {
        error_set(err, ERROR_RENDER, "cannot create the folder '%s': %s", copy, strerror(reason));
    }
    free(copy);
    return exists;
}

bool folders_make(const char *path, struct error *err)
{
    size_t length = 0;
    while (path[length]) {
        length += strspn(path + length, "/");
        length += strcspn(path + length, "/");
        if (!make_one(path, length, err)) {
            return false;
        }
        length += strspn(path + length, "/");
    }
    return true;
}

void folders_remove_made(void)
{
    for (const struct folder *folder = made; folder; folder = folder->parent) {
        rmdir(folder->path); /* fails, as it should, when it is not empty */
    }
}

void folders_visit(void (*visit)(void *context, const char *path), void *context)
{
    for (const struct folder *folder = made; folder; folder = folder->parent) {
        visit(context, folder->path);
    }
}
