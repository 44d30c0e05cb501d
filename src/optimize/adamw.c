#include "optimize/adam.h"

#define APART "x -= lr*lambda*x, where lambda is weight_decay; "

const struct optimizer adamw_optimizer = {
    .name = "adamw",
    .title = "AdamW",
    .source = "Loshchilov & Hutter 2019, Decoupled weight decay regularization",
    .story = "Adam whose weight decay stays out of the moments: each step also draws the point "
             "towards the origin by a share of its distance. Were the decay added to the "
             "gradient, it would be divided by the root of v as well, and weigh least where "
             "gradients are largest. A path settles beside the minimum, where the pull of the "
             "origin and Adam's step cancel. Unless weight_decay says otherwise the share is "
             "0.01 of the rate, in Keras 0.004. In every dialect it is a share of the rate, as in "
             "PyTorch; TensorFlow 1 and the paper leave the rate out of it.",
    .rules = ADAM_RULES(APART),
    .alternatives = {
        { "decoupled_weight_decay = no",
          ADAM_RULES("g += lambda*x, where lambda is weight_decay; ") },
        AMSGRAD(APART),
    },
    .weight_decay = { 0.01, 0.01, 0.01, 0.004 },
    .decoupled = true,
    .parameters = { ADAM_PARAMETERS },
    .init = adam_init,
    .step = adam_step,
};
