/* A gallery: presets as a folder of films and a web page that shows them.
 *
 * The folder gets a film and a still of each preset, both again for dark pages in dark/, and
 * at last index.html, which asks for nothing outside of the folder. It is written when all
 * else is in its place, or not at all. */
#ifndef GALLERY_H
#define GALLERY_H

#include "cli.h"

/* Makes the gallery that the command line asks for. Returns the exit status; err holds what
 * is not about one of the presets. */
int gallery_write(const struct cli *cli, struct error *err);

#endif
