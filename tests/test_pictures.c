/* What has to hold for whole pictures and films: what does not move keeps its
 * pixels, what is transparent is empty, and a still is a frame. */
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "plot/locate.h"

static const char *const presets[] = { "quad", "booth", "hyper", "beale" };
enum { PRESETS = 4 };

static uint32_t pixel_at(const struct image *image, int x, int y)
{
    uint32_t pixel;
    memcpy(&pixel, image->pixels + y * image->stride + 4 * x, sizeof pixel);
    return pixel;
}

/* The same picture, for as long as its frames go on; free its pixels. */
static struct image image_copy(const struct image *image)
{
    struct image copy = *image;
    size_t bytes = (size_t)image->stride * (size_t)image->height;
    copy.pixels = memcpy(memory_new(bytes, 1), image->pixels, bytes);
    return copy;
}

/* Whether any part of the pixel is within so many points of the box. */
static bool is_in(struct rect box, double margin, double scale, int x, int y)
{
    return (x + 1) / scale > box.x - margin && x / scale < box.x + box.width + margin
        && (y + 1) / scale > box.y - margin && y / scale < box.y + box.height + margin;
}

static bool overlap(struct rect a, struct rect b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height
        && b.y < a.y + a.height;
}

START_TEST(a_legend_beside_the_panels_keeps_its_pixels)
{
    static const char *const beside[] = { "figure.legend=outside", "film.counter=no", NULL };
    struct figure figure;
    struct frames frames;
    figure_init_shipped(&figure, presets[_i], beside);
    frames_open(&frames, &figure.film, 72);
    struct rect box = figure.film.legend.box;
    ck_assert(box.width > 0 && !overlap(box, figure.film.page.panels[PANEL_CONTOUR])
              && !overlap(box, figure.film.page.panels[PANEL_SURFACE]));
    struct image now = frames_at(&frames, 0), first = image_copy(&now);
    size_t drawn = 0;
    for (size_t number = 1; number < figure.film.timeline.frames; number++) {
        now = frames_at(&frames, number);
        for (int y = 0; y < now.height; y++) {
            for (int x = 0; x < now.width; x++) {
                if (is_in(box, 0, 1, x, y)) {
                    ck_assert_msg(pixel_at(&now, x, y) == pixel_at(&first, x, y),
                                  "frame %zu at %d, %d", number, x, y);
                    drawn += pixel_at(&now, x, y) != 0xffffffff;
                }
            }
        }
    }
    ck_assert_uint_gt(drawn, 100 * figure.film.timeline.frames);
    free(first.pixels);
    frames_finish(&frames);
    figure_finish(&figure);
}
END_TEST

START_TEST(a_legend_in_a_panel_changes_nothing_but_its_box)
{
    /* The film with it and the film without it differ in the legend's box
     * alone, and there the picture changes only where it does below. */
    static const char *const settings[2][2] = { { NULL }, { "figure.legend=none" } };
    struct figure figures[2];
    struct frames frames[2];
    struct image now[2], first[2];
    for (int i = 0; i < 2; i++) {
        figure_init(&figures[i], presets[_i], settings[i]);
        frames_open(&frames[i], &figures[i].film, 36);
        now[i] = frames_at(&frames[i], 0);
        first[i] = image_copy(&now[i]);
    }
    struct rect box = figures[0].film.legend.box;
    ck_assert(overlap(box, figures[0].film.page.panels[PANEL_CONTOUR]));
    for (size_t number = 1; number < figures[0].film.timeline.frames; number += 3) {
        now[0] = frames_at(&frames[0], number);
        now[1] = frames_at(&frames[1], number);
        for (int y = 0; y < now[0].height; y++) {
            for (int x = 0; x < now[0].width; x++) {
                uint32_t here = pixel_at(&now[0], x, y), below = pixel_at(&now[1], x, y);
                bool same = is_in(box, 2, 0.5, x, y) ? below != pixel_at(&first[1], x, y)
                                                         || here == pixel_at(&first[0], x, y)
                                                   : here == below;
                ck_assert_msg(same, "frame %zu at %d, %d", number, x, y);
            }
        }
    }
    for (int i = 0; i < 2; i++) {
        free(first[i].pixels);
        frames_finish(&frames[i]);
        figure_finish(&figures[i]);
    }
}
END_TEST

