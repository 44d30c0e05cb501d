#include "optimize/optimizer.h"

enum { LEARNING_RATE, ETA_MINUS, ETA_PLUS, STEP_MIN, STEP_MAX };
enum { LENGTH, GRADIENT, CHANGE };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)dialect;
    slots[LENGTH] = parameters[LEARNING_RATE];
}

ELEMENTWISE_STEP(step, {
    real less = p[ETA_MINUS], more = p[ETA_PLUS], least = p[STEP_MIN], most = p[STEP_MAX];
    real g = c->g, x = c->x, length = c->slots[LENGTH];
    real product = g * (real)c->slots[GRADIENT], back = 0;
    length *= product > 0 ? more : product < 0 ? less : 1;
    length = length < least ? least : length > most ? most : length;
    if (product < 0) {
        g = 0; /* neither does it move now, nor does the sign count in the next update */
        /* The paper takes the step that went too far back; PyTorch stays where it led. */
        back = dialect == DIALECT_PYTORCH ? 0 : c->slots[CHANGE];
    }
    real change = g > 0 ? -length : g < 0 ? length : -back;
    x += change;
    c->slots[LENGTH] = length;
    c->slots[GRADIENT] = g;
    c->slots[CHANGE] = change;
    c->x = x;
})

#define LENGTH_RULE                                                                           \
    "s = h*g, where h is the gradient before; "                                               \
    "d = max(step_min, min(step_max, d*if(s > 0, eta_plus, if(s < 0, eta_minus, 1)))), "      \
    "at first d = lr; g = if(s < 0, 0, g); "
#define BACK_RULE                                                                             \
    LENGTH_RULE "u = if(s < 0, -u, -d*sign(g)); h = g; x += u"

const struct optimizer rprop_optimizer = {
    .name = "rprop",
    .title = "Rprop",
    .also = "resilient-backpropagation",
    .source = "Riedmiller & Braun 1993, A direct adaptive method for faster backpropagation "
              "learning: the RPROP algorithm",
    .story = "Looks at the signs of the gradient only. Each coordinate has a step length of its "
             "own, which grows while the sign stays and shrinks when it changes, that is, when "
             "the step went past a minimum along it. So paths speed up on any even slope, steep "
             "or flat alike, run along diagonals while both lengths agree, and come to rest in a "
             "minimum by ever shorter steps to and fro.",
    .rules = {
        [DIALECT_TENSORFLOW1] = BACK_RULE,
        [DIALECT_TEXTBOOK] = BACK_RULE,
        [DIALECT_PYTORCH] = LENGTH_RULE "h = g; x -= d*sign(g)",
        [DIALECT_KERAS3] = BACK_RULE,
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { 0.1, 0.1, 0.01, 0.1 }, HALF_OPEN,
                            { 0, INFINITY }, "the length of the first step", .is_first = true },
        [ETA_MINUS] = { "eta_minus", "\\eta_{-}", IN_ALL_DIALECTS(0.5), CLOSED, { 0, 1 },
                        "what a step's length is multiplied by when the sign changes" },
        [ETA_PLUS] = { "eta_plus", "\\eta_{+}", IN_ALL_DIALECTS(1.2), HALF_OPEN, { 1, INFINITY },
                       "what it is multiplied by while the sign stays" },
        [STEP_MIN] = { "step_min", "step_{min}", IN_ALL_DIALECTS(1e-6), HALF_OPEN,
                       { 0, INFINITY }, "the least length of a step" },
        [STEP_MAX] = { "step_max", "step_{max}", IN_ALL_DIALECTS(50), HALF_OPEN, { 0, INFINITY },
                       "the greatest length of a step" },
    },
    .init = init,
    .step = step,
};
