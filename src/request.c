#include "request.h"

#include <stdlib.h>
#include <string.h>

bool output_has_frames(const struct output *output)
{
    return output->format->kind == FORMAT_FILM || output->is_sequence;
}

const char *output_numbered_path(const struct output *output, size_t number, struct arena *arena)
{
    const char *pattern = output->path + output->number_at;
    return arena_printf(arena, "%.*s%0*zu%s", (int)output->number_at, output->path,
                        atoi(pattern + 1), number, strchr(pattern, 'd') + 1);
}
