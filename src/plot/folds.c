#include "plot/folds.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* A fold is what a vertex misses by more than this share of all heights: less is
 * about a pixel. Between straight slopes it is missed by half of the second difference
 * at most, at a cusp by up to twice of it, at a pole by any number. */
static const double MISSED = 0.004, MISSED_IN_BENDS = 2;

/* A smooth valley is missed by an eighth of its second difference. That at a fold is so
 * many times those two vertices away. */
static const double SMOOTH_MISSED = 1.0 / 8, SHARP = 2;

/* More vertices than so many times a row of them: bumps everywhere, and no folds. */
enum { ROWS_OF_FOLDS = 8 };

/* Each round of a search takes so many places, and goes on between the two that are
 * next to the best one. */
enum { ROUNDS = 8, PLACES = 15 };

/* At a pole the second half of the rounds finds as much as the first, at a cusp hardly
 * more: at most this share of all. */
static const double LATE = 0.4;

/* A vertex that may lie next to a fold across its row or its column. */
struct suspect {
    size_t row, column;
    bool is_along_y;
    bool is_ridge;
    double bend, height; /* of it and its neighbours, the lowest or the highest */
};

struct suspects {
    struct suspect *items;
    size_t count, capacity;
};

/* Where a fold is: so many cells from a vertex, along one axis. */
struct fold {
    double at, height, value;
    double early; /* the height that half of the rounds have found */
};

static void suspect_add(struct suspects *suspects, const struct suspect *suspect)
{
    suspects->items = memory_grow(suspects->items, suspects->count, &suspects->capacity,
                                  sizeof *suspects->items);
    suspects->items[suspects->count++] = *suspect;
}

static double bend_at(const double *here, size_t stride)
{
    return *(here - stride) - 2 * *here + here[stride];
}

/* Whether the surface bends here the same way as it does two vertices on, where these have
 * neighbours: smooth valleys do. */
static bool is_smooth(const double *here, size_t stride, size_t index, size_t cells)
{
    double bend = bend_at(here, stride), sign = copysign(1, bend), around = 0;
    around += index > 2 ? fmax(0, sign * bend_at(here - 2 * stride, stride)) : 0;
    around += index + 2 < cells ? fmax(0, sign * bend_at(here + 2 * stride, stride)) : 0;
    return fabs(bend) < SHARP * around;
}

/* Looks at a vertex between two neighbours, the one of this index in its row or column. A
 * fold may begin beside a vertex that is neither lowest nor highest, where a wall does. */
static void look_at(const struct mesh *mesh, size_t index, size_t stride,
                    struct suspects *suspects, struct suspect suspect)
{
    const double *here = mesh->heights + suspect.row * mesh_side(mesh) + suspect.column;
    const double missed = MISSED * (mesh->limits.hi - mesh->limits.lo);
    if (index == 0 || index == mesh->cells) {
        return;
    }
    double before = *(here - stride), after = here[stride], bend = bend_at(here, stride);
    suspect.bend = fabs(bend);
    suspect.is_ridge = bend < 0;
    suspect.height = bend < 0 ? fmax(fmax(before, after), *here) : fmin(fmin(before, after), *here);
    bool is_sharp = suspect.height == *here && suspect.bend > missed / MISSED_IN_BENDS
                 && !is_smooth(here, stride, index, mesh->cells);
    if (isfinite(bend) && (is_sharp || suspect.bend > missed / SMOOTH_MISSED)) {
        suspect_add(suspects, &suspect);
    }
}

/* Vertices at which the surface bends sharply along their row or column. */
static void find_suspects(const struct mesh *mesh, struct suspects *suspects)
{
    size_t side = mesh_side(mesh), most = ROWS_OF_FOLDS * side;
    for (size_t row = 0; row < side && suspects->count <= most; row++) {
        for (size_t column = 0; column < side; column++) {
            struct suspect suspect = { .row = row, .column = column };
            look_at(mesh, column, 1, suspects, suspect);
            suspect.is_along_y = true;
            look_at(mesh, row, side, suspects, suspect);
        }
    }
    suspects->count = suspects->count <= most ? suspects->count : 0;
}

/* The best of some places around a vertex, between lo and hi cells from it. */
static struct fold best_place(const struct mesh *mesh, const struct fold_source *source,
                              const struct suspect *suspect, double lo, double hi)
{
    double x[PLACES], y[PLACES], z[PLACES];
    struct fold best = { .height = suspect->is_ridge ? -INFINITY : INFINITY };
    for (int i = 0; i < PLACES; i++) {
        double at = lo + (hi - lo) * (i + 1) / (PLACES + 1);
        x[i] = mesh_coordinate(mesh, mesh->x, (double)suspect->column
                                                  + (suspect->is_along_y ? 0 : at));
        y[i] = mesh_coordinate(mesh, mesh->y, (double)suspect->row
                                                  + (suspect->is_along_y ? at : 0));
    }
    objective_values(source->objective, PLACES, x, y, z);
    for (int i = 0; i < PLACES; i++) {
        double height = height_of(source->scale, z[i]);
        if (suspect->is_ridge ? height > best.height : height < best.height) {
            best = (struct fold){ lo + (hi - lo) * (i + 1) / (PLACES + 1), height, z[i], height };
        }
    }
    return best;
}

