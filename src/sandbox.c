#define _GNU_SOURCE /* O_PATH, syscall, TIOCSTI */

#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define OWN_ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

/* Numbers are the same on every architecture; older C libraries lack the names. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, ASK_VERSION = 1,
       CHMOD_AT = 452, SET_ATTRIBUTE_AT = 463, REMOVE_ATTRIBUTE_AT = 466 };

/* As newer kernels have it; older headers end after the first member. */
struct ruleset {
    uint64_t files, network, scopes;
};

/* Rights by the version of Landlock that brought them; a kernel refuses what is newer. */
static const struct {
    int since;
    uint64_t files, network;
} rights[] = {
    { 1, (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, 0 },
    { 2, 1u << 13, 0 },         /* REFER: renaming into another folder */
    { 3, 1u << 14, 0 },         /* TRUNCATE */
    { 4, 0, 1u << 0 | 1u << 1 }, /* BIND_TCP, CONNECT_TCP */
    { 5, 1u << 15, 0 },         /* IOCTL_DEV */
};
enum { SCOPES_SINCE = 6, SCOPE_ABSTRACT_SOCKETS = 1, SCOPE_SIGNALS = 2 };
enum {
    TRUNCATE = 1u << 14,
    WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE,
    MAKE = LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE
};

static bool lacks(enum sandbox_mode mode, struct error *err)
{
    const char *why = errno == EOPNOTSUPP ? "Landlock is switched off in this kernel (see lsm= in "
                                            "its command line)"
                      : errno == ENOSYS   ? "this kernel has no Landlock (Linux since 5.13 has)"
                                          : strerror(errno);
    return mode != SANDBOX_ON || error_set(err, ERROR_RENDER, "--sandbox on: %s", why);
}

bool sandbox_init(struct sandbox *sandbox, enum sandbox_mode mode, struct error *err)
{
    *sandbox = (struct sandbox){ .rules = -1, .is_wanted = mode == SANDBOX_ON };
    if (mode == SANDBOX_OFF) {
        return true;
    }
    long version = syscall(CREATE_RULESET, NULL, (size_t)0, ASK_VERSION);
    struct ruleset all = { 0 };
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        if (version >= rights[i].since) {
            all.files |= rights[i].files;
            all.network |= rights[i].network;
        }
    }
    if (version >= SCOPES_SINCE) {
        all.scopes = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS;
    }
    size_t size = version >= SCOPES_SINCE ? sizeof all
                  : version >= 4        ? offsetof(struct ruleset, scopes)
                                        : offsetof(struct ruleset, network);
    sandbox->rules = version < 1 ? -1 : (int)syscall(CREATE_RULESET, &all, size, 0);
    sandbox->asked = all.files;
    sandbox->is_on = sandbox->rules >= 0;
    return sandbox->is_on || lacks(mode, err);
}

/* What is not on a disk, such as a pipe, cannot be named in a rule and is not restricted. */
static void allow(struct sandbox *sandbox, const char *path, uint64_t wanted)
{
    int fd = sandbox->is_on ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (fd >= 0) {
        struct landlock_path_beneath_attr rule = { .allowed_access = wanted & sandbox->asked,
                                                   .parent_fd = fd };
        syscall(ADD_RULE, sandbox->rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(fd);
    }
}

void sandbox_allow_read(struct sandbox *sandbox, const char *file)
{
    allow(sandbox, file, LANDLOCK_ACCESS_FS_READ_FILE);
}

void sandbox_allow_write(struct sandbox *sandbox, const char *file)
{
    allow(sandbox, file, WRITE);
}

void sandbox_allow_files(struct sandbox *sandbox, const char *folder)
{
    allow(sandbox, folder, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | WRITE
                               | MAKE);
}

void sandbox_allow_names(struct sandbox *sandbox, const char *folder)
{
    allow(sandbox, folder, LANDLOCK_ACCESS_FS_READ_DIR);
}

void sandbox_allow_rmdir(struct sandbox *sandbox, const char *folder)
{
    allow(sandbox, folder, LANDLOCK_ACCESS_FS_REMOVE_DIR);
}

/* What rendering never does, what would do it behind the filter's back, and what Landlock
 * does not know of: other processes, and other files' owners, modes and attributes. */
static const unsigned refused[] = {
    __NR_execve, __NR_execveat, __NR_socket, __NR_socketpair, __NR_connect, __NR_bind,
    __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_io_uring_setup, __NR_bpf,
    __NR_setns, __NR_unshare, __NR_mount, __NR_keyctl, __NR_perf_event_open, __NR_userfaultfd,
    __NR_pidfd_open, __NR_pidfd_send_signal, __NR_rt_sigqueueinfo, __NR_truncate, __NR_fchownat,
    __NR_fchmodat, __NR_setxattr, __NR_lsetxattr, __NR_removexattr, __NR_lremovexattr,
    CHMOD_AT, SET_ATTRIBUTE_AT, REMOVE_ATTRIBUTE_AT,
    __NR_shmget, __NR_semget, __NR_msgget, __NR_mq_open,
#ifdef __x86_64__ /* which others do by the calls above */
    __NR_fork, __NR_vfork, __NR_chmod, __NR_chown, __NR_lchown,
#endif
};

/* What would type into the terminal, where the shell reads it afterwards. */
static const unsigned refused_ioctls[] = { TIOCSTI, TIOCLINUX };

#define LOAD(member) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, value)
#define REFUSE ANSWER(SECCOMP_RET_ERRNO | EPERM)

/* A call of another architecture (32-bit ones of x86, and x32) has other numbers. The filter
 * holds for all threads, also for the one that loads FFmpeg. */
static bool refuse_calls(void)
{
    enum { CALLS = sizeof refused / sizeof *refused,
           IOCTLS = sizeof refused_ioctls / sizeof *refused_ioctls,
           MOST = 7 + 2 * CALLS + 2 * IOCTLS + 3 };
    struct sock_filter program[MOST] = {
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0), REFUSE,
        LOAD(nr), BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), REFUSE,
    };
    unsigned short at = 6;
    for (size_t i = 0; i < CALLS; i++) {
        program[at++] = (struct sock_filter)SKIP_UNLESS(refused[i], 1);
        program[at++] = (struct sock_filter)REFUSE;
    }
    program[at++] = (struct sock_filter)SKIP_UNLESS(__NR_ioctl, 2 * IOCTLS + 1);
    program[at++] = (struct sock_filter)LOAD(args[1]); /* its low half: these are little-endian */
    for (size_t i = 0; i < IOCTLS; i++) {
        program[at++] = (struct sock_filter)SKIP_UNLESS(refused_ioctls[i], 1);
        program[at++] = (struct sock_filter)REFUSE;
    }
    program[at++] = (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW);
    struct sock_fprog filter = { at, program };
    return !syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
}

bool sandbox_enter(struct sandbox *sandbox, struct error *err)
{
    if (!sandbox->is_on) {
        return true;
    }
    bool good = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
                && !syscall(RESTRICT_SELF, sandbox->rules, 0)
                && (refuse_calls() || !sandbox->is_wanted); /* containers may lack filters */
    int cause = errno;
    close(sandbox->rules);
    *sandbox = (struct sandbox){ .rules = -1 };
    return good || error_set(err, ERROR_RENDER, "cannot enter the sandbox: %s; --sandbox off goes "
                             "without", strerror(cause));
}
