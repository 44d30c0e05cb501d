#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "folders.h"
#include "write/temporary.h"

/* How long work may take to end by itself. A step of it, a surface or a contour of a
 * large page, may take seconds, and asking in all of them would be in every loop. */
enum { GRACE_MS = 30 };

static timer_t deadline;

static void end_now(int number)
{
    static const char line[] = "\r\033[Koptrender: interrupted\n"; /* over the progress */
    struct termios settings;
    bool is_terminal = !tcgetattr(STDERR_FILENO, &settings);
    const char *text = line + (is_terminal ? 0 : strlen("\r\033[K"));
    (void)number;
    temporary_remove_all();
    folders_remove_made();
    if (!interrupt_is_told()) {
        ssize_t written = write(STDERR_FILENO, text, strlen(text));
        (void)written; /* nobody is left to be told that it failed */
    }
    _exit(128 + interrupt_signal);
}

/* Only the first signal counts: timeout sends it to the process and to its group. */
static void note_signal(int number)
{
    int none = 0, cause = errno;
    if (atomic_compare_exchange_strong(&interrupt_signal, &none, number)) {
        struct itimerspec grace = { .it_value.tv_nsec = GRACE_MS * 1000000L };
        timer_settime(deadline, 0, &grace, NULL);
    }
    errno = cause;
}

static void handle(int number, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void prepare_deadline(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    handle(SIGALRM, end_now);
    timer_create(CLOCK_MONOTONIC, NULL, &deadline); /* sends SIGALRM */
}

/* What SIGPIPE did when the program started. */
static struct sigaction pipe_before;

/* A signal that is ignored when the program starts (nohup) stays so. Calls are
 * not restarted: waiting for a pipe has to end as well. */
void signals_catch(void)
{
    static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
    prepare_deadline();
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct sigaction old;
        if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
            handle(ends[i], note_signal);
        }
    }
    /* A closed pipe is a write error like others. */
    sigaction(SIGPIPE, &(struct sigaction){ .sa_handler = SIG_IGN }, &pipe_before);
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow */
}

void signals_end_with_reader(void)
{
    sigaction(SIGPIPE, &pipe_before, NULL);
}
