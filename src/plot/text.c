#include "plot/text.h"

#include <string.h>

#include <hb.h>

/* The font file is linked into the program. */
__asm__(".pushsection .rodata\n"
        ".balign 16\n"
        "optrender_font_begin:\n"
        ".incbin \"" FONT_FILE "\"\n"
        "optrender_font_end:\n"
        ".byte 0\n"
        ".popsection\n");

extern const unsigned char optrender_font_begin[], optrender_font_end[];

const unsigned char *font_bytes(size_t *size)
{
    *size = (size_t)(optrender_font_end - optrender_font_begin);
    return optrender_font_begin;
}

static hb_font_t *font_open(void)
{
    size_t size;
    const char *bytes = (const char *)font_bytes(&size);
    hb_blob_t *blob = hb_blob_create(bytes, (unsigned)size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

struct text_run *text_shape(struct arena *arena, const char *text, double size)
{
    hb_font_t *font = font_open();
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    /* The guess asks the process's locale for a language. */
    hb_buffer_set_language(buffer, hb_language_from_string("en", -1));
    hb_shape(font, buffer, NULL, 0);

    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
    double em = hb_face_get_upem(hb_font_get_face(font)), pen = 0;
    struct glyph *glyphs = arena_new(arena, count, sizeof *glyphs);
    for (unsigned i = 0; i < count; i++) {
        glyphs[i].index = infos[i].codepoint;
        glyphs[i].x = (pen + places[i].x_offset) * size / em;
        glyphs[i].y = -places[i].y_offset * size / em;
        pen += places[i].x_advance;
    }
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);

    struct text_run *run = arena_new(arena, 1, sizeof *run);
    *run = (struct text_run){ arena_copy(arena, text, strlen(text)), size, pen * size / em,
                              glyphs, count };
    return run;
}
