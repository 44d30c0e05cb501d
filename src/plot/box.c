#include "plot/box.h"

#include <math.h>

#include "base/elementary.h"
#include "plot/ticks.h"

enum { TICKS = 4 };

/* In sizes of the numbers: from an edge to its numbers and to its name, and the
 * least distance of two numbers. */
static const double TO_NUMBERS = 0.5, TO_NAME = 2.6, APART = 1.3, ROOM = 4;

/* Opacity of the lines on the faces, and of their rims. */
static const double GRID_ALPHA = 0.25, RIM_ALPHA = 0.6;

enum axis_name { AXIS_X, AXIS_Y, AXIS_Z, AXES };

struct box {
    const struct plot *plot;
    const struct view *view;
    struct scene *scene;
    struct range sides[AXES];
    double far[AXES];  /* the side of the faces behind the surface */
    double near[AXES]; /* the other one */
    struct vec2 middle; /* of the box, on the page */
    struct vec2 numbered[AXES * 2 * TICKS]; /* where numbers stand already */
    size_t count;
};

double box_room(const struct theme *theme)
{
    return ROOM * theme->small_text_size;
}

static struct vec2 on_box(const struct box *box, const double *point)
{
    struct vec3 at = { point[AXIS_X], point[AXIS_Y], point[AXIS_Z] };
    return camera_project(&box->view->camera, at).page;
}

static void draw_line(const struct box *box, const double *from, const double *to, double alpha)
{
    const struct theme *theme = box->plot->look->theme;
    struct vec2 line[2] = { on_box(box, from), on_box(box, to) };
    struct stroke stroke = { color_fade(color_hex(theme->soft_ink), alpha),
                             fmax(0.5, 0.7 * theme->frame_width), .cap = CAP_ROUND };
    scene_line(box->scene, &box->plot->page.surface_area, line, 2, &stroke);
}

/* Text with its centre so far from a point, away from the middle of the box. */
static void draw_text_beside(const struct box *box, struct vec2 at, double away,
                             const struct text_run *run, unsigned ink)
{
    struct vec2 out = { at.x - box->middle.x, at.y - box->middle.y };
    double length = fmax(cr_hypot(out.x, out.y), 1e-9);
    out = (struct vec2){ out.x / length, out.y / length };
    double reach = away + fabs(out.x) * run->width / 2 + fabs(out.y) * run->size / 2;
    struct vec2 baseline = { at.x + out.x * reach - run->width / 2,
                             at.y + out.y * reach + 0.35 * run->size };
    scene_text(box->scene, run, baseline, color_hex(ink));
    box->scene->items[box->scene->count - 1].clip = &box->plot->page.surface_area;
}

/* The lines at one value of an axis, across the two faces that it runs along. */
static void draw_grid_line(const struct box *box, enum axis_name axis, double value, double alpha)
{
    const enum axis_name others[2] = { (axis + 1) % AXES, (axis + 2) % AXES };
    for (int i = 0; i < 2; i++) {
        enum axis_name along = others[i], fixed = others[1 - i];
        double from[AXES], to[AXES];
        from[axis] = to[axis] = value;
        from[fixed] = to[fixed] = box->far[fixed];
        from[along] = box->sides[along].lo;
        to[along] = box->sides[along].hi;
        draw_line(box, from, to, alpha);
    }
}

/* The edge on which an axis has its numbers: at the rim of the faces, and for z
 * the one of two that is further left on the page. */
static void numbered_edge(const struct box *box, enum axis_name axis, double *point)
{
    for (enum axis_name other = 0; other < AXES; other++) {
        point[other] = box->near[other];
    }
    point[AXIS_Z] = box->far[AXIS_Z];
    if (axis == AXIS_Z) {
        double left[AXES] = { box->near[AXIS_X], box->far[AXIS_Y], box->sides[AXIS_Z].lo };
        double right[AXES] = { box->far[AXIS_X], box->near[AXIS_Y], box->sides[AXIS_Z].lo };
        bool is_left = on_box(box, left).x < on_box(box, right).x;
        point[AXIS_X] = is_left ? left[AXIS_X] : right[AXIS_X];
        point[AXIS_Y] = is_left ? left[AXIS_Y] : right[AXIS_Y];
    }
}

/* Whether a number has room at a place, which it then takes. */
static bool take_place(struct box *box, struct vec2 at)
{
    double apart = APART * box->plot->look->theme->small_text_size;
    for (size_t i = 0; i < box->count; i++) {
        if (cr_hypot(at.x - box->numbered[i].x, at.y - box->numbered[i].y) < apart) {
            return false;
        }
    }
    bool has_room = box->count < sizeof box->numbered / sizeof *box->numbered;
    if (has_room) {
        box->numbered[box->count++] = at;
    }
    return has_room;
}

/* Heights of round values; where the scale crowds them the numbers make room. */
static double height_at(const struct box *box, enum axis_name axis, double value)
{
    return axis == AXIS_Z ? height_of(&box->plot->landscape->height, value) : value;
}

static void draw_axis(struct box *box, enum axis_name axis, struct range values,
                      const char *name)
{
    const struct theme *theme = box->plot->look->theme;
    struct arena *arena = &box->scene->arena;
    struct ticks ticks;
    double point[AXES];
    ticks_init(&ticks, arena, values, TICKS);
    numbered_edge(box, axis, point);
    for (size_t i = 0; i < ticks.count; i++) {
        point[axis] = height_at(box, axis, ticks.values[i]);
        struct vec2 at = on_box(box, point);
        if (!take_place(box, at)) {
            continue;
        }
        draw_grid_line(box, axis, point[axis], GRID_ALPHA);
        draw_text_beside(box, at, TO_NUMBERS * theme->small_text_size,
                         text_markup(arena, ticks.labels[i], theme->small_text_size),
                         theme->soft_ink);
    }
    point[axis] = (box->sides[axis].lo + box->sides[axis].hi) / 2;
    if (name) {
        draw_text_beside(box, on_box(box, point), TO_NAME * theme->small_text_size,
                         text_markup(arena, name, theme->text_size), theme->ink);
    }
}

static void box_init(struct box *box, const struct plot *plot, const struct view *view,
                     struct scene *scene)
{
    const struct landscape *landscape = plot->landscape;
    const double eye[AXES] = { view->eye.x, view->eye.y, view->eye.z };
    double middle[AXES];
    *box = (struct box){ .plot = plot, .view = view, .scene = scene,
                         .sides = { landscape->objective->x, landscape->objective->y,
                                    { landscape->floor, landscape->box.hi } } };
    for (enum axis_name axis = 0; axis < AXES; axis++) {
        struct range side = box->sides[axis];
        middle[axis] = (side.lo + side.hi) / 2;
        bool is_above = eye[axis] > middle[axis];
        box->far[axis] = is_above ? side.lo : side.hi;
        box->near[axis] = is_above ? side.hi : side.lo;
    }
    box->middle = on_box(box, middle);
}

void box_draw(const struct plot *plot, const struct view *view, struct scene *scene)
{
    struct box box;
    box_init(&box, plot, view, scene);
    for (enum axis_name axis = 0; axis < AXES; axis++) {
        draw_grid_line(&box, axis, box.sides[axis].lo, RIM_ALPHA);
        draw_grid_line(&box, axis, box.sides[axis].hi, RIM_ALPHA);
    }
    draw_axis(&box, AXIS_X, box.sides[AXIS_X], plot->preset->contour.x_label.text);
    draw_axis(&box, AXIS_Y, box.sides[AXIS_Y], plot->preset->contour.y_label.text);
    draw_axis(&box, AXIS_Z, plot->landscape->limits, NULL);
}
