#define _XOPEN_SOURCE 700 /* realpath */
#include "base/path.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_folder(const char *path)
{
    size_t length = (size_t)(path_name(path) - path);
    char *folder = memory_new(length + 2, 1);
    memcpy(folder, length ? path : ".", length ? length : 1);
    return folder;
}

/* Whether path is in the folder or is it; both are absolute and without links. */
static bool is_within(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return !strncmp(path, folder, length)
           && (length == 1 || path[length] == '/' || !path[length]);
}

static bool leads_out(const char *path)
{
    struct stat info;
    if (lstat(path, &info) || !S_ISLNK(info.st_mode)) {
        return false;
    }
    char *name = path_folder(path);
    char *folder = realpath(name, NULL), *target = realpath(path, NULL);
    bool is_out = !folder || !target || !is_within(target, folder);
    free(name);
    free(folder);
    free(target);
    return is_out;
}

bool path_link_leads_out(const char *path)
{
    bool is_out = false;
    char *begin = memory_new(strlen(path) + 1, 1);
    size_t length = 0;
    while (path[length] && !is_out) {
        length += strspn(path + length, "/");
        length += strcspn(path + length, "/");
        memcpy(begin, path, length); /* the rest stays zero */
        bool is_all = !path[length + strspn(path + length, "/")];
        is_out = (is_all || *path != '/') && leads_out(begin);
    }
    free(begin);
    return is_out;
}
