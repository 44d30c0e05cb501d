#include "terminal.h"

#include <stdbool.h>
#include <sys/ioctl.h>

size_t terminal_columns(FILE *stream)
{
    struct winsize size;
    bool known = ioctl(fileno(stream), TIOCGWINSZ, &size) == 0;
    return known ? size.ws_col : 0;
}
