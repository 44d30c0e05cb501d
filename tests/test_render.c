/* The render stage: the rasterizer's pixels and the frames of a film. */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "render/painter.h"
#include "render/raster.h"

static const char *figure_names[] = { "quad", "booth", "hyper", "beale" };
enum { FIGURES = 4, SIDE = 160 };

static const struct colormap_row flat_rows[COLORMAP_SIZE];

/* A bumpy mesh in one colour, seen at an angle. */
static void bumpy_view(struct mesh *mesh, struct surface_view *view, const struct colormap *map)
{
    *mesh = mesh_flat(256);
    mesh->limits = (struct range){ -1, 1 };
    size_t side = mesh_side(mesh);
    for (size_t i = 0; i < side * side; i++) {
        size_t row = i / side, column = i % side;
        mesh->heights[i] = (row / 16 + column / 16) % 2 ? 0.5 : -0.5;
    }
    struct camera camera;
    camera_init(&camera, mesh->x, mesh->y, mesh->limits, -35, 40, 7.5);
    camera_fit_notebook(&camera, (struct rect){ 0, 0, SIDE, SIDE });
    surface_view_init(view, mesh, &camera, &(struct surface_style){ .colormap = map });
}

static uint32_t *raster_new(const struct surface_view *view, double scale, int side)
{
    uint32_t *pixels = memory_new((size_t)(side * side), sizeof *pixels);
    struct image image = { .width = side,
                           .height = side,
                           .stride = 4 * side,
                           .pixels = (unsigned char *)pixels };
    raster_surface(&image, view, &(struct raster_place){ scale, 0, 0 });
    return pixels;
}

