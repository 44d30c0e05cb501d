#define _GNU_SOURCE /* fopencookie */
#include "write/outfile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/path.h"
#include "write/temporary.h"

static const char *remedy(int cause)
{
    switch (cause) {
    case ENOSPC:
    case EDQUOT:
        return "; free some space or choose another folder";
    case EACCES:
    case EPERM:
    case EROFS:
        return "; change its permissions or choose another folder";
    case ENAMETOOLONG:
        return "; choose a shorter name";
    default:
        return "";
    }
}

static bool is_stdout(const char *path)
{
    return !strcmp(path, "-") || !strcmp(path, "/dev/stdout");
}

static bool fail(const char *path, int cause, struct error *err)
{
    const char *name = is_stdout(path) ? "standard output" : path;
    return error_set(err, ERROR_RENDER, "%s: cannot write: %s%s", name,
                     strerror(cause ? cause : EIO), remedy(cause));
}

/* The same of a temporary file that is not beside path, which gets a copy of it. */
static bool fail_elsewhere(const struct outfile *file, int cause, struct error *err)
{
    return error_set(err, ERROR_RENDER, "%s: cannot write a temporary file in %s: %s; TMPDIR may "
                     "name another folder", is_stdout(file->path) ? "standard output" : file->path,
                     outfile_scratch_folder(), strerror(cause ? cause : EIO));
}

static char *copy_text(const char *text, size_t length)
{
    char *copy = memory_new(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

/* What path names once links at its end are followed, to be freed; NULL with
 * errno when they lead in a circle. It need not exist. */
static char *follow(const char *path)
{
    char *name = copy_text(path, strlen(path));
    char link[PATH_MAX];
    for (int hops = 0; hops < 40; hops++) {
        ssize_t length = readlink(name, link, sizeof link);
        if (length < 0) {
            return name;
        }
        size_t folder = link[0] == '/' ? 0 : (size_t)(path_name(name) - name);
        char *next = memory_new(folder + (size_t)length + 1, 1);
        memcpy(next, name, folder);
        memcpy(next + folder, link, (size_t)length);
        free(name);
        name = next;
    }
    free(name);
    errno = ELOOP;
    return NULL;
}

static bool folder_exists(const char *folder, const char *path, struct error *err)
{
    struct stat status;
    if (stat(folder, &status) && (errno == ENOENT || errno == ENOTDIR)) {
        return error_set(err, ERROR_RENDER, "%s: cannot write: no such folder %s; make it first",
                         path, folder);
    }
    return true;
}

/* Writes all bytes. A signal ends it only when it is to end the program. */
static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0 && (errno != EINTR || interrupt_signal)) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Where the stream's bytes go. stdio would give up at a signal, and forget why. */
static ssize_t take_bytes(void *cookie, const char *bytes, size_t size)
{
    struct outfile *file = cookie;
    if (write_all(file->fd, bytes, size)) {
        return (ssize_t)size;
    }
    file->cause = file->cause ? file->cause : errno;
    return 0;
}

static FILE *open_stream(struct outfile *file)
{
    return fopencookie(file, "wb", (cookie_io_functions_t){ .write = take_bytes });
}

/* Linux has closed it even when a signal came. */
static bool close_descriptor(int fd)
{
    return !close(fd) || errno == EINTR;
}

/* Decides from what is at path whether it is replaced or gets a copy. */
static bool find_target(struct outfile *file, struct error *err)
{
    struct stat status;
    if (is_stdout(file->path)) {
        int flags = fcntl(STDOUT_FILENO, F_GETFL);
        bool is_closed = flags < 0 || (flags & O_ACCMODE) == O_RDONLY; /* or main.c's stand-in */
        return !is_closed || fail(file->path, EBADF, err);
    }
    size_t length = strlen(file->path);
    bool exists = !stat(file->path, &status);
    if (!length || file->path[length - 1] == '/' || (exists && S_ISDIR(status.st_mode))) {
        return error_set(err, ERROR_RENDER, "'%s' is a folder; name a file in it", file->path);
    }
    if (!exists && errno != ENOENT && errno != ENOTDIR) {
        return fail(file->path, errno, err);
    }
    if (exists && faccessat(AT_FDCWD, file->path, W_OK, AT_EACCESS)) {
        return fail(file->path, errno, err);
    }
    if (!exists || S_ISREG(status.st_mode)) {
        file->target = follow(file->path);
        return file->target || fail(file->path, errno, err);
    }
    return true;
}

char *outfile_folder(const char *path)
{
    struct stat status;
    bool is_special = is_stdout(path) || (!stat(path, &status) && !S_ISREG(status.st_mode));
    char *target = is_special ? NULL : follow(path);
    char *folder = target ? path_folder(target) : NULL;
    free(target);
    return folder;
}

const char *outfile_scratch_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}

/* What the temporary of an output is called after. */
static const char *base_of(const struct outfile *file)
{
    return file->target ? path_name(file->target) : "optrender";
}

static bool make_temporary(struct outfile *file, const char *folder, const char *base,
                           struct error *err)
{
    if (folder_exists(folder, file->path, err)) {
        temporary_sweep(folder);
        int fd = temporary_make(folder, base, &file->temporary);
        file->fd = fd < 0 ? 0 : fd;
        file->stream = file->fd ? open_stream(file) : NULL;
        if (!file->stream) {
            (void)(file->target ? fail(file->path, errno, err) : fail_elsewhere(file, errno, err));
        }
    }
    return file->stream;
}

