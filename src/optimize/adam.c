#include "optimize/adam.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON, AMSGRAD };
enum { MEAN, SQUARES, LARGEST, POWER1, POWER2 };

void adam_init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)parameters, (void)dialect;
    slots[POWER1] = slots[POWER2] = 1;
}

/* The textbook's AMSGrad is that of Reddi, Kale & Kumar 2018, algorithm 2, which corrects neither
 * moment; the libraries' do. */
ELEMENTWISE_STEP(rule, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x;
    real m = c->slots[MEAN], v = c->slots[SQUARES];
    real power1 = c->slots[POWER1], power2 = c->slots[POWER2];
    m += (g - m) * (1 - b1);
    v += (g * g - v) * (1 - b2);
    /* TensorFlow 1 multiplies the powers up; the others call pow. */
    bool accumulates = dialect == DIALECT_TENSORFLOW1;
    power1 = accumulates ? power1 * b1 : cr_pow(b1, (real)t);
    power2 = accumulates ? power2 * b2 : cr_pow(b2, (real)t);
    real largest = c->slots[LARGEST];
    largest = v > largest ? v : largest;
    real divisor = p[AMSGRAD] ? largest : v;
    switch (dialect) {
    case DIALECT_TEXTBOOK:
        x -= p[AMSGRAD] ? lr * m / sqrt(divisor + eps)
                         : lr * (m / (1 - power1)) / sqrt(v / (1 - power2) + eps);
        break;
    case DIALECT_PYTORCH:
        x -= lr / (1 - power1) * m / (sqrt(divisor) / sqrt(1 - power2) + eps);
        break;
    default: /* TensorFlow 1, Keras 3 */
        x -= lr * sqrt(1 - power2) / (1 - power1) * m / (sqrt(divisor) + eps);
    }
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->slots[LARGEST] = largest;
    c->slots[POWER1] = power1;
    c->slots[POWER2] = power2;
    c->x = x;
})

void adam_step(struct descent *descent)
{
    rule(descent);
}

const struct optimizer adam_optimizer = {
    .name = "adam",
    .title = "Adam",
    .also = "amsgrad with amsgrad = yes",
    .source = "Kingma & Ba 2015, Adam: a method for stochastic optimization",
    .story = "Momentum and RMSProp together: a running mean m of gradients, divided by the root of "
             "a running mean v of their squares. Both begin at 0 and are therefore too small "
             "at first, which the factors with powers of beta1 and beta2 make up for. Like "
             "RMSProp its steps are about as long as the rate, whatever the scale of the "
             "function; like momentum it can run past a minimum and swing back.",
    .rules = ADAM_RULES(""),
    .alternatives = { AMSGRAD("") },
    .parameters = { ADAM_PARAMETERS },
    .init = adam_init,
    .step = adam_step,
};
