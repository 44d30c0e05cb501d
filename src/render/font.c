#include "render/font.h"

#include <stdlib.h>

#include <cairo-ft.h>

#include "base/memory.h"
#include "plot/text.h"

struct font {
    FT_Library library;
    FT_Face face;
};

static void font_destroy(void *data)
{
    struct font *font = data;
    FT_Done_Face(font->face);
    FT_Done_FreeType(font->library);
    free(font);
}

cairo_font_face_t *font_face_create(void)
{
    static const cairo_user_data_key_t key;
    size_t size;
    const unsigned char *bytes = font_bytes(&size);
    struct font *font = memory_new(1, sizeof *font);
    if (FT_Init_FreeType(&font->library)) {
        memory_end(); /* the bytes are ours: only memory can be short */
    }
    if (FT_New_Memory_Face(font->library, bytes, (FT_Long)size, 0, &font->face)) {
        memory_end();
    }
    cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face(font->face, FT_LOAD_NO_HINTING);
    cairo_font_face_set_user_data(face, &key, font, font_destroy);
    return face;
}
