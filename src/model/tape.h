/* A compiled formula: straight-line code, without jumps, over registers.
 *
 * While a formula is being compiled every instruction is a node of its own;
 * nodes 0 and 1 are x and y, the n-th instruction is node n + 2. tape_close
 * drops what the result does not need and lets registers be used again. */
#ifndef MODEL_TAPE_H
#define MODEL_TAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/functions.h"

enum { TAPE_X, TAPE_Y, TAPE_INPUTS };
enum { TAPE_REGISTERS_MAX = 512 };

enum op {
    OP_CONSTANT, /* constant */
    OP_APPLY,    /* function(a), function(a, b) */
    OP_SELECT    /* a != 0 ? b : c */
};

struct instruction {
    enum op op;
    int to;      /* never one of a, b, c */
    int a, b, c; /* TAPE_X where the instruction has no such operand */
    double constant;
    const struct function *function;
};

struct tape {
    struct instruction *code;
    size_t count, capacity;
    int registers;
    int result; /* the register that holds the value at the end */
};

/* Appends one instruction, whose operands are nodes; returns its node. */
int tape_add(struct tape *tape, struct instruction instruction);

/* The instruction behind a node, NULL for x and y. */
const struct instruction *tape_node(const struct tape *tape, int node);

/* Ends compilation: node is the formula's value, operands become registers.
 * False when that takes more than TAPE_REGISTERS_MAX of them. */
bool tape_close(struct tape *tape, int node);

/* Frees a tape from the heap; accepts NULL. */
void tape_destroy(struct tape *tape);

#endif
