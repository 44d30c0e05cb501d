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
        .slow = run->start,
    };
    if (run->optimizer->state_size) {
        descent.state = memory_new(1, run->optimizer->state_size);
    }
    if (run->optimizer->init) {
        run->optimizer->init(run->parameters, run->dialect, descent.x.slots);
        run->optimizer->init(run->parameters, run->dialect, descent.y.slots);
    }
    if (run->optimizer->averages) {
        descent.x.slots[WALKER] = run->start.x;
        descent.y.slots[WALKER] = run->start.y;
    }
    return descent;
}

/* Gives the run what its schedule makes of the learning rate, and of what follows it, at step t. */
static void schedule_parameters(struct run *now, const struct run *run, size_t t)
{
    const struct parameter *rows = run->optimizer->parameters;
    size_t index = run->schedule.parameter;
    double rate = schedule_rate(&run->schedule, t), first = run->parameters[index];
    now->parameters[index] = rate;
    for (size_t i = 0; rows[i].name; i++) {
        if (rows[i].follows_rate && first != 0) {
            now->parameters[i] = run->parameters[i] * (rate / first);
        }
    }
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
            schedule_parameters(&now, run, trajectory->count);
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