static bool open_temporary(struct outfile *file, struct error *err)
{
    const char *scratch = outfile_scratch_folder();
    char *folder = file->target ? path_folder(file->target)
                                : copy_text(scratch, strlen(scratch));
    bool good = make_temporary(file, folder, base_of(file), err);
    free(folder);
    return good;
}

bool outfile_open(struct outfile *file, const char *path, struct error *err)
{
    *file = (struct outfile){ .path = copy_text(path, strlen(path)) };
    if (!find_target(file, err) || !open_temporary(file, err)) {
        outfile_discard(file);
        return false;
    }
    return true;
}

bool outfile_open_scratch(struct outfile *file, const char *path, struct error *err)
{
    *file = (struct outfile){ .path = copy_text(path, strlen(path)) };
    if (!open_temporary(file, err)) {
        outfile_discard(file);
        return false;
    }
    return true;
}

bool outfile_open_beside(struct outfile *file, const struct outfile *other, struct error *err)
{
    *file = (struct outfile){ .path = copy_text(other->path, strlen(other->path)) };
    char *folder = path_folder(other->temporary);
    bool good = make_temporary(file, folder, base_of(other), err);
    free(folder);
    if (!good) {
        outfile_discard(file);
    }
    return good;
}

/* The first cause, when it is known: what was tried since may have failed otherwise. */
static bool fail_writing(const struct outfile *file, struct error *err)
{
    bool is_elsewhere = file->temporary && !file->target;
    int cause = file->cause ? file->cause : errno;
    return is_elsewhere ? fail_elsewhere(file, cause, err) : fail(file->path, cause, err);
}

bool outfile_write(struct outfile *file, const void *bytes, size_t size, struct error *err)
{
    return fwrite(bytes, 1, size, file->stream) == size || fail_writing(file, err);
}

bool outfile_check(struct outfile *file, struct error *err)
{
    errno = 0;
    return (!fflush(file->stream) && !ferror(file->stream)) || fail_writing(file, err);
}

static bool copy_bytes(int from, int to)
{
    char bytes[65536];
    if (lseek(from, 0, SEEK_SET)) {
        return false;
    }
    for (;;) {
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got == 0) {
            return true;
        }
        if (got < 0 && errno == EINTR && !interrupt_signal) {
            continue;
        }
        if (got < 0 || !write_all(to, bytes, (size_t)got)) {
            return false;
        }
    }
}

/* Gives the complete temporary to a pipe, a device or standard output. */
static bool deliver(struct outfile *file)
{
    if (is_stdout(file->path)) {
        return copy_bytes(file->fd, STDOUT_FILENO);
    }
    int fd = open(file->path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    if (!copy_bytes(file->fd, fd)) {
        int cause = errno;
        close(fd);
        errno = cause;
        return false;
    }
    return close_descriptor(fd);
}

bool outfile_is_stream(const struct outfile *file)
{
    return !file->target;
}

static bool sync_file(int fd)
{
    int failed;
    do {
        failed = fsync(fd);
    } while (failed && errno == EINTR && !interrupt_signal);
    return !failed;
}

/* Closes the file, which may tell of a failure, but keeps its lock. */
static bool close_locked(struct outfile *file)
{
    int copy = fcntl(file->fd, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) {
        return false;
    }
    bool closed = close_descriptor(file->fd);
    file->fd = copy;
    return closed;
}

/* Makes the bytes last, with the older file's mode, and closes the file: after
 * that only the rename can fail. */
static bool settle(struct outfile *file)
{
    struct stat older;
    fclose(file->stream); /* is flushed, and the descriptor is ours */
    file->stream = NULL;
    return (stat(file->target, &older) || !fchmod(file->fd, older.st_mode & 07777))
           && sync_file(file->fd) && close_locked(file);
}

bool outfile_complete(struct outfile *file, struct error *err)
{
    file->complete = outfile_check(file, err)
                     && (!file->target || settle(file) || fail(file->path, errno, err));
    return file->complete;
}

/* The folder that path is in, to be synced, or -1. */
static int open_folder(const char *path)
{
    char *folder = path_folder(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return fd;
}

/* Puts the complete temporary over the target, and makes that last. File systems that
 * cannot sync a folder refuse; the file is in its place then all the same. */
static bool replace(struct outfile *file)
{
    int folder = open_folder(file->target); /* before: it needs memory */
    int failed = rename(file->temporary, file->target), cause = errno;
    if (!failed) {
        temporary_forget(file->temporary);
        file->temporary = NULL;
    }
    if (folder >= 0) {
        if (!failed) {
            fsync(folder);
        }
        close(folder);
    }
    errno = cause;
    return !failed;
}

bool outfile_commit(struct outfile *file, struct error *err)
{
    assert(file->complete);
    bool good = (file->target ? replace(file) : deliver(file)) || fail(file->path, errno, err);
    outfile_discard(file);
    return good;
}

void outfile_discard(struct outfile *file)
{
    if (file->stream) {
        fclose(file->stream);
    }
    if (file->temporary) {
        unlink(file->temporary);
        temporary_forget(file->temporary);
    }
    if (file->fd) {
        close(file->fd); /* unlocks it, so that comes last */
    }
    free(file->target);
    free(file->path);
    *file = (struct outfile){ 0 };
}
