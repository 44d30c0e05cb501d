#include "model/tape.h"

#include <stdlib.h>

#include "base/memory.h"

int tape_add(struct tape *tape, struct instruction instruction)
{
    instruction.to = (int)tape->count + TAPE_INPUTS;
    tape->code = memory_grow(tape->code, tape->count, &tape->capacity, sizeof *tape->code);
    tape->code[tape->count++] = instruction;
    return instruction.to;
}

const struct instruction *tape_node(const struct tape *tape, int node)
{
    return node < TAPE_INPUTS ? NULL : &tape->code[node - TAPE_INPUTS];
}

/* What tape_close knows of a node. */
struct life {
    int last_reader; /* node; 0: nobody needs it */
    int home;        /* register */
};

static void read_by(struct life *lives, int node, int reader)
{
    if (!lives[node].last_reader) {
        lives[node].last_reader = reader;
    }
}

/* Backwards from the result: who is needed, and until when. */
static void find_lives(const struct tape *tape, int result, struct life *lives)
{
    read_by(lives, result, (int)tape->count + TAPE_INPUTS);
    for (size_t i = tape->count; i-- > 0;) {
        const struct instruction *in = &tape->code[i];
        if (lives[in->to].last_reader) {
            read_by(lives, in->a, in->to);
            read_by(lives, in->b, in->to);
            read_by(lives, in->c, in->to);
        }
    }
}

struct pool {
    int *free;
    int free_count, used;
};

static int pool_take(struct pool *pool)
{
    return pool->free_count ? pool->free[--pool->free_count] : pool->used++;
}

/* The operand's register, given back when this was its last reader. */
static int take_operand(struct pool *pool, struct life *life, int node, int reader)
{
    if (node >= TAPE_INPUTS && life->last_reader == reader) {
        pool->free[pool->free_count++] = life->home;
        life->last_reader = 0;
    }
    return life->home;
}

bool tape_close(struct tape *tape, int node)
{
    struct life *lives = memory_new(tape->count + TAPE_INPUTS, sizeof *lives);
    struct pool pool = { memory_new(tape->count, sizeof(int)), 0, TAPE_INPUTS };
    size_t kept = 0;
    find_lives(tape, node, lives);
    lives[TAPE_X].home = TAPE_X;
    lives[TAPE_Y].home = TAPE_Y;
    for (size_t i = 0; i < tape->count; i++) {
        struct instruction in = tape->code[i];
        int reader = in.to;
        if (!lives[reader].last_reader) {
            continue;
        }
        in.to = lives[reader].home = pool_take(&pool);
        in.a = take_operand(&pool, &lives[in.a], in.a, reader);
        in.b = take_operand(&pool, &lives[in.b], in.b, reader);
        in.c = take_operand(&pool, &lives[in.c], in.c, reader);
        tape->code[kept++] = in;
    }
    tape->count = kept;
    tape->registers = pool.used;
    tape->result = lives[node].home;
    free(pool.free);
    free(lives);
    return tape->registers <= TAPE_REGISTERS_MAX;
}

void tape_destroy(struct tape *tape)
{
    if (tape) {
        free(tape->code);
        free(tape);
    }
}
