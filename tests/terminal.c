/* Runs a command whose standard output and error are a terminal of 80 columns, and prints
 * what is shown there.
 *
 *     terminal COMMAND ARGUMENT...
 *
 * The exit status is the command's; 77 where no terminal can be had. */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { NO_TERMINAL = 77 };

static void be_command(int terminal, char **argv)
{
    const struct winsize size = { .ws_row = 24, .ws_col = 80 };
    ioctl(terminal, TIOCSWINSZ, &size);
    dup2(terminal, STDOUT_FILENO);
    dup2(terminal, STDERR_FILENO);
    execv(argv[0], argv);
    _exit(127);
}

int main(int argc, char **argv)
{
    int ours = posix_openpt(O_RDWR | O_NOCTTY);
    if (argc < 2 || ours < 0 || grantpt(ours) || unlockpt(ours)) {
        return NO_TERMINAL;
    }
    int theirs = open(ptsname(ours), O_RDWR | O_NOCTTY);
    if (theirs < 0) {
        return NO_TERMINAL;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ours);
        be_command(theirs, argv + 1);
    }
    close(theirs);
    char bytes[4096];
    ssize_t got; /* an error once nobody has the terminal open any more */
    while ((got = read(ours, bytes, sizeof bytes)) > 0) {
        fwrite(bytes, 1, (size_t)got, stdout);
    }
    int status = 1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
