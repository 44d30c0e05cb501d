#include "optimize/optimizer.h"

enum { LEARNING_RATE };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE];
    real g = c->g;
    real x = c->x;
    x -= lr * g;
    c->x = x;
})

const struct optimizer gradient_descent_optimizer = {
    .name = "gradient-descent",
    .title = "Gradient descent",
    .also = "sgd, gd, vanilla, steepest-descent, batch-gradient-descent",
    .source = "Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations "
              "simultanées",
    .story = "Steps straight downhill, farther where the slope is steeper. One rate has to suit "
             "all directions: across a narrow valley it is soon too large, and the path jumps "
             "from wall to wall, while along the floor of the valley it is still too small. "
             "Where the slope is gentle the steps are short, so the path lingers at a saddle "
             "point that it meets nearly head on.",
    .rules = IN_ALL_DIALECTS("x -= lr*g"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { REQUIRED, REQUIRED, 0.001, 0.01 },
                            HALF_OPEN, { 0, INFINITY }, "length of a step per unit of gradient" },
    },
    .step = step,
};