START_TEST(a_camera_turns_the_surface_alone)
{
    static const char *const settings[2][4] = {
        { "figure.panels=surface, contour, loss", NULL },
        { "figure.panels=surface, contour, loss", "surface.azimuth=-80 .. 70",
          "surface.elevation=20 .. 50", NULL },
    };
    struct figure figures[2];
    struct frames frames[2];
    for (int i = 0; i < 2; i++) {
        figure_init_shipped(&figures[i], presets[_i], settings[i]);
        frames_open(&frames[i], &figures[i].film, 48);
    }
    struct rect area = figures[0].film.page.surface_area;
    size_t turned = 0, count = figures[0].film.timeline.frames;
    for (size_t number = 0; number < count; number += number ? count / 6 : 1) {
        struct image fixed = frames_at(&frames[0], number);
        struct image turning = frames_at(&frames[1], number);
        for (int y = 0; y < fixed.height; y++) {
            for (int x = 0; x < fixed.width; x++) {
                bool same = pixel_at(&fixed, x, y) == pixel_at(&turning, x, y);
                ck_assert_msg(same || is_in(area, 0, 48.0 / 72, x, y), "frame %zu at %d, %d",
                              number, x, y);
                turned += !same;
            }
        }
    }
    ck_assert_uint_gt(turned, 1000);
    for (int i = 0; i < 2; i++) {
        frames_finish(&frames[i]);
        figure_finish(&figures[i]);
    }
}
END_TEST

/* The largest difference of a component. */
static int change_at(const struct image *a, const struct image *b, int x, int y)
{
    int largest = 0;
    for (int i = 0; i < 4; i++) {
        int change = abs(a->pixels[y * a->stride + 4 * x + i]
                         - b->pixels[y * b->stride + 4 * x + i]);
        largest = change > largest ? change : largest;
    }
    return largest;
}

/* Where the paths of a film have been between two positions, on the page. */
struct places {
    struct vec2 *items;
    size_t count, capacity;
};

static void add_place(struct places *places, struct vec2 at)
{
    places->items = memory_grow(places->items, places->count, &places->capacity,
                                sizeof *places->items);
    places->items[places->count++] = at;
}

static void find_places(const struct plot *plot, struct places *places, double from, double to)
{
    enum { PARTS = 40 };
    places->count = 0;
    for (size_t i = 0; i < plot->path_count; i++) {
        for (int part = 0; part <= PARTS; part++) {
            const struct path *path = &plot->paths[i];
            double step = from + (to - from) * part / PARTS;
            struct vec2 at = path_at(path, step), seen;
            add_place(places, contour_panel_point(plot, at));
            add_place(places, path_loss_at(plot, path, step));
            if (on_page(&plot->view, lift(plot, at), &seen)) {
                add_place(places, seen);
            }
        }
    }
}

static double distance_to(const struct places *places, struct vec2 at)
{
    double nearest = INFINITY;
    for (size_t i = 0; i < places->count; i++) {
        nearest = fmin(nearest, hypot(places->items[i].x - at.x, places->items[i].y - at.y));
    }
    return nearest;
}

START_TEST(what_does_not_move_keeps_its_pixels)
{
    /* Heads, arrows and casings reach this far from the paths, points. Farther
     * away the edge of a growing line may be rounded otherwise, here and there;
     * a stroke that is put on twice changes its edges by 50 and more. */
    static const double reach = 10;
    enum { ROUNDING = 16 };
    static const double scale = 0.75;
    static const char *const settings[] = { "film.fps=15", "film.counter=no",
                                            "figure.panels=surface, contour, loss", NULL };
    struct figure figure;
    struct frames frames;
    struct places places = { 0 };
    figure_init_shipped(&figure, presets[_i], settings);
    const struct plot *plot = &figure.film;
    frames_open(&frames, plot, 72 * scale);
    struct image now = frames_at(&frames, 0), before = image_copy(&now);
    size_t changed = 0;
    for (size_t number = 1; number < plot->timeline.frames; number++) {
        double since = timeline_at(&plot->timeline, number - 1).step;
        double step = timeline_at(&plot->timeline, number).step;
        find_places(plot, &places, since, step);
        now = frames_at(&frames, number);
        for (int y = 0; y < now.height; y++) {
            for (int x = 0; x < now.width; x++) {
                if (pixel_at(&now, x, y) == pixel_at(&before, x, y)) {
                    continue;
                }
                changed++;
                struct vec2 at = { (x + 0.5) / scale, (y + 0.5) / scale };
                ck_assert_msg(change_at(&now, &before, x, y) <= ROUNDING
                                  || distance_to(&places, at) < reach,
                              "frame %zu at %d, %d", number, x, y);
            }
        }
        memcpy(before.pixels, now.pixels, (size_t)now.stride * (size_t)now.height);
    }
    ck_assert_uint_gt(changed, plot->timeline.frames);
    free(before.pixels);
    free(places.items);
    frames_finish(&frames);
    figure_finish(&figure);
}
END_TEST

