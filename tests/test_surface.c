/* The surface and contour panels: coverage, light, cuts, what is hidden; scales,
 * levels, bands and their labels. References are algebra and ray tests. */
#include "support.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "figure.h"
#include "plot/simplify.h"
#include "render/raster.h"

enum { PAGE = 160 }; /* points of a square page */

static const struct colormap_row gray_rows[COLORMAP_SIZE];
static const struct colormap black = { "black", "", gray_rows };

/* A square picture of a mesh. */
struct shot {
    struct camera camera;
    uint32_t *pixels;
    int side;
};

static struct shot shoot(const struct mesh *mesh, const struct surface_style *style,
                         double azimuth, double elevation, double dpi, int threads)
{
    struct shot shot = { .side = (int)(PAGE * dpi / 72) };
    struct surface_view view;
    struct vec2 lo, hi;
    camera_init(&shot.camera, mesh->x, mesh->y, mesh->limits, azimuth, elevation, 7.5);
    mesh_view_box(mesh, &shot.camera, &lo, &hi);
    camera_fit(&shot.camera, lo, hi, (struct rect){ 2, 2, PAGE - 4, PAGE - 4 });
    surface_view_init(&view, mesh, &shot.camera, style);
    shot.pixels = memory_new((size_t)(shot.side * shot.side), sizeof *shot.pixels);
    struct image image = { .width = shot.side,
                           .height = shot.side,
                           .stride = 4 * shot.side,
                           .pixels = (unsigned char *)shot.pixels };
    parallel_spare(threads - 1);
    raster_surface(&image, &view, &(struct raster_place){ dpi / 72, 0, 0 });
    parallel_spare(1 - threads);
    surface_view_finish(&view);
    return shot;
}

/* The pixel on which a point of space is. */
static uint32_t pixel_at(const struct shot *shot, struct vec3 point)
{
    struct projected seen = camera_project(&shot->camera, point);
    int x = (int)(seen.page.x * shot->side / PAGE), y = (int)(seen.page.y * shot->side / PAGE);
    ck_assert(x >= 0 && x < shot->side && y >= 0 && y < shot->side);
    return shot->pixels[y * shot->side + x];
}

/* How many pixels are covered, parts of them counted as parts. */
static double covered(const struct shot *shot)
{
    double sum = 0;
    for (int i = 0; i < shot->side * shot->side; i++) {
        sum += (shot->pixels[i] >> 24) / 255.0;
    }
    return sum;
}

typedef double height_function(double x, double y);

static double plane(double x, double y)
{
    return 0.3 * x + 0.2 * y;
}

static double along_x(double x, double y)
{
    return x + 0 * y;
}

static double saddle(double x, double y)
{
    return y * y - x * x;
}

static double ripple(double x, double y)
{
    return 0.1 * sin(9 * x) * sin(7 * y);
}

/* Beale's walls, on -1 .. 1. */
static double walls(double u, double v)
{
    double x = 4.5 * u, y = 4.5 * v;
    double a = 1.5 - x + x * y, b = 2.25 - x + x * y * y, c = 2.625 - x + x * y * y * y;
    return (a * a + b * b + c * c) / 181853.6;
}

static struct mesh mesh_of(height_function *f, size_t cells)
{
    struct mesh mesh = mesh_flat(cells);
    size_t side = mesh_side(&mesh);
    mesh.limits = (struct range){ INFINITY, -INFINITY };
    for (size_t i = 0; i < side * side; i++) {
        struct vec3 at = mesh_vertex(&mesh, i / side, i % side);
        mesh.heights[i] = f(at.x, at.y);
        mesh.limits.lo = fmin(mesh.limits.lo, mesh.heights[i]);
        mesh.limits.hi = fmax(mesh.limits.hi, mesh.heights[i]);
    }
    for (size_t i = 0; i < side * side; i++) {
        double span = mesh.limits.hi - mesh.limits.lo;
        mesh.parts[i] = (mesh.heights[i] - mesh.limits.lo) / span;
    }
    return mesh;
}

