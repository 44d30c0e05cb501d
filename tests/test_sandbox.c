#define _DEFAULT_SOURCE /* truncate, TIOCSTI */
/* What a confined process can and cannot do, by trying: no preset can make the program try. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox.h"
#include "support.h"

static struct error err;
static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[4][128];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

/* A folder "out" for outputs, a file "preset" to be read, a file "secret", a folder "empty". */
static void make_place(void)
{
    static const char *const files[] = { "preset", "secret", "out/old" };
    strcpy(folder, "/tmp/test_sandbox-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(mkdir(in_folder("out"), 0777) | mkdir(in_folder("empty"), 0777), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file = fopen(in_folder(files[i]), "w");
        ck_assert_ptr_nonnull(file);
        fputs("text", file);
        fclose(file);
    }
}

/* By the process that made it; the tests are its children, which may not. */
static void remove_place(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Whether there is a sandbox, which is entered then. */
static bool enter(void)
{
    struct sandbox sandbox;
    if (!sandbox_init(&sandbox, SANDBOX_ON, &err)) {
        printf("SKIPPED: %s\n", err.text);
        return false;
    }
    sandbox_allow_read(&sandbox, in_folder("preset"));
    sandbox_allow_files(&sandbox, in_folder("out"));
    sandbox_allow_read(&sandbox, in_folder("not there"));
    ck_assert_msg(sandbox_enter(&sandbox, &err), "%s", err.text);
    return true;
}

/* Whether Landlock keeps signals in, which is since its version 6. */
static bool has_scopes(void)
{
    enum { CREATE_RULESET = 444, ASK_VERSION = 1, SCOPES_SINCE = 6 };
    bool has = syscall(CREATE_RULESET, NULL, (size_t)0, ASK_VERSION) >= SCOPES_SINCE;
    if (!has) {
        puts("SKIPPED: signals, on a kernel whose Landlock does not know of them");
    }
    return has;
}

/* The error of a call, 0 when it succeeds. */
#define CAUSE(call) ((call) < 0 ? errno : 0)
#define IS_REFUSED(call, cause) ck_assert_int_eq(CAUSE(call), cause)
#define IS_ALLOWED(call) ck_assert_int_eq(CAUSE(call), 0)

START_TEST(files)
{
    if (!enter()) {
        return;
    }
    IS_ALLOWED(open(in_folder("preset"), O_RDONLY));
    IS_REFUSED(open(in_folder("preset"), O_WRONLY), EACCES);
    IS_REFUSED(open(in_folder("preset"), O_RDWR), EACCES);
    IS_REFUSED(open(in_folder("secret"), O_RDONLY), EACCES);
    IS_REFUSED(open(in_folder("out/../secret"), O_RDONLY), EACCES);
    IS_REFUSED(open("/etc/passwd", O_RDONLY), EACCES);
    IS_REFUSED(open("/proc/self/mem", O_RDWR), EACCES);
    IS_REFUSED(open("/", O_RDONLY | O_DIRECTORY), EACCES);
    IS_REFUSED(open(folder, O_RDONLY | O_DIRECTORY), EACCES);
    IS_REFUSED(open(in_folder("new"), O_WRONLY | O_CREAT, 0666), EACCES);
    IS_REFUSED(unlink(in_folder("secret")), EACCES);
    IS_REFUSED(rmdir(in_folder("empty")), EACCES);
    IS_REFUSED(mkdir(in_folder("out/folder"), 0777), EACCES);
    IS_REFUSED(symlink("/etc/passwd", in_folder("out/link")), EACCES);
    IS_REFUSED(mkfifo(in_folder("out/pipe"), 0666), EACCES);
}
END_TEST

START_TEST(outputs)
{
    if (!enter()) {
        return;
    }
    IS_ALLOWED(open(in_folder("out/.new"), O_RDWR | O_CREAT | O_EXCL, 0666));
    IS_ALLOWED(open(in_folder("out/.new"), O_WRONLY | O_CREAT | O_TRUNC, 0666));
    IS_ALLOWED(rename(in_folder("out/.new"), in_folder("out/old")));
    IS_ALLOWED(open(in_folder("out"), O_RDONLY | O_DIRECTORY));
    IS_ALLOWED(unlink(in_folder("out/old")));
    ck_assert_int_eq(rename(in_folder("preset"), in_folder("out/old")), -1);
}
END_TEST

START_TEST(calls)
{
    if (!enter()) {
        return;
    }
    char *const words[] = { (char[]){ "true" }, NULL };
    IS_REFUSED(execv("/bin/true", words), EPERM);
    IS_REFUSED(socket(AF_INET, SOCK_STREAM, 0), EPERM);
    IS_REFUSED(socket(AF_INET6, SOCK_DGRAM, 0), EPERM);
    IS_REFUSED(socket(AF_UNIX, SOCK_STREAM, 0), EPERM);
    int pair[2];
    IS_REFUSED(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), EPERM);
    IS_ALLOWED(pipe(pair));
    IS_ALLOWED(kill(getpid(), 0));
    IS_REFUSED(truncate(in_folder("preset"), 0), EPERM);
    IS_REFUSED(truncate(in_folder("secret"), 0), EPERM);
    IS_REFUSED(chmod(in_folder("secret"), 0777), EPERM);
    IS_REFUSED(syscall(452, -1, in_folder("secret"), 0777, 0), EPERM); /* fchmodat2 */
    IS_REFUSED(syscall(463, -1, in_folder("secret"), 0, "user.a", NULL, 0), EPERM); /* setxattrat */
    IS_REFUSED(syscall(466, -1, in_folder("secret"), 0, "user.a"), EPERM); /* removexattrat */
    IS_REFUSED(chown(in_folder("secret"), 0, 0), EPERM);
    IS_REFUSED(ioctl(STDIN_FILENO, TIOCSTI, "x"), EPERM);
    IS_REFUSED(ioctl(STDIN_FILENO, TIOCLINUX, "x"), EPERM);
}
END_TEST

