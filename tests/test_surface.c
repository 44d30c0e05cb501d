/* The surface and contour panels: colours, levels, bands, light, coverage. */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "plot/level_map.h"
#include "plot/simplify.h"
#include "render/raster.h"

int main(void)
{
    return run_suite(suite_create("surface"));
}
