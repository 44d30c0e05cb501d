#include "version.h"

#include <cairo.h>
#include <fribidi.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <mpfr.h>
#include <png.h>
#include <zlib.h>

#ifdef HAVE_VIDEO
#include "write/ffmpeg.h"
#endif

void version_print(FILE *stream)
{
    fputs(PACKAGE_STRING "\n"
          "Licence: GPL-2.0-or-later, without any warranty; see COPYING.\n", stream);
    FT_Library freetype;
    int major = 0, minor = 0, patch = 0;
    if (FT_Init_FreeType(&freetype) == 0) {
        FT_Library_Version(freetype, &major, &minor, &patch);
        FT_Done_FreeType(freetype);
    }
    fprintf(stream, "cairo %s, FreeType %d.%d.%d, FriBidi %s, HarfBuzz %s, libpng %s, MPFR %s, "
            "zlib %s, ",
            cairo_version_string(), major, minor, patch, FRIBIDI_VERSION, hb_version_string(),
            png_get_libpng_ver(NULL), mpfr_get_version(), zlibVersion());
#ifdef HAVE_VIDEO
    struct error err;
    const struct ffmpeg *av = ffmpeg_load(&err);
    fprintf(stream, "FFmpeg %s\n", av ? av->av_version_info() : "is missing");
#else
    fputs("no FFmpeg (built with --disable-video)\n", stream);
#endif
}
