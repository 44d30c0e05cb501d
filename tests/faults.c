/* Ends, interrupts and starves the program at every moment, and looks at what is left.
 *
 *     torture kill FORMAT COUNT         SIGKILL at random moments
 *     torture signal FORMAT NAME COUNT  INT, TERM or HUP
 *     torture calls FORMAT KIND         each call that touches the output fails in turn
 *     torture between png NAME          INT or KILL before each call of a run with three outputs
 *     torture full FORMAT NAME COUNT    a signal while ./torture is too small a disk
 *     torture memory FORMAT once|on STEP  each STEPth allocation fails, or all from it on;
 *                                         the last ones each
 *
 * The program is $OPTRENDER, the shim for the last two (tests/fault_shim.c) is $SHIM; the
 * preset is ./torture.ini. Prints a line of figures; exit status 1 when something was lost,
 * 77 when the shim does not work here. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char OLD[] = "what was there before\n";

struct bytes {
    char *items;
    size_t size;
};

/* What the program wrote to the terminal, and how it ended. */
struct end {
    int status;       /* as a shell has it */
    bool by_signal;   /* that it did not handle */
    char text[2048];
};

static char folder[1024], output[2048], log_path[2048], text_path[2048];
static char beside[2][2048]; /* other outputs of the run, where named */
static const char *format;
static struct bytes whole; /* what a run that is left alone makes */
static long failures;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void pause_ms(double ms)
{
    struct timespec time = { .tv_sec = (time_t)(ms / 1e3) };
    time.tv_nsec = (long)(1e6 * (ms - 1e3 * (double)time.tv_sec));
    nanosleep(&time, NULL);
}

static double fraction(void)
{
    static unsigned long long state = 88172645463325252ULL;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) / 9007199254740992.0;
}

static void complain(const char *what, const struct end *end)
{
    failures++;
    printf("FAIL: %s: %s; status %d, says: %s\n", format, what, end->status, end->text);
}

static struct bytes get(const char *path)
{
    struct bytes bytes = { 0 };
    FILE *file = fopen(path, "rb");
    if (file) {
        fseek(file, 0, SEEK_END);
        bytes.size = (size_t)ftell(file);
        rewind(file);
        bytes.items = malloc(bytes.size + 1);
        bytes.size = fread(bytes.items, 1, bytes.size, file);
        bytes.items[bytes.size] = '\0';
        fclose(file);
    }
    return bytes;
}

static void put_old_at(const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file || fputs(OLD, file) < 0 || fclose(file)) {
        perror(path);
        exit(1);
    }
}

static void put_old(void)
{
    put_old_at(output);
    for (int i = 0; i < 2 && *beside[i]; i++) {
        put_old_at(beside[i]);
    }
}

static bool holds_at(const char *path, const char *items, size_t size)
{
    struct bytes found = get(path);
    bool same = found.items && found.size == size && !memcmp(found.items, items, size);
    free(found.items);
    return same;
}

static bool holds_old(void)
{
    return holds_at(output, OLD, strlen(OLD));
}

static bool holds_new(void)
{
    return holds_at(output, whole.items, whole.size);
}

/* How many files there are beside the output. */
static int leftovers(void)
{
    char command[2048], line[16] = "0";
    snprintf(command, sizeof command, "ls -A '%s' | grep -cv '^out'", folder);
    FILE *pipe = popen(command, "r");
    if (pipe) {
        if (!fgets(line, sizeof line, pipe)) {
            line[0] = '\0';
        }
        pclose(pipe);
    }
    return atoi(line);
}

