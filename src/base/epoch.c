#include "base/epoch.h"

#include <stdio.h>
#include <stdlib.h>

static bool read_epoch(long long *seconds)
{
    const char *text = getenv(EPOCH);
    char *end = NULL;
    *seconds = text ? strtoll(text, &end, 10) : 0;
    return text && *text && !*end;
}

long long epoch_seconds(void)
{
    long long seconds;
    return read_epoch(&seconds) ? seconds : 0;
}

bool epoch_text(char text[EPOCH_SIZE])
{
    long long seconds;
    return read_epoch(&seconds) && snprintf(text, EPOCH_SIZE, "%lld", seconds) > 0;
}
