#include "optimize/trajectory.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "optimize/optimizer.h"

static struct descent descent_begin(const struct run *run, const struct objective *objective)
{
    struct descent descent = {
        .run = run,
        .objective = objective,
        .x.x = run->start.x,
        .y.x = run->start.y,
    };
    if (run->optimizer->state_size) {
        descent.state = memory_new(1, run->optimizer->state_size);
    }
    if (run->optimizer->init) {
        run->optimizer->init(run->parameters, run->dialect, descent.x.slots);
        run->optimizer->init(run->parameters, run->dialect, descent.y.slots);
    }
    return descent;
}

void trajectory_run(struct trajectory *trajectory, const struct run *run,
                    const struct objective *objective)
{
    *trajectory = (struct trajectory){
        .label = run->label,
        .color = run->color,
        .precision = run->precision,
        .points = memory_new(run->steps, sizeof *trajectory->points),
        .losses = memory_new(run->steps, sizeof *trajectory->losses),
    };
    struct run now = *run; /* with the step's learning rate */
    struct descent descent = descent_begin(&now, objective);
    while (trajectory->count < run->steps && !trajectory->diverged) {
        struct vec2 at = { descent.x.x, descent.y.x };
        double loss = descent_look(&descent, at);
        trajectory->points[trajectory->count] = at;
        trajectory->losses[trajectory->count] = loss;
        trajectory->diverged = !isfinite(at.x) || !isfinite(at.y) || !isfinite(loss);
        if (now.schedule.kind) {
            now.parameters[now.schedule.parameter] = schedule_rate(&now.schedule,
                                                                   trajectory->count);
        }
        descent.t = ++trajectory->count;
        regime_step(&descent);
    }
    free(descent.state);
}

void trajectory_finish(struct trajectory *trajectory)
{
    free(trajectory->points);
    free(trajectory->losses);
    *trajectory = (struct trajectory){ 0 };
}

size_t trajectory_longest(const struct trajectory *trajectories, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most = trajectories[i].count > most ? trajectories[i].count : most;
    }
    return most;
}
