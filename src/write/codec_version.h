/* Which x264 is behind FFmpeg's libx264. */
#ifndef WRITE_CODEC_VERSION_H
#define WRITE_CODEC_VERSION_H

#include <stdbool.h>
#include <stddef.h>

/* Writes x264's build and revision ("164 r3095") into the text. Only its films tell
 * them, so a small one is made. False without FFmpeg or x264. */
bool codec_version(char *text, size_t size);

#endif
