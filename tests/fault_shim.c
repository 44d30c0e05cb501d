/* Makes one call of the C library fail: for LD_PRELOAD, by tests/faults.c.
 *
 *     FAULT_FOLDER  calls about files in it count
 *     FAULT_KIND    EIO, ENOSPC, EINTR, or SHORT, half a write; or SIGINT, SIGKILL, which
 *                   the process is sent before the call
 *     FAULT_CALL    the number of the one that fails, from 1
 *     FAULT_MEMORY  the number of the allocation that fails
 *     FAULT_ON      also fails: all allocations after it
 *     FAULT_LOG     the file that tells which call failed
 *
 * What fails is reached through system calls and __libc_malloc: dlsym would allocate. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls, allocations;

static long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

static long log_file = -1;

/* Once the program is confined it could not be opened any more. The number is none that
 * the program would get. */
__attribute__((constructor)) static void open_log(void)
{
    enum { FAR = 500 };
    const char *path = log_file < 0 ? getenv("FAULT_LOG") : NULL;
    long fd = path ? syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;
    if (fd >= 0) {
        log_file = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, FAR);
        syscall(SYS_close, fd);
    }
}

static void tell(const char *call)
{
    open_log(); /* an allocation may fail before the constructor has run */
    syscall(SYS_write, log_file, call, strlen(call));
}

enum { CAN_EIO = 1, CAN_ENOSPC = 2, CAN_EINTR = 4, CAN_SHORT = 8, CAN_INT = 16, CAN_KILL = 32 };

static int kind(void)
{
    const char *text = getenv("FAULT_KIND");
    return !text                    ? 0
           : !strcmp(text, "EIO")    ? CAN_EIO
           : !strcmp(text, "ENOSPC") ? CAN_ENOSPC
           : !strcmp(text, "EINTR")  ? CAN_EINTR
           : !strcmp(text, "SIGINT")  ? CAN_INT
           : !strcmp(text, "SIGKILL") ? CAN_KILL
                                      : CAN_SHORT;
}

static bool is_inside(const char *path)
{
    const char *folder = getenv("FAULT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length && !strncmp(path, folder, length) && path[length] == '/' && path[length + 1];
}

/* Whether this call is to fail, which may be in these ways. */
static bool fails(const char *call, const char *path, int ways)
{
    int cause = errno, wanted = kind();
    if (!(wanted & (ways | CAN_INT | CAN_KILL)) || !is_inside(path)
        || atomic_fetch_add(&calls, 1) + 1 != number_of("FAULT_CALL")) {
        errno = cause;
        return false;
    }
    tell(call);
    if (wanted & (CAN_INT | CAN_KILL)) {
        kill(getpid(), wanted == CAN_INT ? SIGINT : SIGKILL);
        errno = cause;
        return false;
    }
    errno = wanted == CAN_EIO ? EIO : wanted == CAN_ENOSPC ? ENOSPC : EINTR;
    return true;
}

static bool fails_on(const char *call, int fd, int ways)
{
    char link[64], path[4096];
    int cause = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = cause;
    path[length > 0 ? length : 0] = '\0';
    return length > 0 && fails(call, path, ways);
}

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    int ways = CAN_EIO | CAN_EINTR | (flags & O_CREAT ? CAN_ENOSPC : 0);
    bool only_names = flags & O_PATH; /* for the sandbox, which then allows less */
    return !only_names && fails("open", path, ways)
               ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define OPEN(name, parameters, folder)                        \
    int name parameters;                                      \
    int name parameters                                       \
    {                                                         \
        va_list rest;                                         \
        va_start(rest, flags);                                \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                         \
        return open_at(folder, path, flags, mode);            \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD)
OPEN(openat, (int at, const char *path, int flags, ...), at)
OPEN(openat64, (int at, const char *path, int flags, ...), at)

/* The C library opens and reads its own files without the calls above. */
static ssize_t read_badly(void *context, char *bytes, size_t size)
{
    (void)context, (void)bytes, (void)size;
    errno = EIO;
    return -1;
}

FILE *fopen(const char *path, const char *mode)
{
    static FILE *(*real)(const char *, const char *);
    if (!real) {
        void *found = dlsym(RTLD_NEXT, "fopen");
        memcpy(&real, &found, sizeof real);
    }
    const cookie_io_functions_t bad = { .read = read_badly };
    return *mode != 'r' || !kind()            ? real(path, mode)
           : fails("fopen", path, CAN_EIO) ? NULL
           : fails("fread", path, CAN_EIO) ? fopencookie(NULL, mode, bad)
                                           : real(path, mode);
}

/* Linux closes the file all the same. */
int close(int fd)
{
    bool is_bad = fails_on("close", fd, CAN_EIO | CAN_ENOSPC | CAN_EINTR);
    int cause = errno, code = (int)syscall(SYS_close, fd);
    errno = is_bad ? cause : errno;
    return is_bad ? -1 : code;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    int ways = CAN_EIO | CAN_ENOSPC | CAN_EINTR | (size > 1 ? CAN_SHORT : 0);
    if (fails_on("write", fd, ways)) {
        return kind() == CAN_SHORT ? syscall(SYS_write, fd, bytes, size / 2) : -1;
    }
    return syscall(SYS_write, fd, bytes, size);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    bool is_bad = fails_on("read", fd, CAN_EIO | CAN_EINTR);
    return is_bad ? -1 : syscall(SYS_read, fd, bytes, size);
}

int fsync(int fd)
{
    bool is_bad = fails_on("fsync", fd, CAN_EIO | CAN_ENOSPC | CAN_EINTR);
    return is_bad ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    bool is_bad = fails_on("fdatasync", fd, CAN_EIO | CAN_ENOSPC | CAN_EINTR);
    return is_bad ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int fchmod(int fd, mode_t mode)
{
    return fails_on("fchmod", fd, CAN_EIO) ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int ftruncate(int fd, off_t size)
{
    bool is_bad = fails_on("ftruncate", fd, CAN_EIO | CAN_ENOSPC | CAN_EINTR);
    return is_bad ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int rename(const char *from, const char *to)
{
    bool is_bad = fails("rename", to, CAN_EIO | CAN_ENOSPC);
    return is_bad ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* The program's own malloc (src/allocator.c) calls these; without it others do. */
static bool is_short(void)
{
    static long first = -1, on;
    if (first < 0) {
        on = number_of("FAULT_ON");
        first = number_of("FAULT_MEMORY");
    }
    long number = atomic_fetch_add(&allocations, 1) + 1;
    if (!first || number < first || (number > first && !on)) {
        return false;
    }
    if (number == first) {
        tell("memory");
    }
    errno = ENOMEM;
    return true;
}

#define REAL(name, parameters, arguments)                                  \
    void *name parameters;                                                 \
    void *name parameters                                                  \
    {                                                                      \
        static void *(*real) parameters;                                   \
        if (!real) {                                                       \
            void *found = dlsym(RTLD_NEXT, #name);                         \
            memcpy(&real, &found, sizeof real);                            \
        }                                                                  \
        return is_short() ? NULL : real arguments;                         \
    }
REAL(__libc_malloc, (size_t size), (size))
REAL(__libc_calloc, (size_t count, size_t size), (count, size))
REAL(__libc_realloc, (void *old, size_t size), (old, size))
REAL(__libc_memalign, (size_t alignment, size_t size), (alignment, size))

void *malloc(size_t size)
{
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **bytes, size_t alignment, size_t size)
{
    *bytes = __libc_memalign(alignment, size);
    return *bytes ? 0 : ENOMEM;
}
