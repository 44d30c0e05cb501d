#include "model/block.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

/* So few that they are evaluated one by one. */
enum { FEW_POINTS = 8 };

/* One register: its values at all points of the block. */
struct lane {
    double at[BLOCK_POINTS];
};

static void apply(const struct function *function, const double *u, const double *v, double *to)
{
    if (function->block) {
        function->block(u, v, to);
        return;
    }
    for (size_t i = 0; i < BLOCK_POINTS; i++) {
        to[i] = function->unary ? function->unary(u[i]) : function->binary(u[i], v[i]);
    }
}

/* An instruction and the lanes of its operands. */
struct step {
    const struct instruction *in;
    struct lane *to;
    const struct lane *a, *b, *c;
};

static void execute(const struct step *step)
{
    double *to = step->to->at;
    const double *a = step->a->at, *b = step->b->at, *c = step->c->at;
    switch (step->in->op) {
    case OP_CONSTANT:
        for (size_t i = 0; i < BLOCK_POINTS; i++) {
            to[i] = step->in->constant;
        }
        break;
    case OP_APPLY:
        apply(step->in->function, a, b, to);
        break;
    case OP_SELECT:
        for (size_t i = 0; i < BLOCK_POINTS; i++) {
            to[i] = a[i] != 0 ? b[i] : c[i];
        }
        break;
    }
}

/* A block costs as much for one point as for all. */
static double evaluate_point(const struct tape *tape, double x, double y)
{
    double lanes[TAPE_REGISTERS_MAX];
    lanes[TAPE_X] = x;
    lanes[TAPE_Y] = y;
    for (size_t i = 0; i < tape->count; i++) {
        const struct instruction *in = &tape->code[i];
        double a = lanes[in->a], b = lanes[in->b];
        switch (in->op) {
        case OP_CONSTANT:
            lanes[in->to] = in->constant;
            break;
        case OP_APPLY:
            lanes[in->to] = in->function->unary ? in->function->unary(a)
                                                : in->function->binary(a, b);
            break;
        case OP_SELECT:
            lanes[in->to] = a != 0 ? b : lanes[in->c];
            break;
        }
    }
    return lanes[tape->result];
}

static size_t block_size(size_t start, size_t count)
{
    return count - start < BLOCK_POINTS ? count - start : BLOCK_POINTS;
}

/* A last block that is not full computes on, with points left from before;
 * those results are not copied out. */
void block_evaluate(const struct tape *tape, size_t count, const double *x, const double *y,
                    double *z)
{
    for (size_t i = 0; i < count && count < FEW_POINTS; i++) {
        z[i] = evaluate_point(tape, x[i], y[i]);
    }
    if (count < FEW_POINTS) {
        return;
    }
    struct lane *lanes = memory_new((size_t)tape->registers, sizeof *lanes);
    for (size_t start = 0; start < count; start += BLOCK_POINTS) {
        size_t points = block_size(start, count);
        memcpy(lanes[TAPE_X].at, x + start, points * sizeof *x);
        memcpy(lanes[TAPE_Y].at, y + start, points * sizeof *y);
        for (size_t i = 0; i < tape->count; i++) {
            const struct instruction *in = &tape->code[i];
            execute(&(struct step){ in, &lanes[in->to], &lanes[in->a], &lanes[in->b],
                                    &lanes[in->c] });
        }
        memcpy(z + start, lanes[tape->result].at, points * sizeof *z);
    }
    free(lanes);
}

/* What a value on a grid changes with; 0: it is a constant. */
enum { WITH_X = 1, WITH_Y = 2, WITH_BOTH = 3, KINDS };

/* Where a register's value is; what changes with y has a row, not a column, at
 * each place of its lane, and one value repeated for all columns in spread. */
struct home {
    struct lane *lane, *spread;
    int kind;
};

struct spread {
    const struct lane *from;
    struct lane *to;
};

/* A tape sorted by how often steps have to be taken: those of constants and with
 * y once, those with x for each block of columns, the rest for each of its rows. */
struct plan {
    struct arena arena;
    struct step *steps[KINDS];
    size_t counts[KINDS];
    struct spread *spreads; /* before each row */
    size_t spread_count;
    struct lane *registers; /* of steps with both */
    struct home homes[TAPE_REGISTERS_MAX];
    const struct lane *result;
};

