#include "write/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/memory.h"

/* What tells that a file is ours. */
static const char MARK[] = ".optrender-", DIGITS[] = "0123456789";

/* The names of the open temporary files. Who exchanges a name for NULL owns it
 * and may free it; a lock would not do, since a signal handler takes part. */
struct slot {
    _Atomic(char *) name;
    struct slot *next;
};
static _Atomic(struct slot *) slots;

/* Stands for the name of a file that may be made any moment. */
static char reserved[] = "";

/* Found before the file is made, since memory may end. */
static struct slot *reserve(void)
{
    for (struct slot *slot = slots; slot; slot = slot->next) {
        char *none = NULL;
        if (atomic_compare_exchange_strong(&slot->name, &none, reserved)) {
            return slot;
        }
    }
    struct slot *slot = memory_new(1, sizeof *slot);
    slot->name = reserved;
    slot->next = slots;
    while (!atomic_compare_exchange_weak(&slots, &slot->next, slot)) {
    }
    return slot;
}

void temporary_forget(char *path)
{
    for (struct slot *slot = slots; slot; slot = slot->next) {
        char *found = path;
        if (atomic_compare_exchange_strong(&slot->name, &found, NULL)) {
            free(path);
            return;
        }
    }
}

static atomic_int making;
static _Thread_local int mine; /* of those */
static atomic_bool ending;

void temporary_begin_making(sigset_t *signals)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, signals);
    making++;
    mine++;
    if (ending) {
        making--; /* and is never to begin */
        for (;;) {
            pause();
        }
    }
}

void temporary_end_making(const sigset_t *signals)
{
    int cause = errno;
    mine--;
    making--;
    pthread_sigmask(SIG_SETMASK, signals, NULL);
    errno = cause;
}

/* A busy disk may take long to make a file: it must not appear behind our back. This thread
 * may be making one itself when memory ends. */
void temporary_remove_all(void)
{
    const struct timespec moment = { .tv_nsec = 1000000 };
    ending = true;
    while (making > mine) {
        nanosleep(&moment, NULL);
    }
    for (struct slot *slot = slots; slot; slot = slot->next) {
        const char *name = atomic_exchange(&slot->name, NULL);
        if (name && name != reserved) {
            unlink(name);
        }
    }
}

static int open_new(const char *name)
{
    int fd;
    do { /* the kernel applies the umask, which mkstemp would not leave to it */
        fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (fd < 0 && errno == EINTR && !interrupt_signal);
    return fd;
}

/* Says that its process is alive. False when another one had the lock in between and has
 * removed the file, or is about to. File systems without locks are no obstacle: nobody
 * can lock, and so remove, a file there. */
static bool claim(int fd)
{
    struct stat status;
    if (flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
        return false;
    }
    return fstat(fd, &status) || status.st_nlink > 0;
}

int temporary_make(const char *folder, const char *base, char **path)
{
    enum { BASE_MAX = 200, TRIES = 10000 }; /* names may be 255 bytes long */
    size_t size = strlen(folder) + BASE_MAX + 64;
    char *name = memory_new(size, 1);
    struct slot *slot = reserve();
    sigset_t signals;
    int fd = -1;
    temporary_begin_making(&signals);
    for (int i = 0; i < TRIES && fd < 0 && (i == 0 || errno == EEXIST); i++) {
        snprintf(name, size, "%s/.%.*s%s%ld-%d", folder, BASE_MAX, base, MARK, (long)getpid(), i);
        fd = open_new(name);
        if (fd >= 0 && !claim(fd)) {
            close(fd);
            fd = -1;
            errno = EEXIST;
        }
    }
    if (fd >= 0) {
        *path = name;
        slot->name = name;
    } else {
        int cause = errno;
        slot->name = NULL;
        free(name);
        errno = cause;
    }
    temporary_end_making(&signals);
    return fd;
}

/* .NAME.optrender-PID-N */
static bool is_called_ours(const char *name)
{
    const char *mark = NULL;
    for (const char *at = name; (at = strstr(at, MARK)); at++) {
        mark = at;
    }
    if (name[0] != '.' || !mark) {
        return false;
    }
    const char *process = mark + strlen(MARK);
    size_t length = strspn(process, DIGITS);
    if (!length || process[length] != '-') {
        return false;
    }
    const char *number = process + length + 1;
    return *number && !number[strspn(number, DIGITS)];
}

static bool is_there(int folder, const char *name, struct stat *status)
{
    return !fstatat(folder, name, status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status->st_mode)
           && status->st_uid == geteuid();
}

/* Only who has the lock removes a file, and looks once more whether the name still is
 * that file's: another one may have been faster, and the name new. */
static void remove_if_left(int folder, const char *name)
{
    struct stat status, locked;
    if (!is_there(folder, name, &status)) {
        return;
    }
    int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (!flock(fd, LOCK_EX | LOCK_NB) && !fstat(fd, &locked) && is_there(folder, name, &status)
        && status.st_dev == locked.st_dev && status.st_ino == locked.st_ino) {
        unlinkat(folder, name, 0);
    }
    close(fd);
}

static void sweep(const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;
    while (stream && (entry = readdir(stream))) {
        if (is_called_ours(entry->d_name)) {
            remove_if_left(dirfd(stream), entry->d_name);
        }
    }
    if (stream) {
        closedir(stream);
    }
}

/* A film of numbered pictures opens thousands in one folder. */
static bool is_new(const char *folder)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct known {
        struct known *next;
        dev_t device;
        ino_t inode;
    } *list;
    struct stat status;
    if (stat(folder, &status)) {
        return false;
    }
    pthread_mutex_lock(&lock);
    struct known *known = list;
    while (known && (known->device != status.st_dev || known->inode != status.st_ino)) {
        known = known->next;
    }
    bool is_unknown = !known;
    if (is_unknown) {
        known = memory_new(1, sizeof *known);
        *known = (struct known){ list, status.st_dev, status.st_ino };
        list = known;
    }
    pthread_mutex_unlock(&lock);
    return is_unknown;
}

void temporary_sweep(const char *folder)
{
    if (is_new(folder)) {
        sweep(folder);
    }
}
