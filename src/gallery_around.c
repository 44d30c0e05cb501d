#include "gallery_around.h"

#include <string.h>

#include "base/xml.h"
#include "optimize/rule.h"
#include "plot/description.h"

static const struct {
    const char *id, *title;
    const char *story; /* a sentence */
    const char *rule;  /* see rule.h */
    const char *source;
} kinds[AROUND_COUNT] = {
    [AROUND_CLIP_NORM] = {
        "clip-norm", "Clipping by length",
        "A gradient that is longer than clip_norm is shortened to that length and keeps its "
        "direction, so that no slope, however steep, throws a path far away.",
        "g = g*min(1, clip_norm/n), n the length of the whole gradient",
        "Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural networks" },
    [AROUND_CLIP_VALUE] = {
        "clip-value", "Clipping by value",
        "Each part of the gradient is kept within clip_value of 0 by itself, which turns a steep "
        "gradient towards a diagonal.",
        "g = max(-clip_value, min(clip_value, g))", "torch clip_grad_value_" },
    [AROUND_PENALTY] = {
        "weight-decay", "Weight decay as a penalty",
        "A pull to the origin is added to the gradient, as a penalty on the squared length of the "
        "point would add it, and goes through all that the method does to gradients.",
        "g += weight_decay*x", "Krogh & Hertz 1992, A simple weight decay can improve "
        "generalization" },
    [AROUND_DECOUPLED] = {
        "decoupled-weight-decay", "Decoupled weight decay",
        "The point itself is drawn to the origin before the method's step, beside the gradient, "
        "so that no method scales the pull.",
        "x -= lr*weight_decay*x, before the step", "Loshchilov & Hutter 2019, Decoupled weight "
        "decay regularization" },
};

/* Whether a run has it. */
static bool has_kind(const struct run *run, enum around_kind kind)
{
    const struct regime *regime = &run->regime;
    switch (kind) {
    case AROUND_CLIP_NORM:
        return regime->clip_norm != 0;
    case AROUND_CLIP_VALUE:
        return regime->clip_value != 0;
    default:
        return regime->weight_decay != 0 && regime->decoupled == (kind == AROUND_DECOUPLED);
    }
}

struct around around_none(struct arena *arena)
{
    size_t count;
    schedule_list(&count);
    return (struct around){ .schedules = arena_new(arena, count, sizeof(bool)) };
}

void around_note(struct around *around, const struct run *run)
{
    size_t count;
    const struct schedule_kind *list = schedule_list(&count);
    for (enum around_kind kind = 0; kind < AROUND_COUNT; kind++) {
        around->kinds[kind] |= has_kind(run, kind);
    }
    for (size_t i = 0; i < count; i++) {
        around->schedules[i] |= run->schedule.kind == &list[i];
    }
}

const char *around_id(const struct run *run, const char *key, struct arena *arena)
{
    if (!strcmp(key, "wrap") && run->wrapping.wrapper) {
        return arena_printf(arena, "wrapper-%s", run->wrapping.wrapper->name);
    }
    if (!strcmp(key, "schedule") && run->schedule.kind) {
        return arena_printf(arena, "schedule-%s", run->schedule.kind->name);
    }
    static const char *const keys[AROUND_COUNT] = { "clip_norm", "clip_value", "weight_decay",
                                                    "weight_decay" };
    for (enum around_kind kind = 0; kind < AROUND_COUNT; kind++) {
        if (!strcmp(key, keys[kind]) && has_kind(run, kind)) {
            return arena_printf(arena, "around-%s", kinds[kind].id);
        }
    }
    return NULL;
}

static void print_kind(enum around_kind kind, FILE *stream)
{
    fprintf(stream, "<article class=\"method\" id=\"around-%s\">\n<h3>%s</h3>\n<p>%s</p>\n"
            "<div class=\"math\">", kinds[kind].id, kinds[kind].title, kinds[kind].story);
    rule_mathml(kinds[kind].rule, stream);
    fputs("</div>\n<p class=\"facts\">", stream);
    xml_print(kinds[kind].source, stream);
    fputs(".</p>\n</article>\n", stream);
}

static void print_schedule(const struct schedule_kind *kind, FILE *stream, struct arena *arena)
{
    fprintf(stream, "<tr id=\"schedule-%s\"><th scope=\"row\"><code>%s</code></th><td><code>",
            kind->name, kind->name);
    xml_print(kind->formula, stream);
    fputs("</code></td><td>", stream);
    xml_print(description_sentence(kind->help, arena), stream);
    fputs(" (", stream);
    xml_print(kind->source, stream);
    fputs(").</td></tr>\n", stream);
}

static void print_schedules(const struct around *around, bool all, FILE *stream,
                            struct arena *arena)
{
    size_t count;
    const struct schedule_kind *list = schedule_list(&count);
    fputs("<article class=\"method\" id=\"schedules\">\n<h3>Schedules</h3>\n<p>A schedule changes "
          "the learning rate from step to step: a is its first rate and b its second, t counts the "
          "steps from 0 and T is how many there are. With a warmup the rate first rises from 0 to a along a line, and t "
          "and T count the steps after it.</p>\n<table class=\"schedules\">\n<thead><tr>"
          "<th scope=\"col\">Schedule</th><th scope=\"col\">Learning rate</th><th scope=\"col\">"
          "What it is</th></tr></thead>\n<tbody>\n", stream);
    for (size_t i = 0; i < count; i++) {
        if (all || around->schedules[i]) {
            print_schedule(&list[i], stream, arena);
        }
    }
    fputs("</tbody>\n</table>\n</article>\n", stream);
}

void around_print(const struct around *around, bool all, FILE *stream, struct arena *arena)
{
    size_t count;
    bool has_schedules = all, has_any = all;
    schedule_list(&count);
    for (size_t i = 0; i < count; i++) {
        has_schedules |= around->schedules[i];
    }
    has_any |= has_schedules;
    for (enum around_kind kind = 0; kind < AROUND_COUNT; kind++) {
        has_any |= around->kinds[kind];
    }
    if (!has_any) {
        return;
    }
    fputs("<section aria-labelledby=\"around\">\n<h2 id=\"around\">Around every method</h2>\n"
          "<p class=\"lead\">What is done to the learning rate, the gradient and the point, in the "
          "same way whatever the method is.</p>\n", stream);
    if (has_schedules) {
        print_schedules(around, all, stream, arena);
    }
    for (enum around_kind kind = 0; kind < AROUND_COUNT; kind++) {
        if (all || around->kinds[kind]) {
            print_kind(kind, stream);
        }
    }
    fputs("</section>\n", stream);
}
