#include "outputs.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct caption captions[] = {
    { 0, 1500, "a < b & c --> d\nlater" }, { 1500, 3723004, "the end" }
};

const struct sink_info usual = {
    .width_px = WIDTH, .height_px = HEIGHT, .width_pt = 90, .height_pt = 60, .dpi = 144,
    .clock = { .ticks_per_second = 1000, .frame_ticks = 200 }, .title = "Saddle & <valley>",
    .description = "It ends within 2 × 10⁻³ of <x> & y.",
    .captions = captions, .caption_count = 2,
};

char folder[64];

void make_folder(void)
{
    strcpy(folder, "write-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

void remove_folder(void)
{
    char path[512];
    struct dirent *entry;
    DIR *stream = opendir(folder);
    while ((entry = readdir(stream))) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && unlink(path)) {
            rmdir(path);
        }
    }
    closedir(stream);
    rmdir(folder);
}

const char *in_folder(const char *name)
{
    static char paths[4][400];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

int entries(void)
{
    int count = 0;
    DIR *stream = opendir(folder);
    while (readdir(stream)) {
        count++;
    }
    closedir(stream);
    return count - 2; /* . and .. */
}

void put(const char *path, const char *text)
{
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert(fputs(text, stream) >= 0 && !fclose(stream));
}

bool holds(const char *path, const char *text)
{
    size_t size;
    char *content = file_read(path, &size);
    bool same = size == strlen(text) && !memcmp(content, text, size);
    free(content);
    return same;
}

bool same_bytes(const char *a, const char *b)
{
    size_t size_a, size_b;
    char *bytes_a = file_read(a, &size_a), *bytes_b = file_read(b, &size_b);
    bool same = size_a == size_b && !memcmp(bytes_a, bytes_b, size_a);
    free(bytes_a);
    free(bytes_b);
    return same;
}

/* A page with what plots are made of: lines, gradients, clips, transparency. */
static void paint(void *context, cairo_t *cairo)
{
    const int *number = context;
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_save(cairo);
    cairo_pattern_t *pattern = cairo_pattern_create_linear(0, 0, 40, 0);
    cairo_pattern_add_color_stop_rgb(pattern, 0, 0.2, 0, 0.4);
    cairo_pattern_add_color_stop_rgb(pattern, 1, 1, 0.9, 0.1);
    cairo_set_source(cairo, pattern);
    cairo_pattern_destroy(pattern);
    cairo_rectangle(cairo, 5, 5, 40, 30);
    cairo_clip(cairo);
    cairo_paint_with_alpha(cairo, 0.7);
    cairo_restore(cairo);
    cairo_set_source_rgb(cairo, 0.12, 0.47, 0.71);
    cairo_move_to(cairo, 2, 2);
    cairo_line_to(cairo, 10 + 8 * *number, 40);
    cairo_stroke(cairo);
}

/* Gives the sink the page number as an image. */
static bool put_frame(struct sink *sink, int number, struct error *err)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, sink->info.width_px, sink->info.height_px);
    cairo_t *cairo = cairo_create(surface);
    paint(&number, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    struct image image = { .width = sink->info.width_px,
                           .height = sink->info.height_px,
                           .stride = cairo_image_surface_get_stride(surface),
                           .pixels = cairo_image_surface_get_data(surface) };
    bool good = sink_frame(sink, &image, err);
    cairo_surface_destroy(surface);
    return good;
}

bool fill(struct sink *sink, struct error *err)
{
    int number = 0;
    bool good = true;
    switch (sink->format->kind) {
    case FORMAT_FILM:
        for (; number < FRAMES && good; number++) {
            good = put_frame(sink, number, err);
        }
        return good;
    case FORMAT_BITMAP:
        return put_frame(sink, number, err);
    case FORMAT_VECTOR:
        return sink_page(sink, paint, &number, err);
    case FORMAT_DATA: {
        struct vec2 points[] = { { 1, 2 }, { 0.5, 1 } };
        double losses[] = { 5, 1.25 };
        struct trajectory path = { .label = "Adam", .count = 2, .points = points,
                                   .losses = losses };
        return sink_data(sink, &path, 1, err);
    }
    }
    return false;
}

bool write_file(const struct format *format, const char *path, struct error *err)
{
    struct sink sink;
    if (!sink_open(&sink, format, path, &usual, err)) {
        return false;
    }
    bool good = fill(&sink, err) && sink_complete(&sink, err) && sink_commit(&sink, err);
    sink_discard(&sink);
    return good;
}
