#include "version.h"

#include <string.h>

#include <cairo.h>
#include <fribidi.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <mpfr.h>
#include <nettle/version.h>
#include <pixman.h>
#include <png.h>
#include <zlib.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#ifdef HAVE_VIDEO
#include "write/codec_version.h"
#include "write/ffmpeg.h"
#endif

enum {
    FILM = 1 << FORMAT_FILM,
    BITMAP = 1 << FORMAT_BITMAP,
    VECTOR = 1 << FORMAT_VECTOR,
    DRAWN = FILM | BITMAP | VECTOR,
    ALL = DRAWN | 1 << FORMAT_DATA
};

/* A version that a function tells. */
#define TELL(name, expression)                                          \
    static bool tell_##name(char *text, size_t size)                    \
    {                                                                   \
        return snprintf(text, size, "%s", expression) > 0;              \
    }
TELL(cairo, cairo_version_string())
TELL(fribidi, FRIBIDI_VERSION)
TELL(harfbuzz, hb_version_string())
TELL(mpfr, mpfr_get_version())
TELL(pixman, pixman_version_string())
TELL(png, png_get_libpng_ver(NULL))
TELL(zlib, zlibVersion())
#ifdef __GLIBC__
TELL(glibc, gnu_get_libc_version())
#endif

static bool tell_freetype(char *text, size_t size)
{
    FT_Library freetype;
    int major = 0, minor = 0, patch = 0;
    if (FT_Init_FreeType(&freetype)) {
        return false;
    }
    FT_Library_Version(freetype, &major, &minor, &patch);
    FT_Done_FreeType(freetype);
    return snprintf(text, size, "%d.%d.%d", major, minor, patch) > 0;
}

static bool tell_nettle(char *text, size_t size)
{
    return snprintf(text, size, "%d.%d", nettle_version_major(), nettle_version_minor()) > 0;
}

#ifdef HAVE_VIDEO
static bool tell_ffmpeg(char *text, size_t size)
{
    struct error err;
    const struct ffmpeg *av = ffmpeg_load(&err);
    return av && snprintf(text, size, "%s", av->av_version_info()) > 0;
}
#endif

static const struct component components[] = {
    { "cairo", DRAWN, LAYER_DRAWN | LAYER_FILE, tell_cairo, NULL },
    { "pixman", DRAWN, LAYER_DRAWN, tell_pixman, NULL },
    { "FreeType", DRAWN, LAYER_DRAWN, tell_freetype, NULL },
    { "FriBidi", DRAWN, LAYER_DRAWN, tell_fribidi, NULL },
    { "HarfBuzz", DRAWN, LAYER_DRAWN, tell_harfbuzz, NULL },
    { "libpng", DRAWN, LAYER_FILE, tell_png, "apng" },
    { "zlib", DRAWN, LAYER_FILE, tell_zlib, "apng" },
    { "MPFR", ALL, LAYER_PATHS | LAYER_DRAWN, tell_mpfr, NULL },
    { "Nettle", 0, 0, tell_nettle, NULL },
#ifdef HAVE_VIDEO
    { "FFmpeg", FILM, LAYER_DECODED | LAYER_FILE, tell_ffmpeg, "mp4 webm y4m" },
    { "x264", FILM, LAYER_DECODED | LAYER_FILE, x264_version, "mp4" },
    { "libvpx", FILM, LAYER_DECODED | LAYER_FILE, vpx_version, "webm" },
#endif
#ifdef __GLIBC__
    { "glibc", ALL, LAYER_PATHS | LAYER_DRAWN, tell_glibc, NULL },
#endif
};

bool component_has_part(const struct component *component, const struct format *format)
{
    return component->kinds & 1u << format->kind
           && (format->kind != FORMAT_FILM || !component->films
               || strstr(component->films, format->name));
}

const struct component *component_list(size_t *count)
{
    *count = sizeof components / sizeof *components;
    return components;
}

void version_print(FILE *stream)
{
    fputs(PACKAGE_STRING "\n"
          "Licence: GPL-2.0-or-later, without any warranty; see COPYING.\n", stream);
    for (size_t i = 0; i < sizeof components / sizeof *components; i++) {
        char text[64];
        bool is_there = components[i].version(text, sizeof text);
        fprintf(stream, "%s%s %s", i ? ", " : "", components[i].name,
                is_there ? text : "is missing");
    }
#ifndef HAVE_VIDEO
    fputs(", no FFmpeg (built with --disable-video)", stream);
#endif
    fputc('\n', stream);
}