START_TEST(the_inside_of_a_surface_has_one_color)
{
    static height_function *functions[] = { plane, saddle, ripple };
    static const double elevations[] = { 25, 70, 90 }; /* that hide nothing */
    static const double dpis[] = { 72, 144, 300 };
    struct colormap_row rows[COLORMAP_SIZE];
    for (int i = 0; i < COLORMAP_SIZE; i++) {
        rows[i] = (struct colormap_row){ 200000, 600000, 1000000 };
    }
    struct colormap map = { "one", "", rows };
    for (size_t f = 0; f < 3; f++) {
        struct mesh mesh = mesh_of(functions[f], 256);
        for (size_t d = 0; d < 3; d++) {
            struct shot shot = shoot(&mesh, &(struct surface_style){ .colormap = &map }, -50,
                                     elevations[f], dpis[d], 2);
            for (double x = -0.9; x <= 0.9; x += 0.003) {
                for (double y = -0.9; y <= 0.9; y += 0.003) {
                    uint32_t pixel = pixel_at(&shot, (struct vec3){ x, y, functions[f](x, y) });
                    ck_assert_msg(pixel == 0xff3399ff, "%08x at %g, %g", pixel, x, y);
                }
            }
            free(shot.pixels);
        }
        mesh_finish(&mesh);
    }
}
END_TEST

/* The area of a convex polygon within one pixel, by clipping at its sides. */
static double area_in_pixel(const struct vec2 *corners, int count, int px, int py)
{
    struct vec2 ring[16], clipped[16];
    memcpy(ring, corners, (size_t)count * sizeof *ring);
    for (int cut = 0; cut < 4; cut++) {
        double a = cut % 2 ? 0 : 1, b = cut % 2 ? 1 : 0, sign = cut < 2 ? 1 : -1;
        double offset = cut < 2 ? -(a * px + b * py) : a * (px + 1) + b * (py + 1);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            struct vec2 p = ring[i], q = ring[(i + 1) % count];
            double at_p = sign * (a * p.x + b * p.y) + offset;
            double at_q = sign * (a * q.x + b * q.y) + offset;
            if (at_p >= 0) {
                clipped[kept++] = p;
            }
            if ((at_p < 0) != (at_q < 0)) {
                double part = at_p / (at_p - at_q);
                clipped[kept++] = (struct vec2){ p.x + part * (q.x - p.x),
                                                 p.y + part * (q.y - p.y) };
            }
        }
        count = kept;
        memcpy(ring, clipped, (size_t)count * sizeof *ring);
    }
    double area = 0;
    for (int i = 0; i < count; i++) {
        struct vec2 p = ring[i], q = ring[(i + 1) % count];
        area += (p.x * q.y - q.x * p.y) / 2;
    }
    return fabs(area);
}

