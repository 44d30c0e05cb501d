/* Which encoders are behind FFmpeg's. */
#ifndef WRITE_CODEC_VERSION_H
#define WRITE_CODEC_VERSION_H

#include <stdbool.h>
#include <stddef.h>

/* Writes x264's build and revision ("164 r3095") into the text. Only its films tell
 * them, so a small one is made. False without FFmpeg or x264. */
bool x264_version(char *text, size_t size);

/* Writes libvpx's ("v1.12.0"). False without FFmpeg or where it is part of FFmpeg's file. */
bool vpx_version(char *text, size_t size);

#endif
