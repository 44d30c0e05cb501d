#include "model/catalogue.h"

#include <string.h>

static const char ARTICLE[] = "the article's notebook";
static const char JAMIL_YANG[] = "Jamil & Yang 2013, arXiv:1308.4008";

static const struct catalogue_entry entries[] = {
    {
        .name = "saddle",
        .alias = "hyper",
        .title = "Hyperbolic paraboloid",
        .formula = "y^2 - x^2",
        .x = { -4, 4 },
        .y = { -4, 4 },
        .start = { 0.0001, 3 },
        .source = ARTICLE,
    },
    {
        .name = "quad",
        .title = "Elliptic paraboloid",
        .formula = "x^2 + 4*y^2",
        .x = { -4.5, 4.5 },
        .y = { -4.5, 4.5 },
        .start = { -4, 4 },
        .minimum_count = 1,
        .minima = { { 0, 0 } },
        .source = ARTICLE,
    },
    {
        .name = "booth",
        .title = "Booth's function",
        .formula = "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
        .x = { -3, 6 },
        .y = { -3, 6 },
        .start = { 1, -2 },
        .minimum_count = 1,
        .minima = { { 1, 3 } },
        .source = JAMIL_YANG,
    },
    {
        .name = "beale",
        .title = "Beale's function",
        .formula = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        .x = { -4.5, 4.5 },
        .y = { -4.5, 4.5 },
        .start = { 1.5, 2 },
        .minimum_count = 1,
        .minima = { { 3, 0.5 } },
        .scale = SCALE_LOG,
        .source = JAMIL_YANG,
    },
    {
        .name = "rosenbrock",
        .title = "Rosenbrock's banana valley",
        .formula = "(1 - x)^2 + 100*(y - x^2)^2",
        .x = { -2, 2 },
        .y = { -1, 3 },
        .start = { -1.2, 1 },
        .minimum_count = 1,
        .minima = { { 1, 1 } },
        .scale = SCALE_LOG,
        .source = "Rosenbrock 1960; More, Garbow & Hillstrom 1981",
    },
    {
        .name = "himmelblau",
        .title = "Himmelblau's function",
        .formula = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        .x = { -5, 5 },
        .y = { -5, 5 },
        .start = { 0, -1 },
        .minimum_count = 4,
        .minima = { { 3, 2 },
                    { -2.805118086952745, 3.131312518250573 },
                    { -3.779310253377747, -3.2831859912861696 },
                    { 3.5844283403304917, -1.8481265269644036 } },
        .source = JAMIL_YANG,
    },
    {
        .name = "rastrigin",
        .title = "Rastrigin's function",
        .formula = "20 + (x^2 - 10*cos(2*pi*x)) + (y^2 - 10*cos(2*pi*y))",
        .x = { -5.12, 5.12 },
        .y = { -5.12, 5.12 },
        .start = { -2, 3.5 },
        .minimum_count = 1,
        .minima = { { 0, 0 } },
        .source = JAMIL_YANG,
    },
    {
        .name = "ackley",
        .title = "Ackley's function",
        .formula = "20 + e - 20*exp(-0.2*sqrt((x^2 + y^2)/2))"
                   " - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
        .x = { -5, 5 },
        .y = { -5, 5 },
        .start = { -3.4, 2.7 },
        .minimum_count = 1,
        .minima = { { 0, 0 } },
        .source = JAMIL_YANG,
    },
    {
        .name = "sphere",
        .title = "Sphere function",
        .formula = "x^2 + y^2",
        .x = { -5.12, 5.12 },
        .y = { -5.12, 5.12 },
        .start = { -4, 3 },
        .minimum_count = 1,
        .minima = { { 0, 0 } },
        .source = JAMIL_YANG,
    },
    {
        .name = "matyas",
        .title = "Matyas's function",
        .formula = "0.26*(x^2 + y^2) - 0.48*x*y",
        .x = { -10, 10 },
        .y = { -10, 10 },
        .start = { -8, 5 },
        .minimum_count = 1,
        .minima = { { 0, 0 } },
        .source = JAMIL_YANG,
    },
    {
        .name = "camel6",
        .title = "Six-hump camel",
        .formula = "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2",
        .x = { -3, 3 },
        .y = { -2, 2 },
        .start = { -2.2, 1.5 },
        .minimum_count = 2,
        .minima = { { 0.08984201310031806, -0.7126564030207396 },
                    { -0.08984201310031806, 0.7126564030207396 } },
        .least = -1.0316284534898774,
        .source = JAMIL_YANG,
    },
    {
        .name = "goldstein-price",
        .title = "Goldstein and Price's function",
        .formula = "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))"
                   "*(30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
        .x = { -2, 2 },
        .y = { -2, 2 },
        .start = { -1.5, 1 },
        .minimum_count = 1,
        .minima = { { 0, -1 } },
        .least = 3,
        .scale = SCALE_LOG,
        .source = JAMIL_YANG,
    },
    {
        .name = "styblinski-tang",
        .title = "Styblinski and Tang's function",
        .formula = "(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
        .x = { -5, 5 },
        .y = { -5, 5 },
        .start = { 0.5, 4.5 },
        .minimum_count = 1,
        .minima = { { -2.903534027771177, -2.903534027771177 } },
        .least = -78.33233140754282,
        .source = JAMIL_YANG,
    },
};

static bool is_called(const char *known, const char *name, size_t length)
{
    return known && strlen(known) == length && !memcmp(known, name, length);
}

const struct catalogue_entry *catalogue_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (is_called(entries[i].name, name, length) || is_called(entries[i].alias, name, length)) {
            return &entries[i];
        }
    }
    return NULL;
}

const struct catalogue_entry *catalogue_list(size_t *count)
{
    *count = sizeof entries / sizeof *entries;
    return entries;
}
