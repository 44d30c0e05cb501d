#include "model/block.h"

#include <stdlib.h>
#include <string.h>

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

static void execute(const struct instruction *in, struct lane *lanes)
{
    double *to = lanes[in->to].at;
    const double *a = lanes[in->a].at, *b = lanes[in->b].at, *c = lanes[in->c].at;
    switch (in->op) {
    case OP_CONSTANT:
        for (size_t i = 0; i < BLOCK_POINTS; i++) {
            to[i] = in->constant;
        }
        break;
    case OP_APPLY:
        apply(in->function, a, b, to);
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
        size_t points = count - start < BLOCK_POINTS ? count - start : BLOCK_POINTS;
        memcpy(lanes[TAPE_X].at, x + start, points * sizeof *x);
        memcpy(lanes[TAPE_Y].at, y + start, points * sizeof *y);
        for (size_t i = 0; i < tape->count; i++) {
            execute(&tape->code[i], lanes);
        }
        memcpy(z + start, lanes[tape->result].at, points * sizeof *z);
    }
    free(lanes);
}