static const char *const themes[] = { "figure.theme=notebook", "figure.theme=article",
                                      "figure.theme=dark", "figure.theme=slides",
                                      "figure.theme=print" };
enum { THEMES = 5 };

START_TEST(a_transparent_page_is_empty_where_nothing_is_drawn)
{
    for (int clear = 0; clear < 2; clear++) {
        const char *settings[] = { themes[_i], clear ? "figure.background=transparent" : NULL,
                                   NULL };
        struct figure figure;
        struct frames frames;
        figure_init_shipped(&figure, "hyper", settings);
        frames_open(&frames, &figure.film, 36);
        struct image image = frames_at(&frames, 20);
        size_t empty = 0, pixels = (size_t)(image.width * image.height);
        for (int y = 0; y < image.height; y++) {
            for (int x = 0; x < image.width; x++) {
                empty += pixel_at(&image, x, y) == 0;
                ck_assert(clear || pixel_at(&image, x, y) >> 24 == 255);
            }
        }
        const int right = image.width - 1, bottom = image.height - 1;
        const int corners[4][2] = { { 0, 0 }, { right, 0 }, { 0, bottom }, { right, bottom } };
        for (int i = 0; clear && i < 4; i++) {
            ck_assert_uint_eq(pixel_at(&image, corners[i][0], corners[i][1]), 0);
        }
        ck_assert(!clear || empty > pixels / 5);
        frames_finish(&frames);
        figure_finish(&figure);
    }
}
END_TEST

/* The greatest difference of a channel. */
static int channels_apart(unsigned a, unsigned b)
{
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int apart = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = apart > most ? apart : most;
    }
    return most;
}

/* Nearly: a film's trail grows by strokes and a still's is one, which differs
 * in a few pixels where dashes of different strokes meet. */
START_TEST(a_still_without_dots_is_the_last_frame)
{
    for (int preset = 0; preset < PRESETS; preset++) {
        const char *settings[] = { themes[_i], "still.dots=no", "film.counter=no", "still.width=14",
                                   "still.height=4", "film.dpi=36", "still.dpi=36", NULL };
        struct figure figure;
        struct frames film, still;
        figure_init_shipped(&figure, presets[preset], settings);
        frames_open(&film, &figure.film, 36);
        frames_open(&still, &figure.still, 36);
        size_t last = figure.film.timeline.frames - 1;
        struct image wanted = frames_at(&film, last), image = frames_at(&still, last);
        ck_assert_int_eq(image.width, wanted.width);
        size_t off = 0;
        for (int y = 0; y < image.height; y++) {
            for (int x = 0; x < image.width; x++) {
                off += channels_apart(pixel_at(&image, x, y), pixel_at(&wanted, x, y)) > 32;
            }
        }
        ck_assert_msg(off <= (size_t)(image.width * image.height) / 2000, "%s: %zu pixels",
                      presets[preset], off);
        frames_finish(&film);
        frames_finish(&still);
        figure_finish(&figure);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pictures");
    TCase *cases = tcase_create("pictures");
    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, a_legend_beside_the_panels_keeps_its_pixels, 0, PRESETS);
    tcase_add_loop_test(cases, a_legend_in_a_panel_changes_nothing_but_its_box, 0, PRESETS);
    tcase_add_loop_test(cases, a_camera_turns_the_surface_alone, 0, PRESETS);
    tcase_add_loop_test(cases, what_does_not_move_keeps_its_pixels, 0, PRESETS);
    tcase_add_loop_test(cases, a_transparent_page_is_empty_where_nothing_is_drawn, 0, THEMES);
    tcase_add_loop_test(cases, a_still_without_dots_is_the_last_frame, 0, THEMES);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