static struct lane *lane_new(struct plan *plan)
{
    return arena_new(&plan->arena, 1, sizeof(struct lane));
}

/* Where a step that is taken for each row finds a value. */
static const struct lane *row_operand(struct plan *plan, struct home *home)
{
    if (home->kind != WITH_Y) {
        return home->lane;
    }
    if (!home->spread) {
        home->spread = lane_new(plan);
        plan->spreads[plan->spread_count++] = (struct spread){ home->lane, home->spread };
    }
    return home->spread;
}

static int operand_count(const struct instruction *in)
{
    return in->op == OP_CONSTANT ? 0 : in->op == OP_SELECT ? 3 : in->function->unary ? 1 : 2;
}

static void plan_step(struct plan *plan, const struct instruction *in)
{
    struct home *operands[3] = { &plan->homes[in->a], &plan->homes[in->b], &plan->homes[in->c] };
    const struct lane *from[3];
    int kind = 0;
    for (int i = 0; i < operand_count(in); i++) {
        kind |= operands[i]->kind;
    }
    for (int i = 0; i < 3; i++) {
        from[i] = kind == WITH_BOTH ? row_operand(plan, operands[i]) : operands[i]->lane;
    }
    struct lane *to = kind == WITH_BOTH ? &plan->registers[in->to] : lane_new(plan);
    plan->homes[in->to] = (struct home){ to, NULL, kind };
    plan->steps[kind][plan->counts[kind]++] = (struct step){ in, to, from[0], from[1], from[2] };
}

static void plan_init(struct plan *plan, const struct tape *tape)
{
    *plan = (struct plan){ 0 };
    for (int kind = 0; kind < KINDS; kind++) {
        plan->steps[kind] = arena_new(&plan->arena, tape->count, sizeof *plan->steps[kind]);
    }
    plan->spreads = arena_new(&plan->arena, tape->count + TAPE_INPUTS, sizeof *plan->spreads);
    plan->registers = arena_new(&plan->arena, (size_t)tape->registers, sizeof *plan->registers);
    plan->homes[TAPE_X] = (struct home){ lane_new(plan), NULL, WITH_X };
    plan->homes[TAPE_Y] = (struct home){ lane_new(plan), NULL, WITH_Y };
    for (size_t i = 0; i < tape->count; i++) {
        plan_step(plan, &tape->code[i]);
    }
    plan->result = row_operand(plan, &plan->homes[tape->result]);
}

static void take_steps(const struct plan *plan, int kind)
{
    for (size_t i = 0; i < plan->counts[kind]; i++) {
        execute(&plan->steps[kind][i]);
    }
}

static void evaluate_row(const struct plan *plan, size_t row)
{
    for (size_t i = 0; i < plan->spread_count; i++) {
        double value = plan->spreads[i].from->at[row];
        double *to = plan->spreads[i].to->at;
#pragma GCC unroll 4
        for (size_t column = 0; column < BLOCK_POINTS; column++) {
            to[column] = value;
        }
    }
    take_steps(plan, WITH_BOTH);
}

void block_evaluate_grid(const struct tape *tape, size_t columns, const double *x, size_t rows,
                         const double *y, double *z)
{
    struct plan plan;
    plan_init(&plan, tape);
    take_steps(&plan, 0);
    for (size_t top = 0; top < rows; top += BLOCK_POINTS) {
        size_t height = block_size(top, rows);
        memcpy(plan.homes[TAPE_Y].lane->at, y + top, height * sizeof *y);
        take_steps(&plan, WITH_Y);
        for (size_t left = 0; left < columns; left += BLOCK_POINTS) {
            size_t width = block_size(left, columns);
            memcpy(plan.homes[TAPE_X].lane->at, x + left, width * sizeof *x);
            take_steps(&plan, WITH_X);
            for (size_t row = 0; row < height; row++) {
                evaluate_row(&plan, row);
                memcpy(z + (top + row) * columns + left, plan.result->at, width * sizeof *z);
            }
        }
    }
    arena_finish(&plan.arena);
}