START_TEST(a_surface_of_one_color_has_no_seams)
{
    struct colormap black = { "black", "", flat_rows };
    struct mesh mesh;
    struct surface_view view;
    bumpy_view(&mesh, &view, &black);
    static const double scales[] = { 1, 2.7777, 4 };
    for (size_t s = 0; s < 3; s++) {
        int side = (int)(SIDE * scales[s]);
        uint32_t *pixels = raster_new(&view, scales[s], side);
        size_t covered = 0, rims = 0;
        for (int y = 1; y + 1 < side; y++) {
            for (int x = 1; x + 1 < side; x++) {
                uint32_t here = pixels[y * side + x] >> 24;
                /* Between covered pixels on opposite sides none is see-through. */
                bool between = pixels[y * side + x - 1] >> 24 == 255
                               && pixels[y * side + x + 1] >> 24 == 255;
                ck_assert_msg(!between || here > 128, "a seam at %d, %d", x, y);
                covered += here == 255;
                rims += here > 0 && here < 255;
                ck_assert_uint_eq(pixels[y * side + x] & 0xffffff, 0);
            }
        }
        /* The mesh covers a good part of the square; its rim and the edges of
         * its steps are as long as a few sides, and antialiased: a picture
         * full of seams has partly covered pixels everywhere. */
        ck_assert_uint_gt(covered, (size_t)(side * side / 5));
        ck_assert_uint_gt(rims, (size_t)side / 2);
        ck_assert_uint_lt(rims, covered / 4);
        free(pixels);
    }
    surface_view_finish(&view);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(the_nearer_part_covers_the_farther)
{
    /* A slope seen from one side: the high ridge in front hides the low plain
     * behind it. Colours tell which part a pixel shows. */
    struct colormap_row rows[COLORMAP_SIZE] = { 0 };
    for (int i = 4; i < COLORMAP_SIZE; i++) { /* all but the plain */
        rows[i].r = 1000000;
    }
    struct colormap map = { "step", "", rows };
    struct mesh mesh = mesh_flat(256);
    mesh.limits.hi = 1;
    for (size_t i = 0; i < mesh_side(&mesh) * mesh_side(&mesh); i++) {
        /* high for x > 0 */
        mesh.heights[i] = mesh.parts[i] = i % mesh_side(&mesh) > mesh.cells / 2 ? 1 : 0;
    }
    struct rect square = { 0, 0, SIDE, SIDE };
    size_t red[2];
    for (int side = 0; side < 2; side++) {
        struct camera camera;
        struct surface_view view;
        camera_init(&camera, mesh.x, mesh.y, mesh.limits, side ? 180 : 0, 10, 7.5);
        camera_fit_notebook(&camera, square);
        surface_view_init(&view, &mesh, &camera, &(struct surface_style){ .colormap = &map });
        uint32_t *pixels = raster_new(&view, 1, SIDE);
        struct vec3 low = { -0.5, 0, 0 };
        struct projected seen = camera_project(&camera, low);
        uint32_t pixel = pixels[(int)seen.page.y * SIDE + (int)seen.page.x];
        red[side] = pixel >> 16 & 255;
        ck_assert_uint_eq(pixel >> 24, 255);
        free(pixels);
        surface_view_finish(&view);
    }
    ck_assert_uint_gt(red[0], 200); /* from +x the ridge is in front */
    ck_assert_uint_eq(red[1], 0);   /* from -x the plain is seen itself */
    mesh_finish(&mesh);
}
END_TEST

/* What a pixel's middle shows, by comparing the depths of all triangles there. */
struct seen {
    double nearness; /* 1 / depth; 0: nothing */
    double part;
};

static void see_triangle(struct seen *all, const struct surface_view *view, const size_t at[3])
{
    struct projected corners[3];
    struct vec2 lo = { SIDE, SIDE }, hi = { 0, 0 };
    for (int i = 0; i < 3; i++) {
        corners[i] = view->vertices[at[i]];
        lo = (struct vec2){ fmin(lo.x, corners[i].page.x), fmin(lo.y, corners[i].page.y) };
        hi = (struct vec2){ fmax(hi.x, corners[i].page.x), fmax(hi.y, corners[i].page.y) };
    }
    struct vec2 a = corners[0].page, b = corners[1].page, c = corners[2].page;
    double area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    for (int y = (int)fmax(0, lo.y); y < SIDE && y <= hi.y; y++) {
        for (int x = (int)fmax(0, lo.x); x < SIDE && x <= hi.x; x++) {
            double px = x + 0.5, py = y + 0.5;
            double v = ((px - a.x) * (c.y - a.y) - (py - a.y) * (c.x - a.x)) / area;
            double w = ((b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x)) / area;
            double u = 1 - v - w, nearness = u / corners[0].depth + v / corners[1].depth
                                             + w / corners[2].depth;
            struct seen *seen = &all[y * SIDE + x];
            if (u >= 0 && v >= 0 && w >= 0 && nearness > seen->nearness) {
                const double *parts = view->mesh->parts;
                *seen = (struct seen){ nearness, u * parts[at[0]] + v * parts[at[1]]
                                                     + w * parts[at[2]] };
            }
        }
    }
}

static void see_all(struct seen *all, const struct surface_view *view)
{
    const struct mesh *mesh = view->mesh;
    size_t side = mesh_side(mesh);
    memset(all, 0, SIDE * SIDE * sizeof *all);
    for (size_t row = 0; row < mesh->cells; row++) {
        for (size_t column = 0; column < mesh->cells; column++) {
            size_t at = row * side + column;
            const double *low = mesh->heights + at, *high = low + side;
            /* The diagonal whose ends differ less in height parts the cell. */
            if (fabs(low[1] - high[0]) < fabs(low[0] - high[1])) {
                see_triangle(all, view, (size_t[3]){ at, at + 1, at + side });
                see_triangle(all, view, (size_t[3]){ at + 1, at + side + 1, at + side });
            } else {
                see_triangle(all, view, (size_t[3]){ at, at + 1, at + side + 1 });
                see_triangle(all, view, (size_t[3]){ at, at + side + 1, at + side });
            }
        }
    }
}

/* Whether the pixels around show about the same part, so that sampling within the
 * pixel makes no difference. */
static bool is_even(const struct seen *seen)
{
    double lo = INFINITY, hi = -INFINITY;
    for (int i = 0; i < 9; i++) {
        const struct seen *other = seen + (i / 3 - 1) * SIDE + i % 3 - 1;
        lo = fmin(lo, other->nearness > 0 ? other->part : -1);
        hi = fmax(hi, other->part);
    }
    return hi - lo < 0.08;
}

static struct mesh bumps(void)
{
    struct mesh mesh = mesh_flat(40);
    size_t side = mesh_side(&mesh);
    for (size_t i = 0; i < side * side; i++) {
        struct vec3 at = mesh_vertex(&mesh, i / side, i % side);
        mesh.heights[i] = 0.5 * sin(9 * at.x) * cos(7 * at.y + at.x);
        mesh.parts[i] = 0.5 + 0.5 * sin(3 * at.x + 2 * at.y);
    }
    mesh.limits = (struct range){ -0.5, 0.5 };
    return mesh;
}

/* The rasterizer compares no depths: it draws cells from the eye on. */
START_TEST(the_nearest_of_all_triangles_is_seen)
{
    static const double elevations[] = { -90, -50, 0, 7, 35, 90 }, distances[] = { 2, 7.5 };
    struct colormap_row rows[COLORMAP_SIZE];
    for (int i = 0; i < COLORMAP_SIZE; i++) {
        int grey = (int)lround(1e6 * i / (COLORMAP_SIZE - 1));
        rows[i] = (struct colormap_row){ grey, grey, grey };
    }
    struct colormap map = { "grey", "", rows };
    struct mesh mesh = bumps();
    struct seen *all = memory_new(SIDE * SIDE, sizeof *all);
    for (int i = 0; i < 6 * 2 * 5; i++) {
        struct camera camera;
        struct surface_view view;
        camera_init(&camera, mesh.x, mesh.y, mesh.limits, -160 + 73 * (i / 12), elevations[i % 6],
                    distances[i / 6 % 2]);
        camera_fit_notebook(&camera, (struct rect){ 0, 0, SIDE, SIDE });
        surface_view_init(&view, &mesh, &camera, &(struct surface_style){ .colormap = &map });
        uint32_t *pixels = raster_new(&view, 1, SIDE);
        see_all(all, &view);
        size_t compared = 0, wrong = 0;
        for (int at = SIDE + 1; at < SIDE * (SIDE - 1) - 1; at++) {
            if (all[at].nearness > 0 && is_even(&all[at])) {
                wrong += fabs((pixels[at] & 255) / 255.0 - all[at].part) > 0.06;
                compared++;
            }
        }
        ck_assert_uint_gt(compared, 5000);
        ck_assert_uint_le(wrong, 3); /* rims so thin that they miss the middles */
        free(pixels);
        surface_view_finish(&view);
    }
    free(all);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(holes_stay_open)
{
    struct colormap black = { "black", "", flat_rows };
    struct mesh mesh;
    struct surface_view view;
    bumpy_view(&mesh, &view, &black);
    surface_view_finish(&view);
    struct camera camera;
    camera_init(&camera, mesh.x, mesh.y, mesh.limits, 0, 90, 7.5);
    camera_fit_notebook(&camera, (struct rect){ 0, 0, SIDE, SIDE });
    for (size_t row = 100; row < 160; row++) {
        for (size_t column = 100; column < 160; column++) {
            double height = row % 2 ? (double)NAN : (double)INFINITY;
            mesh.heights[row * mesh_side(&mesh) + column] = height;
        }
    }
    surface_view_init(&view, &mesh, &camera, &(struct surface_style){ .colormap = &black });
    uint32_t *pixels = raster_new(&view, 1, SIDE);
    struct projected middle = camera_project(&camera, (struct vec3){ 0, 0, 0 });
    struct projected beside = camera_project(&camera, (struct vec3){ -0.6, 0, 0 });
    ck_assert_uint_eq(pixels[(int)middle.page.y * SIDE + (int)middle.page.x], 0);
    ck_assert_uint_eq(pixels[(int)beside.page.y * SIDE + (int)beside.page.x] >> 24, 255);
    free(pixels);
    surface_view_finish(&view);
    mesh_finish(&mesh);
}
END_TEST

static size_t image_bytes(const struct image *image)
{
    return (size_t)image->stride * (size_t)image->height;
}

START_TEST(a_frame_alone_is_the_films_frame)
{
    struct figure figure;
    struct frames film, alone;
    figure_init(&figure, figure_names[_i], NULL);
    frames_open(&film, &figure.film, 72);
    for (size_t step = 0; step < figure.film.timeline.frames; step++) {
        struct image passing = frames_at(&film, step);
        if (step % 7 != 6 && step + 1 < figure.film.timeline.frames && step) {
            continue;
        }
        frames_open(&alone, &figure.film, 72);
        struct image single = frames_at(&alone, step);
        ck_assert_msg(!memcmp(passing.pixels, single.pixels, image_bytes(&single)),
                      "frame %zu differs", step);
        frames_finish(&alone);
    }
    frames_finish(&film);
    figure_finish(&figure);
}
END_TEST

START_TEST(what_changed_is_damaged)
{
    struct figure figure;
    struct frames film;
    figure_init(&figure, "hyper", NULL);
    frames_open(&film, &figure.film, 72);
    struct image image = frames_at(&film, 0);
    uint32_t *before = memory_new(image_bytes(&image), 1);
    memcpy(before, image.pixels, image_bytes(&image));
    size_t changed = 0;
    for (size_t step = 1; step < 50; step++) {
        image = frames_at(&film, step);
        const uint32_t *now = (const uint32_t *)(const void *)image.pixels;
        for (int y = 0; y < image.height; y++) {
            for (int x = 0; x < image.width; x++) {
                size_t at = (size_t)(y * image.stride / 4 + x);
                if (now[at] != before[at]) {
                    changed++;
                    ck_assert_msg(frames_damaged(&film, x, y), "step %zu at %d, %d", step, x, y);
                }
            }
        }
        memcpy(before, image.pixels, image_bytes(&image));
    }
    ck_assert_uint_gt(changed, 49 * 28); /* at least one head a step */
    free(before);
    frames_finish(&film);
    figure_finish(&figure);
}
END_TEST

/* Share of pixels that a path's colour has in a frame. */
static size_t count_color(const struct image *image, uint32_t color)
{
    size_t count = 0;
    const uint32_t *pixels = (const uint32_t *)(const void *)image->pixels;
    for (int i = 0; i < image->width * image->height; i++) {
        count += (pixels[i] & 0xffffff) == color;
    }
    return count;
}

START_TEST(frame_zero_shows_the_start_and_the_last_shows_the_end)
{
    struct figure figure;
    struct frames film;
    figure_init(&figure, "quad", NULL);
    frames_open(&film, &figure.film, 144);
    struct image image = frames_at(&film, 0);
    /* Both heads are at the start: the later one covers the first. */
    size_t first = count_color(&image, 0xff7f0e);
    struct vec2 start = contour_panel_point(&figure.film, (struct vec2){ -4, 4 });
    const uint32_t *pixels = (const uint32_t *)(const void *)image.pixels;
    ck_assert_uint_eq(pixels[(int)(start.y * 2) * image.width + (int)(start.x * 2)] & 0xffffff,
                      0xff7f0e);
    const struct trajectory *momentum = &figure.trajectories[1];
    image = frames_at(&film, figure.film.timeline.frames - 1);
    pixels = (const uint32_t *)(const void *)image.pixels;
    struct vec2 end = contour_panel_point(&figure.film, momentum->points[momentum->count - 1]);
    ck_assert_uint_eq(pixels[(int)(end.y * 2) * image.width + (int)(end.x * 2)] & 0xffffff,
                      0xff7f0e);
    ck_assert_uint_gt(count_color(&image, 0xff7f0e), 2 * first);
    frames_finish(&film);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_legend_stays_where_it_is)
{
    /* Its pixels change only where the picture below it does: the text rows
     * of every frame are those of frame 0. */
    struct figure figure;
    struct frames film;
    figure_init(&figure, figure_names[_i], NULL);
    frames_open(&film, &figure.film, 72);
    struct rect box = figure.film.legend.box;
    ck_assert(box.width > 0);
    /* A handle's middle, in the colour of its path, in every frame. */
    int x = (int)(box.x + 14), y = (int)(figure.film.legend.entries[0].baseline.y - 3.5);
    struct image image = frames_at(&film, 0);
    uint32_t first = ((const uint32_t *)(const void *)image.pixels)[y * image.width + x];
    for (size_t step = 1; step < figure.film.timeline.frames; step++) {
        image = frames_at(&film, step);
        uint32_t now = ((const uint32_t *)(const void *)image.pixels)[y * image.width + x];
        ck_assert_uint_eq(now, first);
    }
    ck_assert_uint_ne(first, 0xffffffff);
    frames_finish(&film);
    figure_finish(&figure);
}
END_TEST

/* The share of a pixel between two radii around a center, by many points in it. */
static double ring_share(int x, int y, struct vec2 center, double inner, double outer)
{
    enum { POINTS = 32 };
    int inside = 0;
    for (int i = 0; i < POINTS * POINTS; i++) {
        double across = x + (i % POINTS + 0.5) / POINTS - center.x;
        double along = y + (i / POINTS + 0.5) / POINTS - center.y;
        double distance = hypot(across, along);
        inside += distance >= inner && distance < outer;
    }
    return (double)inside / (POINTS * POINTS);
}

/* Radii in points at two pixels per point; where the rim is wide and where thin. */
static const struct { double radius, width; } discs[] = {
    { 0.6, 0 }, { 1.1, 0 }, { 1.4, 0 }, { 2.75, 0.6 }, { 7.3, 1.5 }, { 4, 8 }, { 90, 3 },
};

START_TEST(discs_cover_their_share_of_every_pixel)
{
    enum { WIDTH = 500 };
    double radius = discs[_i].radius, half = discs[_i].width / 2, sum = 0, expected_sum = 0;
    struct vec2 at = { 122.2, 123.9 }, center = { 2 * at.x, 2 * at.y };
    struct color black = { 0, 0, 0, 1 };
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, WIDTH, WIDTH);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, 2, 2);
    struct primitive disc = { .kind = PRIMITIVE_DISC, .points = &at, .point_count = 1,
                              .radius = radius, .stroke = { black, 2 * half, .cap = CAP_BUTT } };
    disc.fill.a = half > 0 ? 0 : 1;
    painter_paint(cairo, &disc, 1, NULL, 2);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    double inner = half > 0 ? 2 * fmax(0, radius - half) : 0, outer = 2 * (radius + half);
    for (int y = 0; y < WIDTH; y++) {
        const unsigned char *row = cairo_image_surface_get_data(surface)
                                   + y * cairo_image_surface_get_stride(surface);
        for (int x = 0; x < WIDTH; x++) {
            double expected = ring_share(x, y, center, inner, outer);
            ck_assert_double_eq_tol(row[x] / 255.0, expected, 0.1);
            sum += row[x] / 255.0;
            expected_sum += expected;
        }
    }
    ck_assert_double_eq_tol(sum, expected_sum, 0.02 * expected_sum);
    cairo_surface_destroy(surface);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render");
    TCase *cases = tcase_create("render");
    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, a_surface_of_one_color_has_no_seams);
    tcase_add_test(cases, the_nearer_part_covers_the_farther);
    tcase_add_test(cases, the_nearest_of_all_triangles_is_seen);
    tcase_add_test(cases, holes_stay_open);
    tcase_add_loop_test(cases, a_frame_alone_is_the_films_frame, 0, FIGURES);
    tcase_add_test(cases, what_changed_is_damaged);
    tcase_add_test(cases, frame_zero_shows_the_start_and_the_last_shows_the_end);
    tcase_add_loop_test(cases, the_legend_stays_where_it_is, 0, FIGURES);
    tcase_add_loop_test(cases, discs_cover_their_share_of_every_pixel, 0,
                        sizeof discs / sizeof *discs);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
