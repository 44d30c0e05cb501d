#include "folders.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

static bool make_one(struct folders *folders, const char *path, size_t length, struct error *err)
{
    char *copy = memory_new(length + 1, 1);
    memcpy(copy, path, length);
    struct stat info;
    if (mkdir(copy, 0777) == 0) {
        folders->made = memory_grow(folders->made, folders->count, &folders->capacity,
                                    sizeof *folders->made);
        folders->made[folders->count++] = copy;
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

bool folders_make(struct folders *folders, const char *path, struct error *err)
{
    size_t length = 0;
    while (path[length]) {
        length += strspn(path + length, "/");
        length += strcspn(path + length, "/");
        if (!make_one(folders, path, length, err)) {
            return false;
        }
        length += strspn(path + length, "/");
    }
    return true;
}

void folders_finish(struct folders *folders)
{
    for (size_t i = folders->count; i-- > 0;) {
        rmdir(folders->made[i]); /* fails, as it should, when it is not empty */
        free(folders->made[i]);
    }
    free(folders->made);
    *folders = (struct folders){ 0 };
}