static pid_t start(void)
{
    const char *program = getenv("OPTRENDER"), *jobs = getenv("JOBS");
    pid_t child = fork();
    if (child == 0) {
        int fd = open(text_path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        dup2(fd, 2);
        close(fd);
        signal(SIGINT, SIG_DFL); /* which shells let their background jobs ignore */
        signal(SIGHUP, SIG_DFL);
        execl(program, program, "torture.ini", "-q", "--force", "-j", jobs ? jobs : "2", "-o",
              output, *beside[0] ? "-o" : NULL, beside[0], "-o", beside[1], (char *)NULL);
        _exit(127);
    }
    return child;
}

static struct end end_of(pid_t child)
{
    struct end end = { 0 };
    int status = 0;
    alarm(300); /* of this process: a run that hangs is a failure */
    waitpid(child, &status, 0);
    alarm(0);
    end.by_signal = WIFSIGNALED(status);
    end.status = end.by_signal ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    struct bytes text = get(text_path);
    snprintf(end.text, sizeof end.text, "%s", text.items ? text.items : "");
    free(text.items);
    return end;
}

/* How long an undisturbed run takes, which makes what is to be compared with. */
static double learn(void)
{
    double least = 1e9;
    for (int i = 0; i < 3; i++) {
        double since = now_ms();
        struct end end = end_of(start());
        double taken = now_ms() - since;
        least = taken < least ? taken : least;
        if (end.status) {
            complain("cannot even run", &end);
            exit(1);
        }
    }
    whole = get(output);
    return least;
}

static void kill_many(long count)
{
    double taken = learn();
    long old = 0, made = 0, left = 0;
    put_old();
    for (long i = 0; i < count; i++) {
        if (!holds_old()) {
            put_old();
        }
        pid_t child = start();
        pause_ms(1.3 * taken * fraction());
        kill(child, SIGKILL);
        struct end end = end_of(child);
        bool is_old = holds_old(), is_new = !is_old && holds_new();
        old += is_old;
        made += is_new;
        left += leftovers();
        if (!is_old && !is_new) {
            complain("torn by a kill", &end);
        }
        if (leftovers() > 1) {
            complain("the next run has not swept", &end);
        }
    }
    struct end end = end_of(start());
    if (end.status || !holds_new() || leftovers()) {
        complain("a run after kills leaves something", &end);
    }
    printf("%s: %ld kills within %.0f ms: %ld old, %ld new, %ld torn; %ld temporaries left, "
           "%d after the next run\n", format, count, taken, old, made, count - old - made, left,
           leftovers());
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int number_of_signal(const char *name)
{
    return !strcmp(name, "INT") ? SIGINT : !strcmp(name, "TERM") ? SIGTERM : SIGHUP;
}

static void check_interrupted(const struct end *end, int number)
{
    if (end->status != 0 && end->status != 128 + number) {
        complain("another status than the signal's", end);
    }
    /* It may come, or be late, between the renaming and the end. */
    if (end->status ? !holds_old() && !holds_new() : !holds_new()) {
        complain("a signal changed the output", end);
    }
    if (leftovers()) {
        complain("a signal leaves a file", end);
    }
    if (end->status && !end->by_signal && strcmp(end->text, "optrender: interrupted\n")) {
        complain("an interruption is not told once", end);
    }
}

/* A shared machine may be late by itself, so some may be, and a few runs tell nothing. */
static void signal_many(const char *name, long count)
{
    enum { MOST_MS = 200 };
    int number = number_of_signal(name);
    double taken = learn(), *waits = calloc((size_t)count, sizeof *waits);
    long late = 0, done = 0;
    for (long i = 0; i < count; i++) {
        put_old();
        pid_t child = start();
        pause_ms(taken * fraction());
        double since = now_ms();
        kill(child, number);
        struct end end = end_of(child);
        waits[i] = now_ms() - since;
        late += waits[i] > MOST_MS;
        done += !end.status;
        check_interrupted(&end, number);
    }
    qsort(waits, (size_t)count, sizeof *waits, compare);
    printf("%s: %ld times SIG%s within %.0f ms: ended after %.0f ms (median), %.0f (95 %%), "
           "%.0f (most), %ld after more than %d; %ld were done before\n", format, count, name,
           taken, waits[count / 2], waits[count * 95 / 100], waits[count - 1], late, MOST_MS, done);
    if (count >= 100 && late > 1 + count / 20) { /* shared machines stall now and then */
        printf("FAIL: %s: signals end it too late\n", format);
        failures++;
    }
    free(waits);
}

/* Runs with a fault; false when the program was done before it came to that. */
static bool run_with(const char *variable, long number, struct end *end, char *call, size_t size)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", number);
    unlink(log_path);
    put_old();
    setenv(variable, text, 1);
    setenv("LD_PRELOAD", getenv("SHIM"), 1);
    pid_t child = start();
    unsetenv("LD_PRELOAD");
    unsetenv(variable);
    *end = end_of(child);
    struct bytes log = get(log_path);
    snprintf(call, size, "%s", log.items ? log.items : "");
    bool is_told = *call;
    free(log.items);
    return is_told;
}

static int lines_of(const char *text)
{
    int lines = 0;
    for (; (text = strchr(text, '\n')); text++) {
        lines++;
    }
    return lines;
}

static void check_message(const struct end *end, const char *what, const char *name,
                          const char *cause)
{
    char told[128];
    snprintf(told, sizeof told, "%s: not status 1 with one line that names file and cause", what);
    if (end->status != 1 || lines_of(end->text) != 1 || !strstr(end->text, name)
        || !strstr(end->text, cause)) {
        complain(told, end);
    }
}

static void check_old(const struct end *end, const char *what)
{
    char told[128];
    snprintf(told, sizeof told, "%s: the output is not as it was", what);
    if (!holds_old() || leftovers()) {
        complain(told, end);
    }
}

static void check_done(const struct end *end, const char *what)
{
    char told[128];
    snprintf(told, sizeof told, "%s: not the same result", what);
    if (end->status || !holds_new() || leftovers()) {
        complain(told, end);
    }
}

/* Of several outputs a run that ends between their renames leaves each old or new. */
static void end_between(const char *name)
{
    bool is_kill = !strcmp(name, "KILL");
    char call[32], kind[16];
    struct end end;
    struct bytes other[2];
    long moments = 0, mixed = 0, left = 0;
    snprintf(kind, sizeof kind, "SIG%s", name);
    snprintf(beside[0], sizeof beside[0], "%s/out.csv", folder);
    snprintf(beside[1], sizeof beside[1], "%s/out.svg", folder);
    learn();
    other[0] = get(beside[0]);
    other[1] = get(beside[1]);
    setenv("FAULT_KIND", kind, 1);
    for (long i = 1;; i++) {
        bool told = run_with("FAULT_CALL", i, &end, call, sizeof call);
        int made = holds_new(), old = holds_old();
        for (int k = 0; k < 2; k++) {
            made += holds_at(beside[k], other[k].items, other[k].size);
            old += holds_at(beside[k], OLD, strlen(OLD));
        }
        if (old + made != 3) {
            complain("an output is neither old nor new", &end);
        }
        if (!told) {
            break;
        }
        bool ended = is_kill ? end.status == 137 : end.status == 130 || (!end.status && made == 3);
        if (!ended) {
            complain("another end than the signal's", &end);
        }
        moments++;
        mixed += old && made;
        left += leftovers();
        if (!is_kill && leftovers()) {
            complain("a signal leaves a file", &end);
        }
    }
    if (end.status || leftovers()) {
        complain("a run without a signal", &end);
    }
    printf("three outputs: SIG%s at each of %ld calls: %ld with old and new ones, 0 torn; "
           "%ld temporaries left, %d after the next run\n", name, moments, mixed, left,
           leftovers());
    unlink(beside[0]);
    unlink(beside[1]);
}

/* The disk is too small: whatever comes first, the signal or that, is told. */
static void signal_when_full(const char *name, long count)
{
    int number = number_of_signal(name);
    long failed = 0;
    double since = now_ms();
    put_old();
    struct end end = end_of(start());
    double taken = now_ms() - since;
    check_message(&end, "a full disk", output, strerror(ENOSPC));
    for (long i = 0; i < count; i++) {
        pid_t child = start();
        pause_ms(1.05 * taken * fraction());
        kill(child, number);
        end = end_of(child);
        failed += end.status == 1;
        if (end.status == 1) {
            check_message(&end, "a full disk", output, strerror(ENOSPC));
        } else if (end.status != 128 + number) {
            complain("another status than the signal's", &end);
        } else if (!end.by_signal && !strstr(end.text, "optrender: interrupted\n")) {
            complain("an interruption is not told", &end); /* maybe after the full disk */
        }
        check_old(&end, "a signal and a full disk");
    }
    printf("%s: %ld times SIG%s within %.0f ms while the disk is full: %ld ended by it before\n",
           format, count, name, taken, failed);
}

static void fail_calls(const char *kind)
{
    bool is_harmless = !strcmp(kind, "EINTR") || !strcmp(kind, "SHORT");
    const char *cause = !strcmp(kind, "EIO") ? strerror(EIO) : strerror(ENOSPC);
    struct end end;
    char call[32], what[64];
    long failed = 0, done = 0;
    setenv("FAULT_KIND", kind, 1);
    for (long i = 1; run_with("FAULT_CALL", i, &end, call, sizeof call); i++) {
        /* What is read back, and read well, may be closed badly. */
        bool may_pass = !strcmp(call, "close") || !strcmp(call, "read");
        snprintf(what, sizeof what, "%s in call %ld, %s", kind, i, call);
        if (is_harmless || (may_pass && !end.status)) {
            check_done(&end, what);
            done++;
        } else {
            check_old(&end, what);
            check_message(&end, what, output, cause);
            failed++;
        }
    }
    check_done(&end, "no fault");
    printf("%s: %s in each of %ld calls: %ld fail with a message, %ld do the same\n", format,
           kind, failed + done, failed, done);
}

struct starved {
    long failed, done;
};

/* Starves each STEPth allocation from the first one. Returns the first that is not made. */
static long starve_each(long first, long step, struct starved *starved)
{
    struct end end;
    char call[32], what[64];
    long i = first;
    for (; run_with("FAULT_MEMORY", i, &end, call, sizeof call); i += step) {
        snprintf(what, sizeof what, "no memory at allocation %ld", i);
        if (end.status) {
            check_old(&end, what);
            check_message(&end, what, "out of memory", "out of memory");
            starved->failed++;
        } else {
            check_done(&end, what);
            starved->done++;
        }
    }
    check_done(&end, "no fault");
    return i;
}

/* The number of allocations, found between one that is made and one that is not. */
static long last_allocation(long made, long not_made)
{
    struct end end;
    char call[32];
    while (not_made - made > 1) {
        long middle = made + (not_made - made) / 2;
        *(run_with("FAULT_MEMORY", middle, &end, call, sizeof call) ? &made : &not_made) = middle;
    }
    return made;
}

/* The last ones, when the output is in its place and the libraries clean up, each. */
static void starve(const char *mode, long step)
{
    enum { LAST = 24 };
    struct starved starved = { 0 };
    if (!strcmp(mode, "on")) {
        setenv("FAULT_ON", "1", 1);
    }
    long not_made = starve_each(1, step, &starved);
    long made = last_allocation(not_made > step ? not_made - step : 0, not_made);
    starve_each(made > LAST ? made - LAST : 1, 1, &starved);
    printf("%s: memory ends (%s) at each %ld. of %ld allocations: %ld fail with a message, "
           "%ld do the same\n", format, mode, step, made, starved.failed, starved.done);
}

/* Whether faults come through: not in static programs, nor beside some sanitizers. */
static bool has_shim(void)
{
    struct end end;
    char call[32];
    return getenv("SHIM") && run_with("FAULT_MEMORY", 1, &end, call, sizeof call);
}

static bool prepare(const char *name)
{
    char *here = getcwd(NULL, 0);
    format = name;
    snprintf(folder, sizeof folder, "%s/torture", here);
    snprintf(output, sizeof output, "%s/out.%s", folder, format);
    snprintf(log_path, sizeof log_path, "%s/torture.log", here);
    snprintf(text_path, sizeof text_path, "%s/torture.err", here);
    free(here);
    setenv("FAULT_FOLDER", folder, 1);
    setenv("FAULT_LOG", log_path, 1);
    return mkdir(folder, 0777) == 0 || errno == EEXIST;
}

int main(int argc, char **argv)
{
    if (argc < 4 || !getenv("OPTRENDER") || !prepare(argv[2])) {
        fputs("see the head of tests/faults.c\n", stderr);
        return 2;
    }
    if (!strcmp(argv[1], "kill")) {
        kill_many(strtol(argv[3], NULL, 10));
    } else if (!strcmp(argv[1], "signal") && argc > 4) {
        signal_many(argv[3], strtol(argv[4], NULL, 10));
    } else if (!strcmp(argv[1], "full") && argc > 4) {
        signal_when_full(argv[3], strtol(argv[4], NULL, 10));
    } else if (!has_shim()) {
        return 77;
    } else if (!strcmp(argv[1], "between")) {
        end_between(argv[3]);
    } else {
        learn();
        if (!strcmp(argv[1], "calls")) {
            fail_calls(argv[3]);
        } else if (argc > 4) {
            starve(argv[3], strtol(argv[4], NULL, 10));
        }
    }
    unlink(output);
    rmdir(folder);
    return failures > 0;
}
