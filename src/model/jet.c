#include "model/jet.h"

#define R(value) rounded((value), precision)
#define P(a, b) product((a), (b), precision)

static double chain_first(const struct partials *d, double u, double v, enum precision precision)
{
    return R(P(d->u, u) + P(d->v, v));
}

/* The second derivative by two directions s and t of g(u, v). */
static double chain_second(const struct partials *d, double ust, double vst, double us, double vs,
                           double ut, double vt, enum precision precision)
{
    double straight = R(P(d->u, ust) + P(d->v, vst));
    double bent = R(P(d->uu, P(us, ut)) + P(d->vv, P(vs, vt)));
    double mixed = P(d->uv, R(P(us, vt) + P(ut, vs)));
    return R(R(straight + bent) + mixed);
}

static struct jet apply(const struct function *function, const struct jet *u, const struct jet *v,
                        enum precision precision, bool second)
{
    static const struct jet nothing = { 0 };
    if (function->arity == 1) {
        v = &nothing;
    }
    struct call call = { u->f, v->f, 0, precision };
    struct partials d = { 0 };
    call.g = R(function->unary ? function->unary(u->f) : function->binary(u->f, v->f));
    struct jet jet = { .f = call.g };
    if (!function->rule) {
        return jet;
    }
    function->rule(&call, &d);
    jet.fx = chain_first(&d, u->fx, v->fx, precision);
    jet.fy = chain_first(&d, u->fy, v->fy, precision);
    if (second) {
        jet.fxx = chain_second(&d, u->fxx, v->fxx, u->fx, v->fx, u->fx, v->fx, precision);
        jet.fxy = chain_second(&d, u->fxy, v->fxy, u->fx, v->fx, u->fy, v->fy, precision);
        jet.fyy = chain_second(&d, u->fyy, v->fyy, u->fy, v->fy, u->fy, v->fy, precision);
    }
    return jet;
}

struct jet jet_evaluate(const struct tape *tape, struct vec2 at, enum precision precision,
                        bool second)
{
    struct jet registers[TAPE_REGISTERS_MAX];
    registers[TAPE_X] = (struct jet){ .f = R(at.x), .fx = 1 };
    registers[TAPE_Y] = (struct jet){ .f = R(at.y), .fy = 1 };
    for (size_t i = 0; i < tape->count; i++) {
        const struct instruction *in = &tape->code[i];
        const struct jet *a = &registers[in->a], *b = &registers[in->b], *c = &registers[in->c];
        struct jet *to = &registers[in->to];
        switch (in->op) {
        case OP_CONSTANT:
            *to = (struct jet){ .f = R(in->constant) };
            break;
        case OP_APPLY:
            *to = apply(in->function, a, b, precision, second);
            break;
        case OP_SELECT:
            *to = a->f != 0 ? *b : *c;
            break;
        }
    }
    return registers[tape->result];
}
