/* What became of paths, in English sentences: which reach a minimum, which end elsewhere or
 * leave the picture, and which pass a saddle point. */
#ifndef PLOT_ENDINGS_H
#define PLOT_ENDINGS_H

#include <stddef.h>

#include "base/arena.h"
#include "optimize/outcome.h"

/* Sentences about so many paths, in the arena. */
const char *endings_tell(const struct outcome *outcomes, const struct trajectory *paths,
                         size_t count, const struct objective *objective, struct arena *arena);

#endif
