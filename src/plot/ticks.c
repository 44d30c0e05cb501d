#include "plot/ticks.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "base/elementary.h"
#include "base/number.h"

/* How near to an end of the range counts as on it: in steps, in decades. */
static const double TOLERANCE = 1e-9;

/* Multiples of mantissa * 10^power. */
struct step {
    int mantissa, power;
};

/* number * 10^power, correctly rounded wherever 10^|power| is exact. */
static double scaled(double number, int power)
{
    return power < 0 ? number / cr_pow(10, -power) : number * cr_pow(10, power);
}

/* The multiples of a step in a range, as factors; none when last < first. */
struct multiples {
    double first, last;
};

static struct multiples multiples_in(struct range range, struct step step)
{
    double size = scaled(step.mantissa, step.power);
    double lo = range.lo / size, hi = range.hi / size;
    double slack = fmax(TOLERANCE, 4 * DBL_EPSILON * fmax(fabs(lo), fabs(hi)));
    return (struct multiples){ ceil(lo - slack) + 0.0, floor(hi + slack) }; /* -0 becomes 0 */
}

static double multiples_count(struct range range, struct step step)
{
    struct multiples multiples = multiples_in(range, step);
    return multiples.last - multiples.first + 1;
}

enum { STEPS = 4 };

/* What the steps of an axis may be, times powers of ten from lowest on. */
struct family {
    struct step steps[STEPS]; /* growing */
    int second_choice;    /* the mantissa that is less round than the others */
    int lowest;
};

static const struct family decimal_steps = {
    { { 1, 0 }, { 2, 0 }, { 25, -1 }, { 5, 0 } }, 25, -400
};
static const struct family decade_steps = { { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 5, 0 } }, 3, 0 };

/* The step with about as many ticks as wanted; the second choice only where no
 * other misses by one at most. Of equals the one with more ticks wins: they
 * double from step to step, so that for 5 there are 4 to 7. */
static struct step choose_step(const struct family *family, struct range range, int wanted)
{
    int middle = (int)floor(cr_log10((range.hi - range.lo) / wanted));
    struct step best = family->steps[0];
    double least = INFINITY;
    for (int power = middle - 1; power <= middle + 1; power++) {
        for (int i = 0; i < STEPS && power >= family->lowest; i++) {
            struct step step = family->steps[i];
            step.power += power;
            double miss = fabs(multiples_count(range, step) - wanted);
            bool is_second = miss <= 1 && step.mantissa == family->second_choice;
            double penalty = is_second ? 1.5 : miss;
            if (penalty < least) {
                least = penalty;
                best = step;
            }
        }
    }
    return best;
}

static void ticks_new(struct ticks *ticks, struct arena *arena, size_t capacity)
{
    ticks->values = arena_new(arena, capacity, sizeof *ticks->values);
    ticks->labels = arena_new(arena, capacity, sizeof *ticks->labels);
}

static void ticks_add(struct ticks *ticks, struct range range, double value, const char *label)
{
    ticks->values[ticks->count] = fmin(fmax(value, range.lo), range.hi);
    ticks->labels[ticks->count++] = label;
}

/* How all labels of an axis are written. */
struct notation {
    bool has_power; /* of ten, the same in all */
    int power;
};

/* Few digits before a power of ten are easier to read than many zeros. */
static struct notation choose_notation(struct multiples multiples, struct step step)
{
    enum { FEW = 3, MANY = 15 };
    double largest = fmax(fabs(multiples.first), fabs(multiples.last)) * step.mantissa;
    int decimals = (int)floor(cr_log10(fmax(largest, 1))), power = decimals + step.power;
    bool is_large = power > NUMBER_PLAIN_MAX && (decimals <= FEW || power >= MANY);
    return (struct notation){ is_large || power < NUMBER_PLAIN_MIN, power };
}

static const char *label_new(struct arena *arena, struct notation notation, struct step step,
                             double factor)
{
    char text[NUMBER_SHOWN_SIZE];
    int power = step.power - (notation.has_power ? notation.power : 0);
    number_fixed(text, sizeof text, scaled(factor * step.mantissa, power), power < 0 ? -power : 0);
    return notation.has_power && factor != 0
               ? arena_printf(arena, "%s\u00d710^{%d}", text, notation.power)
               : arena_printf(arena, "%s", text);
}

/* Values that differ by less share too many digits to be told apart. */
static bool is_wide(struct range range)
{
    double span = range.hi - range.lo;
    return isfinite(span) && span > 1e-10 * fmax(fabs(range.lo), fabs(range.hi)) && span > 1e-300;
}

void ticks_init(struct ticks *ticks, struct arena *arena, struct range range, int wanted)
{
    *ticks = (struct ticks){ 0 };
    if (!is_wide(range)) {
        return;
    }
    struct step step = choose_step(&decimal_steps, range, wanted);
    struct multiples multiples = multiples_in(range, step);
    struct notation notation = choose_notation(multiples, step);
    ticks_new(ticks, arena, (size_t)multiples_count(range, step));
    for (double i = multiples.first; i <= multiples.last; i++) {
        ticks_add(ticks, range, scaled(i * step.mantissa, step.power),
                  label_new(arena, notation, step, i));
    }
}

static void add_decades(struct ticks *ticks, struct arena *arena, struct range range, int wanted)
{
    struct step step = choose_step(&decade_steps, range, wanted);
    struct multiples multiples = multiples_in(range, step);
    ticks_new(ticks, arena, (size_t)multiples_count(range, step));
    for (double i = multiples.first; i <= multiples.last; i++) {
        double power = scaled(i * step.mantissa, step.power);
        ticks_add(ticks, range, power, arena_printf(arena, "10^{%d}", (int)power));
    }
}

static void add_parts_of_decades(struct ticks *ticks, struct arena *arena, struct range range)
{
    static const int parts[] = { 1, 2, 5 };
    enum { PARTS = sizeof parts / sizeof *parts, DECADES = 4, COUNT = PARTS * DECADES };
    int first = (int)floor(range.lo), last = (int)floor(range.hi + TOLERANCE);
    bool is_plain = first >= NUMBER_PLAIN_MIN && last <= NUMBER_PLAIN_MAX;
    ticks_new(ticks, arena, COUNT);
    for (int power = first; power <= last; power++) {
        for (int i = 0; i < PARTS; i++) {
            double value = power + cr_log10(parts[i]);
            if (value < range.lo - TOLERANCE || value > range.hi + TOLERANCE) {
                continue;
            }
            struct notation notation = { !is_plain, power };
            ticks_add(ticks, range, value,
                      label_new(arena, notation, (struct step){ parts[i], power }, 1));
        }
    }
}

void ticks_init_log(struct ticks *ticks, struct arena *arena, struct range range, int wanted)
{
    enum { POWER_MAX = 300, FEW = 3 };
    *ticks = (struct ticks){ 0 };
    if (!(range.lo < range.hi && range.lo >= -POWER_MAX && range.hi <= POWER_MAX)) {
        return;
    }
    if (range.hi - range.lo >= 2 - TOLERANCE) {
        add_decades(ticks, arena, range, wanted);
        return;
    }
    add_parts_of_decades(ticks, arena, range);
    if (ticks->count < FEW) {
        struct range powers = { cr_pow(10, range.lo), cr_pow(10, range.hi) };
        ticks_init(ticks, arena, powers, wanted);
        for (size_t i = 0; i < ticks->count; i++) {
            ticks->values[i] = fmin(fmax(cr_log10(ticks->values[i]), range.lo), range.hi);
        }
    }
}