/* How much lower a fold is than a suspect and its neighbours, or how much higher. */
static double missed_by(const struct suspect *suspect, const struct fold *fold)
{
    return suspect->is_ridge ? fold->height - suspect->height : suspect->height - fold->height;
}

/* Looks for the extreme around a suspect; ends early where that is lower or higher, or the
 * extreme itself. */
static struct fold search(const struct mesh *mesh, const struct fold_source *source,
                          const struct suspect *suspect)
{
    double lo = -1, hi = 1;
    struct fold best = best_place(mesh, source, suspect, lo, hi);
    for (int round = 1; round < ROUNDS; round++) {
        double missed = missed_by(suspect, &best), step = (hi - lo) / (PLACES + 1);
        if (missed < 0 || (round >= ROUNDS / 2 && !(missed > 0))) {
            break;
        }
        lo = best.at - step;
        hi = best.at + step;
        double early = best.early;
        best = best_place(mesh, source, suspect, lo, hi);
        best.early = round < ROUNDS / 2 ? best.height : early;
    }
    return best;
}

/* Whether all vertices around one are shown: those at a cut stay. */
static bool is_clear_of_cut(const struct mesh *mesh, size_t row, size_t column)
{
    size_t side = mesh_side(mesh);
    size_t top = row < mesh->cells ? row + 1 : row, right = column;
    right += column < mesh->cells;
    for (size_t i = row > 0 ? row - 1 : 0; i <= top; i++) {
        for (size_t j = column > 0 ? column - 1 : 0; j <= right; j++) {
            double height = mesh->heights[i * side + j];
            if (!(isfinite(height) && range_holds(mesh->cut, height))) {
                return false;
            }
        }
    }
    return true;
}

/* A vertex that is to be moved: it may be asked to twice, along both axes. */
struct move {
    size_t vertex;
    struct vec2 shift;
    struct fold fold;
};

/* Which vertex goes to a fold near a suspect; false when none may. */
static bool move_to(const struct mesh *mesh, const struct suspect *suspect,
                    const struct fold *fold, struct move *move)
{
    size_t row = suspect->row, column = suspect->column;
    size_t *along = suspect->is_along_y ? &row : &column;
    double whole = round(fold->at), rest = fold->at - whole;
    *along = (size_t)((double)*along + whole);
    *move = (struct move){ .vertex = row * mesh_side(mesh) + column, .fold = *fold };
    move->shift = suspect->is_along_y ? (struct vec2){ 0, rest } : (struct vec2){ rest, 0 };
    return *along > 0 && *along < mesh->cells && is_clear_of_cut(mesh, row, column)
        && range_holds(mesh->cut, fold->height);
}

/* The nearer of two folds takes a vertex. */
static bool is_nearer(const struct mesh *mesh, const struct move *move)
{
    struct vec2 before = mesh->shifts[move->vertex], now = move->shift;
    bool is_moved = before.x != 0 || before.y != 0;
    return !is_moved || fabs(now.x) + fabs(now.y) < fabs(before.x) + fabs(before.y);
}

/* A wall is no fold, as nothing is lower than its foot; nor is a pole. */
static bool is_fold(const struct mesh *mesh, const struct suspect *suspect,
                    const struct fold *fold)
{
    double missed = missed_by(suspect, fold);
    return missed > MISSED * (mesh->limits.hi - mesh->limits.lo)
        && missed < MISSED_IN_BENDS * suspect->bend
        && fabs(fold->height - fold->early) < LATE * missed;
}

/* Heights change when all is found, which looks at those of the grid. */
static void move_vertices(struct mesh *mesh, const struct fold_source *source,
                          const struct move *moves, size_t count)
{
    if (count) {
        mesh->shifts = memory_new(mesh_side(mesh) * mesh_side(mesh), sizeof *mesh->shifts);
    }
    for (size_t i = 0; i < count; i++) {
        const struct move *move = &moves[i];
        if (is_nearer(mesh, move)) {
            mesh->shifts[move->vertex] = move->shift;
            mesh->heights[move->vertex] = move->fold.height;
            mesh->parts[move->vertex] = tone_part(source->tone, move->fold.value);
            mesh->limits.lo = fmin(mesh->limits.lo, move->fold.height);
            mesh->limits.hi = fmax(mesh->limits.hi, move->fold.height);
        }
    }
}

void folds_find(struct mesh *mesh, const struct fold_source *source)
{
    struct suspects suspects = { 0 };
    size_t count = 0;
    find_suspects(mesh, &suspects);
    struct move *moves = memory_new(suspects.count, sizeof *moves);
    for (size_t i = 0; i < suspects.count; i++) {
        struct fold fold = search(mesh, source, &suspects.items[i]);
        if (is_fold(mesh, &suspects.items[i], &fold)) {
            count += move_to(mesh, &suspects.items[i], &fold, &moves[count]);
        }
    }
    move_vertices(mesh, source, moves, count);
    free(moves);
    free(suspects.items);
}
