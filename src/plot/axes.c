#include "plot/axes.h"

void axis_init(struct axis *axis, struct range range, bool is_log, const char *name,
               const struct theme *theme)
{
    (void)is_log, (void)name, (void)theme;
    *axis = (struct axis){ .range = range };
}

void axis_finish(struct axis *axis)
{
    arena_finish(&axis->arena);
}

double axis_room_below(const struct axis *axis, const struct theme *theme)
{
    (void)axis, (void)theme;
    return 0;
}

double axis_room_left(const struct axis *axis, const struct theme *theme)
{
    (void)axis, (void)theme;
    return 0;
}

void axes_draw(const struct axis *x, const struct axis *y, const struct rect *panel,
               const struct theme *theme, struct scene *scene)
{
    (void)x, (void)y, (void)panel, (void)theme, (void)scene;
}

void axes_frame(const struct rect *panel, const struct theme *theme, struct scene *scene)
{
    struct vec2 corners[4] = { { panel->x, panel->y }, { panel->x + panel->width, panel->y },
                               { panel->x + panel->width, panel->y + panel->height },
                               { panel->x, panel->y + panel->height } };
    struct stroke frame = { color_hex(theme->frame), theme->frame_width, .snap = true };
    scene_polygon(scene, NULL, corners, 4, (struct color){ 0 }, &frame);
}