START_TEST(the_rim_of_a_plane_covers_its_area)
{
    struct mesh mesh = mesh_of(plane, 64);
    struct shot shot = shoot(&mesh, &(struct surface_style){ .colormap = &black }, -50, 40, 72, 1);
    static const struct vec2 ends[] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
    struct vec2 corners[4];
    for (int i = 0; i < 4; i++) {
        struct vec3 at = { ends[i].x, ends[i].y, plane(ends[i].x, ends[i].y) };
        corners[i] = camera_project(&shot.camera, at).page;
    }
    double error = 0, count = 0;
    for (int y = 0; y < shot.side; y++) {
        for (int x = 0; x < shot.side; x++) {
            double exact = area_in_pixel(corners, 4, x, y);
            double difference = fabs((shot.pixels[y * shot.side + x] >> 24) / 255.0 - exact);
            /* Four rows of samples tell a level edge to an eighth. */
            ck_assert_msg(difference <= 0.127, "off by %g at %d, %d", difference, x, y);
            if (exact > 0 && exact < 1) {
                error += difference;
                count++;
            }
        }
    }
    ck_assert(count > 100);
    ck_assert_msg(error / count < 1.0 / 16, "off by %g in the mean", error / count);
    free(shot.pixels);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(only_holes_are_transparent)
{
    struct mesh mesh = mesh_of(plane, 64);
    size_t side = mesh_side(&mesh);
    for (size_t row = 20; row <= 30; row++) {
        for (size_t column = 36; column <= 50; column++) {
            mesh.heights[row * side + column] = row % 2 ? (double)NAN : (double)INFINITY;
        }
    }
    struct shot shot = shoot(&mesh, &(struct surface_style){ .colormap = &black }, 0, 90, 144, 1);
    for (double x = -0.98; x < 0.98; x += 0.004) {
        for (double y = -0.98; y < 0.98; y += 0.004) {
            /* In cells; a cell with two corners in the hole belongs to it. */
            double column = (x + 1) * 32, row = (y + 1) * 32, room = 0.4;
            bool is_in = column > 35 + room && column < 51 - room && row > 19 + room
                      && row < 31 - room
                      && ((column > 36 && column < 50) || (row > 20 && row < 30));
            bool is_out = column < 35 - room || column > 51 + room || row < 19 - room
                       || row > 31 + room;
            uint32_t alpha = pixel_at(&shot, (struct vec3){ x, y, plane(x, y) }) >> 24;
            ck_assert(!is_in || alpha == 0);
            ck_assert(!is_out || alpha == 255);
        }
    }
    free(shot.pixels);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(the_number_of_threads_changes_no_byte)
{
    struct mesh mesh = mesh_of(walls, 256);
    mesh.cut = (struct range){ 0.001, 0.4 };
    struct surface_style style = { .colormap = colormap_list(&(size_t){ 0 }), .shade = 0.5,
                                   .mesh_lines = 12, .mesh_line_width = 0.5,
                                   .mesh_line = { 0, 0, 0, 0.5 } };
    struct shot one = shoot(&mesh, &style, -20, 30, 200, 1);
    static const int counts[] = { 2, 3, 8 };
    for (size_t i = 0; i < 3; i++) {
        struct shot many = shoot(&mesh, &style, -20, 30, 200, counts[i]);
        ck_assert_mem_eq(one.pixels, many.pixels, (size_t)(4 * one.side * one.side));
        free(many.pixels);
    }
    free(one.pixels);
    mesh_finish(&mesh);
}
END_TEST

/* Three components, largest first. */
static int hue_order(uint32_t pixel)
{
    int r = pixel >> 16 & 255, g = pixel >> 8 & 255, b = pixel & 255;
    return (r > g) + 2 * (g > b) + 4 * (r > b);
}

START_TEST(light_darkens_and_keeps_the_hue)
{
    struct mesh mesh = mesh_of(saddle, 128);
    struct surface_style style = { .colormap = colormap_list(&(size_t){ 0 }) };
    struct shot plain = shoot(&mesh, &style, -30, 75, 72, 1);
    style.shade = 0.35;
    struct shot lit = shoot(&mesh, &style, -30, 75, 72, 1);
    double least = 1, most = 0;
    for (int i = 0; i < plain.side * plain.side; i++) {
        uint32_t before = plain.pixels[i], after = lit.pixels[i];
        ck_assert_uint_eq(before >> 24, after >> 24);
        if (before >> 24 < 255) {
            continue;
        }
        int r = before >> 16 & 255, g = before >> 8 & 255, b = before & 255;
        double share = (double)(after >> 8 & 255) / g;
        ck_assert(fabs((after >> 16 & 255) - share * r) < 3 + 3.0 * r / g);
        ck_assert(fabs((after & 255) - share * b) < 3 + 3.0 * b / g);
        if (abs(r - g) > 4 && abs(g - b) > 4 && abs(r - b) > 4) {
            ck_assert_int_eq(hue_order(before), hue_order(after));
        }
        if (g > 60) {
            least = fmin(least, share);
            most = fmax(most, share);
        }
    }
    ck_assert_msg(most < 1.03 && most > 0.9, "%g at most", most);
    ck_assert_msg(least > 0.63 && least < 0.85, "%g at least", least);
    free(plain.pixels);
    free(lit.pixels);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(steep_colors_are_the_colormaps)
{
    /* A steep cell runs through the colormap, not across it. */
    struct mesh mesh = mesh_of(along_x, 8);
    const struct colormap *map = colormap_list(&(size_t){ 0 });
    struct shot shot = shoot(&mesh, &(struct surface_style){ .colormap = map }, -90, 60, 144, 1);
    for (double x = -0.9; x < 0.95; x += 0.1) {
        uint32_t pixel = pixel_at(&shot, (struct vec3){ x, 0, x });
        struct color expected = colormap_blend(map, (x + 1) / 2);
        ck_assert(fabs((pixel >> 16 & 255) - 255 * expected.r) < 4);
        ck_assert(fabs((pixel >> 8 & 255) - 255 * expected.g) < 4);
        ck_assert(fabs((pixel & 255) - 255 * expected.b) < 4);
    }
    free(shot.pixels);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(a_cut_takes_exactly_what_is_beyond_it)
{
    struct mesh mesh = mesh_of(along_x, 64);
    struct surface_style style = { .colormap = &black };
    struct shot whole = shoot(&mesh, &style, -90, 20, 144, 1);
    mesh.cut = (struct range){ -0.4321, 0.1234 };
    struct shot part = shoot(&mesh, &style, -90, 20, 144, 1);
    /* Seen along y, x runs to the right: the two rims are straight lines. */
    for (double y = -0.9; y < 0.95; y += 0.1) {
        for (double x = -0.95; x < 0.96; x += 0.01) {
            bool is_near = fabs(x + 0.4321) < 0.02 || fabs(x - 0.1234) < 0.02;
            uint32_t alpha = pixel_at(&part, (struct vec3){ x, y, x }) >> 24;
            ck_assert(is_near || alpha == (x > -0.4321 && x < 0.1234 ? 255 : 0));
        }
    }
    struct vec2 ring[4] = {
        camera_project(&part.camera, (struct vec3){ -0.4321, -1, -0.4321 }).page,
        camera_project(&part.camera, (struct vec3){ 0.1234, -1, 0.1234 }).page,
        camera_project(&part.camera, (struct vec3){ 0.1234, 1, 0.1234 }).page,
        camera_project(&part.camera, (struct vec3){ -0.4321, 1, -0.4321 }).page
    };
    double area = 0;
    for (int i = 0; i < 4; i++) {
        area += (ring[i].x * ring[(i + 1) % 4].y - ring[(i + 1) % 4].x * ring[i].y) / 2;
    }
    ck_assert(fabs(covered(&part) / (4 * fabs(area)) - 1) < 0.005);
    ck_assert(covered(&whole) > 2 * covered(&part));
    free(whole.pixels);
    free(part.pixels);
    mesh_finish(&mesh);
}
END_TEST

START_TEST(mesh_lines_have_their_width)
{
    struct mesh mesh = mesh_of(along_x, 64);
    for (size_t i = 0; i < mesh_side(&mesh) * mesh_side(&mesh); i++) {
        mesh.heights[i] = 0;
    }
    struct surface_style style = { .colormap = &black, .mesh_lines = 10, .mesh_line_width = 0.6,
                                   .mesh_line = { 1, 1, 1, 1 } };
    struct shot shot = shoot(&mesh, &style, -90, 90, 300, 1);
    double white = 0;
    for (int i = 0; i < shot.side * shot.side; i++) {
        white += (shot.pixels[i] & 255) / 255.0;
    }
    /* Ten lines each way, for the two at the rims are seen by half. */
    double side = sqrt(covered(&shot)), lines = 10 * 0.6 * 300 / 72 * side;
    double expected = 2 * lines - lines * lines / (side * side);
    ck_assert_msg(fabs(white / expected - 1) < 0.03, "%g of %g", white, expected);
    free(shot.pixels);
    mesh_finish(&mesh);
}
END_TEST

/* How far the line of sight is from the surface's other side at most: positive
 * where the formula hides a point, walked in very small steps. */
static double ray_depth(height_function *f, struct vec3 eye, struct vec3 point)
{
    enum { STEPS = 20000 };
    double reach = 4 / fmax(1e-9, hypot(eye.x - point.x, eye.y - point.y));
    double above = 0, below = 0, deepest = -1;
    for (int i = 1; i < STEPS; i++) {
        double part = fmin(1, reach) * i / STEPS;
        double x = point.x + part * (eye.x - point.x), y = point.y + part * (eye.y - point.y);
        if (fabs(x) > 1 || fabs(y) > 1) {
            break;
        }
        double over = point.z + part * (eye.z - point.z) - f(x, y);
        above = fmax(above, over);
        below = fmax(below, -over);
        deepest = fmax(deepest, fmin(above, below));
    }
    return deepest;
}

START_TEST(the_surface_hides_what_the_formula_hides)
{
    static height_function *functions[] = { plane, saddle, ripple, walls };
    static const double elevations[] = { 0, 2, 5, 30, 60, 90, -5, -40 };
    for (size_t f = 0; f < 4; f++) {
        struct mesh mesh = mesh_of(functions[f], 256);
        double range = mesh.limits.hi - mesh.limits.lo;
        size_t hidden = 0, shown = 0;
        for (size_t e = 0; e < sizeof elevations / sizeof *elevations; e++) {
            struct camera camera;
            camera_init(&camera, mesh.x, mesh.y, mesh.limits, -20, elevations[e], 7.5);
            struct vec3 eye = camera_eye(&camera);
            for (double x = -0.97; x < 1; x += 0.097) {
                for (double y = -0.97; y < 1; y += 0.097) {
                    struct vec3 point = { x, y, functions[f](x, y) };
                    double depth = ray_depth(functions[f], eye, point) / range;
                    bool is_hidden = surface_hides(&mesh, eye, point);
                    bool is_sure = depth > 3e-3 || depth < 3e-4;
                    ck_assert_msg(!is_sure || is_hidden == (depth > 3e-3),
                                  "function %zu, elevation %g, %g, %g: hidden %d, depth %g", f,
                                  elevations[e], x, y, is_hidden, depth);
                    hidden += is_sure && is_hidden;
                    shown += is_sure && !is_hidden;
                }
            }
        }
        ck_assert(shown > 100);
        ck_assert(functions[f] == plane ? hidden == 0 : hidden > 50);
        mesh_finish(&mesh);
    }
}
END_TEST

START_TEST(nothing_is_hidden_through_a_hole)
{
    struct mesh mesh = mesh_of(saddle, 256);
    size_t side = mesh_side(&mesh);
    struct vec3 eye = { 8, 0, 0.4 }, point = { -0.8, 0, saddle(-0.8, 0) };
    ck_assert(surface_hides(&mesh, eye, point));
    for (size_t i = 0; i < side * side; i++) {
        if (fabs(mesh_vertex(&mesh, i / side, i % side).x) < 0.75) {
            mesh.heights[i] = NAN;
        }
    }
    ck_assert(!surface_hides(&mesh, eye, point));
    for (size_t i = 0; i < side * side; i++) { /* a pole is a hole as well */
        mesh.heights[i] = isnan(mesh.heights[i]) ? (double)INFINITY : mesh.heights[i];
    }
    ck_assert(!surface_hides(&mesh, eye, point));
    mesh_finish(&mesh);
}
END_TEST

START_TEST(cells_are_small_on_the_page)
{
    for (double pixels = 10; pixels < 5000; pixels *= 1.3) {
        size_t plain = mesh_cells(pixels, false), cut = mesh_cells(pixels, true);
        ck_assert(plain >= 96 && cut >= 192 && cut <= 1024);
        ck_assert(plain == 1024 || pixels / (double)plain <= 5.5);
        ck_assert(cut == 1024 || pixels / (double)cut <= 2.75);
    }
}
END_TEST

START_TEST(simplified_lines_stay_near_and_closed)
{
    enum { COUNT = 721 };
    struct vec2 line[COUNT], all[COUNT];
    for (int i = 0; i < COUNT; i++) {
        double turn = 2 * PI * (i % (COUNT - 1)) / (COUNT - 1);
        all[i] = line[i] = (struct vec2){ 100 * cos(turn), 3 * sin(turn) };
    }
    struct vec2 tolerance = { 0.1, 0.003 };
    size_t count = simplify(line, COUNT, tolerance);
    ck_assert_uint_lt(count, COUNT / 5);
    ck_assert(line[0].x == line[count - 1].x && line[0].y == line[count - 1].y);
    for (int i = 0; i < COUNT; i++) {
        double nearest = INFINITY;
        for (size_t k = 1; k < count; k++) {
            for (double part = 0; part <= 1; part += 0.01) {
                double x = line[k - 1].x + part * (line[k].x - line[k - 1].x) - all[i].x;
                double y = line[k - 1].y + part * (line[k].y - line[k - 1].y) - all[i].y;
                nearest = fmin(nearest, hypot(x / tolerance.x, y / tolerance.y));
            }
        }
        ck_assert(nearest < 1.05);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        the_inside_of_a_surface_has_one_color, the_rim_of_a_plane_covers_its_area,
        only_holes_are_transparent, the_number_of_threads_changes_no_byte,
        light_darkens_and_keeps_the_hue, steep_colors_are_the_colormaps,
        a_cut_takes_exactly_what_is_beyond_it, mesh_lines_have_their_width,
        the_surface_hides_what_the_formula_hides, nothing_is_hidden_through_a_hole,
        cells_are_small_on_the_page, simplified_lines_stay_near_and_closed,
       
    };
    Suite *suite = suite_create("surface");
    TCase *cases = tcase_create("surface");
    tcase_set_timeout(cases, 120);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tcase_add_test(cases, tests[i]);
    }
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
