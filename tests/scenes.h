/* What a scene must not hold. */
#ifndef TESTS_SCENES_H
#define TESTS_SCENES_H

#include "plot/scene.h"

/* Says what a primitive has that is not finite, or far from the page; NULL when
 * cairo can have all of them. */
const char *scene_flaw(const struct scene *scene);

#endif