static void *try_in_thread(void *refused)
{
    *(bool *)refused = CAUSE(open(in_folder("secret"), O_RDONLY)) == EACCES
                       && CAUSE(socket(AF_INET, SOCK_STREAM, 0)) == EPERM;
    return NULL;
}

START_TEST(threads)
{
    pthread_t thread;
    bool refused = false;
    if (!enter()) {
        return;
    }
    ck_assert_int_eq(pthread_create(&thread, NULL, try_in_thread, &refused), 0);
    pthread_join(thread, NULL);
    ck_assert(refused);
}
END_TEST

/* One that is there before, as the one that loads FFmpeg, is not to start programs either. */
static pthread_barrier_t entered;

static void *try_later(void *refused)
{
    char *const words[] = { (char[]){ "true" }, NULL };
    pthread_barrier_wait(&entered);
    *(bool *)refused = CAUSE(execv("/bin/true", words)) == EPERM
                       && CAUSE(socket(AF_INET, SOCK_STREAM, 0)) == EPERM;
    return NULL;
}

START_TEST(older_threads)
{
    pthread_t thread;
    bool refused = false;
    pthread_barrier_init(&entered, NULL, 2);
    ck_assert_int_eq(pthread_create(&thread, NULL, try_later, &refused), 0);
    bool is_confined = enter();
    if (!is_confined) {
        return;
    }
    pthread_barrier_wait(&entered);
    pthread_join(thread, NULL);
    ck_assert(refused);
}
END_TEST

START_TEST(signals)
{
    if (!has_scopes() || !enter()) {
        return;
    }
    IS_REFUSED(kill(getppid(), 0), EPERM);
}
END_TEST

START_TEST(modes)
{
    struct sandbox sandbox;
    ck_assert(sandbox_init(&sandbox, SANDBOX_OFF, &err));
    ck_assert(!sandbox.is_on);
    ck_assert(sandbox_enter(&sandbox, &err));
    IS_ALLOWED(open("/etc/passwd", O_RDONLY));
    ck_assert(sandbox_init(&sandbox, SANDBOX_AUTO, &err));
    ck_assert(sandbox_enter(&sandbox, &err));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tests = tcase_create("sandbox");
    tcase_add_unchecked_fixture(tests, make_place, remove_place);
    tcase_add_test(tests, files);
    tcase_add_test(tests, outputs);
    tcase_add_test(tests, calls);
    tcase_add_test(tests, threads);
    tcase_add_test(tests, older_threads);
    tcase_add_test(tests, signals);
    tcase_add_test(tests, modes);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
