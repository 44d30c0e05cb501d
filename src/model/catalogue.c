#include "model/catalogue.h"

#include <string.h>

static const char ARTICLE[] = "the article's notebook";
static const char JAMIL_YANG[] = "Jamil & Yang 2013, arXiv:1308.4008";
static const char SURJANOVIC[] = "Surjanovic & Bingham, Virtual Library of Simulation Experiments";
static const char WIDELY_USED[] = "widely used in courses";

/* Points and how many. */
#define LIST(...) (const struct vec2[]){ __VA_ARGS__ }
#define LENGTH(...) (sizeof(LIST(__VA_ARGS__)) / sizeof(struct vec2))
#define MINIMA(...) .minima = LIST(__VA_ARGS__), .minimum_count = LENGTH(__VA_ARGS__)
#define SADDLES(...) .saddles = LIST(__VA_ARGS__), .saddle_count = LENGTH(__VA_ARGS__)

/* Where t*sin(t) + 0.1*t is 0 within -10 .. 10: every x with each of these y. */
#define ALPINE(x) { x, 0 }, { x, -0.1001674211615598 }, { x, 3.241760074751353 }, \
    { x, 6.183017886018027 }, { x, 9.52494538193094 }, { x, -3.041425232428233 }, \
    { x, -6.383352728341146 }, { x, -9.32461053960782 }

/* One factor of Shubert's function is greatest at x and the other least at y; and
 * the other way round. */
#define SHUBERT_PAIR(x, y) { x, y }, { y, x }
#define SHUBERT(x) SHUBERT_PAIR(x, 4.858056878859826), SHUBERT_PAIR(x, -1.425128428319761), \
    SHUBERT_PAIR(x, -7.708313735499347)

/* A recurrent unit's next state: the sigmoid of x times the last one, plus y. */
#define UNIT(state) "1/(1 + exp(-y - x*" state "))"
#define FIVE_UNITS(state) UNIT(UNIT(UNIT(UNIT(UNIT(state)))))

static const struct catalogue_entry entries[] = {
    {
        .name = "saddle", .also = "hyperbolic-paraboloid",
        .alias = "hyper",
        .title = "Hyperbolic paraboloid",
        .formula = "y^2 - x^2",
        .x = { -4, 4 }, .y = { -4, 4 }, .start = { 0.0001, 3 },
        SADDLES({ 0, 0 }),
        .source = ARTICLE,
    },
    {
        .name = "quad", .also = "quadratic, bowl, elliptic-paraboloid",
        .title = "Elliptic paraboloid",
        .formula = "x^2 + 4*y^2",
        .x = { -4.5, 4.5 }, .y = { -4.5, 4.5 }, .start = { -4, 4 },
        MINIMA({ 0, 0 }),
        .source = ARTICLE,
    },
    {
        .name = "booth",
        .title = "Booth's function",
        .formula = "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
        .x = { -3, 6 }, .y = { -3, 6 }, .start = { 1, -2 },
        MINIMA({ 1, 3 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "beale",
        .title = "Beale's function",
        .formula = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        .x = { -4.5, 4.5 }, .y = { -4.5, 4.5 }, .start = { 1.5, 2 },
        MINIMA({ 3, 0.5 }),
        SADDLES({ 0, 1 }, { 0.10053793732415834, -2.644513585023125 }),
        .scale = SCALE_LOG,
        .source = JAMIL_YANG,
    },
    {
        .name = "rosenbrock", .also = "rosen, banana",
        .title = "Rosenbrock's banana valley",
        .formula = "(a - x)^2 + b*(y - x^2)^2",
        .parameters = { { "a", "1", "the minimum is at (a, a^2)" },
                        { "b", "100", "how steep the walls are", .turns = true } },
        .x = { -2, 2 }, .y = { -1, 3 }, .start = { -1.2, 1 },
        MINIMA({ 1, 1 }),
        .moved_x = "a", .moved_y = "a^2",
        .scale = SCALE_LOG,
        .source = "Rosenbrock 1960; More, Garbow & Hillstrom 1981",
    },
    {
        .name = "himmelblau",
        .title = "Himmelblau's function",
        .formula = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        .x = { -5, 5 }, .y = { -5, 5 }, .start = { 0, -1 },
        MINIMA({ 3, 2 }, { -2.805118086952745, 3.131312518250573 },
               { -3.779310253377747, -3.2831859912861696 },
               { 3.5844283403304917, -1.8481265269644036 }),
        SADDLES({ -3.0730257507643896, -0.08135304428796752 },
                { 0.08667750455539635, 2.884254701174776 },
                { 3.385154183607021, 0.07385187983774929 },
                { -0.12796134673068007, -1.9537149802445764 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "rastrigin",
        .title = "Rastrigin's function",
        .formula = "2*A + (x^2 - A*cos(2*pi*x)) + (y^2 - A*cos(2*pi*y))",
        .parameters = { { "A", "10", "how high the waves are", .turns = true } },
        .x = { -5.12, 5.12 }, .y = { -5.12, 5.12 }, .start = { -2, 3.5 },
        MINIMA({ 0, 0 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "ackley",
        .title = "Ackley's function",
        .formula = "a + e - a*exp(-b*sqrt((x^2 + y^2)/2))"
                   " - exp((cos(c*x) + cos(c*y))/2)",
        .parameters = { { "a", "20", "how deep the funnel is", .turns = true },
                        { "b", "0.2", "how narrow the funnel is", .turns = true },
                        { "c", "2*pi", "how close the waves are" } },
        .x = { -5, 5 }, .y = { -5, 5 }, .start = { -3.4, 2.7 },
        MINIMA({ 0, 0 }),
        .note = "the minimum is a kink",
        .source = JAMIL_YANG,
    },
    {
        .name = "sphere", .also = "parabola, paraboloid",
        .title = "Sphere function",
        .formula = "x^2 + y^2",
        .x = { -5.12, 5.12 }, .y = { -5.12, 5.12 }, .start = { -4, 3 },
        MINIMA({ 0, 0 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "matyas",
        .title = "Matyas's function",
        .formula = "0.26*(x^2 + y^2) - 0.48*x*y",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -8, 5 },
        MINIMA({ 0, 0 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "monkey-saddle", .also = "monkey",
        .title = "Monkey saddle",
        .formula = "x^3 - 3*x*y^2",
        .x = { -2, 2 }, .y = { -2, 2 }, .start = { 1.5, 0.001 },
        .note = "(0, 0) is a degenerate saddle: three valleys leave it",
        .source = "Hilbert & Cohn-Vossen 1932",
    },
    {
        .name = "trid",
        .title = "Trid function",
        .formula = "(x - 1)^2 + (y - 1)^2 - x*y",
        .x = { -4, 4 }, .y = { -4, 4 }, .start = { -3, 1 },
        MINIMA({ 2, 2 }),
        .least = -2,
        .source = SURJANOVIC,
    },
    {
        .name = "zakharov",
        .title = "Zakharov's function",
        .formula = "x^2 + y^2 + (0.5*x + y)^2 + (0.5*x + y)^4",
        .x = { -5, 10 }, .y = { -5, 10 }, .start = { -3, 7 },
        MINIMA({ 0, 0 }),
        .scale = SCALE_LOG,
        .source = SURJANOVIC,
    },
    {
        .name = "dixon-price", .also = "dixon",
        .title = "Dixon and Price's function",
        .formula = "(x - 1)^2 + 2*(2*y^2 - x)^2",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -7, 6 },
        MINIMA({ 1, 0.7071067811865476 }, { 1, -0.7071067811865476 }),
        SADDLES({ 0.3333333333333333, 0 }),
        .scale = SCALE_LOG,
        .source = SURJANOVIC,
    },
    {
        .name = "freudenstein-roth", .also = "freudenstein",
        .title = "Freudenstein and Roth's function",
        .formula = "(x - 13 + ((5 - y)*y - 2)*y)^2"
                   " + (x - 29 + ((y + 1)*y - 14)*y)^2",
        .x = { -10, 20 }, .y = { -3, 6 }, .start = { 0.5, -2 },
        MINIMA({ 5, 4 }),
        .scale = SCALE_LOG,
        .note = "(11.4128, -0.8968) is a local minimum of 48.9843",
        .source = "More, Garbow & Hillstrom 1981",
    },
    {
        .name = "camel3", .also = "three-hump-camel",
        .title = "Three-hump camel",
        .formula = "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
        .x = { -5, 5 }, .y = { -5, 5 }, .start = { -3.5, 4 },
        MINIMA({ 0, 0 }),
        SADDLES({ 1.07054229182366, -0.53527114591183 }, { -1.07054229182366, 0.53527114591183 }),
        .scale = SCALE_LOG,
        .source = JAMIL_YANG,
    },
    {
        .name = "camel6", .also = "six-hump-camel, camel",
        .title = "Six-hump camel",
        .formula = "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2",
        .x = { -3, 3 }, .y = { -2, 2 }, .start = { -2.2, 1.5 },
        MINIMA({ 0.08984201310031806, -0.7126564030207396 },
               { -0.08984201310031806, 0.7126564030207396 }),
        .least = -1.0316284534898774,
        SADDLES({ 0, 0 }, { 1.1092053348067864, -0.7682680925095398 },
                { 1.2960702671671092, 0.6050843880386585 },
                { 1.6380679841897786, 0.22867406904439407 },
                { -1.1092053348067864, 0.7682680925095398 },
                { -1.2960702671671092, -0.6050843880386585 },
                { -1.6380679841897786, -0.22867406904439407 }),
        .scale = SCALE_LOG,
        .source = JAMIL_YANG,
    },
    {
        .name = "goldstein-price", .also = "goldstein",
        .title = "Goldstein and Price's function",
        .formula = "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))"
                   "*(30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
        .x = { -2, 2 }, .y = { -2, 2 }, .start = { -1.5, 1 },
        MINIMA({ 0, -1 }),
        .least = 3,
        SADDLES({ -0.4, -0.6 }, { 1.2, -0.2 }, { 0.6, 0.4 }, { 1.4, 0.6 }),
        .scale = SCALE_LOG,
        .source = JAMIL_YANG,
    },
    {
        .name = "branin",
        .title = "Branin's function",
        .formula = "(y - 5.1*x^2/(4*pi^2) + 5*x/pi - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
        .x = { -5, 10 }, .y = { 0, 15 }, .start = { -2, 2 },
        MINIMA({ -3.141592653589793, 12.275 }, { 3.141592653589793, 2.275 },
               { 9.42477796076938, 2.475 }),
        .least = 0.39788735772973816,
        SADDLES({ 0, 6 }, { 6.283185307179586, 1.1 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "mccormick",
        .title = "McCormick's function",
        .formula = "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
        .x = { -1.5, 4 }, .y = { -3, 4 }, .start = { 3.5, -2 },
        MINIMA({ -0.5471975511965977, -1.5471975511965977 }),
        .least = -1.9132229549810367,
        SADDLES({ 1.5471975511965977, 0.5471975511965977 }),
        .note = "it is lower outside of the box",
        .source = JAMIL_YANG,
    },
    {
        .name = "styblinski-tang", .also = "styblinski",
        .title = "Styblinski and Tang's function",
        .formula = "(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
        .x = { -5, 5 }, .y = { -5, 5 }, .start = { 0.5, 4.5 },
        MINIMA({ -2.903534027771177, -2.903534027771177 }),
        .least = -78.33233140754282,
        SADDLES({ -2.903534027771177, 0.1567312567803401 },
                { 0.1567312567803401, -2.903534027771177 },
                { 2.746802770990837, 0.1567312567803401 },
                { 0.1567312567803401, 2.746802770990837 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "adjiman",
        .title = "Adjiman's function",
        .formula = "cos(x)*sin(y) - x/(y^2 + 1)",
        .x = { -1, 2 }, .y = { -1, 1 }, .start = { -0.5, 0.8 },
        MINIMA({ 2, 0.1057834694517169 }),
        .least = -2.021806783359787,
        SADDLES({ 0.7945733292974204, -0.8935081317470634 },
                { -0.7945733292974204, 0.8935081317470634 }),
        .note = "the minimum is on the edge of the box; the function has none without it",
        .source = JAMIL_YANG,
    },
    {
        .name = "peaks", .also = "matlab",
        .title = "Peaks",
        .formula = "3*(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10*(x/5 - x^3 - y^5)*exp(-x^2 - y^2)"
                   " - exp(-(x + 1)^2 - y^2)/3",
        .x = { -3, 3 }, .y = { -3, 3 }, .start = { 0.1, 1.3 },
        MINIMA({ 0.22827892055636911, -1.6255349574999966 }),
        .least = -6.551133332835837,
        SADDLES({ 1.0982728343350928, 0.8544609795247525 },
                { -0.26593755683724569, 0.46673999372626939 },
                { 0.4163233216785082, -0.3941450984024246 }),
        .source = "MATLAB's peaks",
    },
    {
        .name = "ackley-2", .also = "ackley2",
        .title = "Ackley's second function",
        .formula = "-200*exp(-0.2*hypot(x, y))",
        .x = { -32, 32 }, .y = { -32, 32 }, .start = { -20, 14 },
        MINIMA({ 0, 0 }),
        .least = -200,
        .note = "the minimum is a kink",
        .source = JAMIL_YANG,
    },
    {
        .name = "griewank",
        .title = "Griewank's function",
        .formula = "1 + (x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2))",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -7, 4.5 },
        MINIMA({ 0, 0 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "levy",
        .title = "Levy's function",
        .formula = "sin(pi*(x + 3)/4)^2 + ((x - 1)/4)^2*(1 + 10*sin(pi*(x + 3)/4 + 1)^2)"
                   " + ((y - 1)/4)^2*(1 + sin(pi*(y + 3)/2)^2)",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -7, 6 },
        MINIMA({ 1, 1 }),
        .source = SURJANOVIC,
    },
    {
        .name = "levy-13",
        .title = "Levy's function number 13",
        .formula = "sin(3*pi*x)^2 + (x - 1)^2*(1 + sin(3*pi*y)^2) + (y - 1)^2*(1 + sin(2*pi*y)^2)",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -6, 7 },
        MINIMA({ 1, 1 }),
        .source = SURJANOVIC,
    },
    {
        .name = "schwefel",
        .title = "Schwefel's function",
        .formula = "837.9657745448674 - x*sin(sqrt(abs(x))) - y*sin(sqrt(abs(y)))",
        .x = { -500, 500 }, .y = { -500, 500 }, .start = { 310, 250 },
        MINIMA({ 420.96874635998203, 420.96874635998203 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "schaffer-2", .also = "schaffer",
        .title = "Schaffer's function number 2",
        .formula = "0.5 + (sin(x^2 - y^2)^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -4.5, 3 },
        MINIMA({ 0, 0 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "schaffer-4",
        .title = "Schaffer's function number 4",
        .formula = "0.5 + (cos(sin(abs(x^2 - y^2)))^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -4, 2.5 },
        MINIMA({ 0, 1.2531318314637332 }, { 0, -1.2531318314637332 }, { 1.2531318314637332, 0 },
               { -1.2531318314637332, 0 }),
        .least = 0.29257863203598055,
        .source = JAMIL_YANG,
    },
    {
        .name = "easom",
        .title = "Easom's function",
        .formula = "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)",
        .x = { 0, 6.283185307179586 }, .y = { 0, 6.283185307179586 }, .start = { 1.7, 4.4 },
        MINIMA({ 3.141592653589793, 3.141592653589793 }),
        .least = -1,
        .note = "gradients vanish on the plain around the hole",
        .source = JAMIL_YANG,
    },
    {
        .name = "eggholder", .also = "egg",
        .title = "Eggholder",
        .formula = "-(y + 47)*sin(sqrt(abs(x/2 + y + 47)))"
                   " - x*sin(sqrt(abs(x - (y + 47))))",
        .x = { -512, 512 }, .y = { -512, 512 }, .start = { -200, 300 },
        MINIMA({ 512, 404.2318051137578 }),
        .least = -959.6406627208508,
        .note = "the minimum is on the edge of the box; kinks where a root is 0",
        .source = JAMIL_YANG,
    },
    {
        .name = "cross-in-tray", .also = "cross",
        .title = "Cross in tray",
        .formula = "-0.0001*exp(abs(100 - hypot(x, y)/pi)/10)"
                   "*(abs(sin(x)*sin(y)) + exp(-abs(100 - hypot(x, y)/pi)))^0.1",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { 5, -3.5 },
        MINIMA({ 1.3494066171539107, 1.3494066171539107 },
               { -1.3494066171539107, 1.3494066171539107 },
               { 1.3494066171539107, -1.3494066171539107 },
               { -1.3494066171539107, -1.3494066171539107 }),
        .least = -2.062611870822737,
        .note = "the published form with e^100 taken out of the power; kinks along the axes",
        .source = JAMIL_YANG,
    },
    {
        .name = "holder-table", .also = "holder",
        .title = "Holder table",
        .formula = "-abs(sin(x)*cos(y)*exp(abs(1 - hypot(x, y)/pi)))",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { 6, 7 },
        MINIMA({ 8.055023475736563, 9.664590019241272 }, { -8.055023475736563, 9.664590019241272 },
               { 8.055023475736563, -9.664590019241272 },
               { -8.055023475736563, -9.664590019241272 }),
        .least = -19.20850256788673,
        .note = "kinks along straight lines and a circle",
        .source = JAMIL_YANG,
    },
    {
        .name = "drop-wave", .also = "wave",
        .title = "Drop-wave function",
        .formula = "-(1 + cos(12*hypot(x, y)))/((x^2 + y^2)/2 + 2)",
        .x = { -5.12, 5.12 }, .y = { -5.12, 5.12 }, .start = { -2.3, 1.6 },
        MINIMA({ 0, 0 }),
        .least = -1,
        .source = SURJANOVIC,
    },
    {
        .name = "bukin-6", .also = "bukin",
        .title = "Bukin's function number 6",
        .formula = "100*sqrt(abs(y - 0.01*x^2)) + 0.01*abs(x + 10)",
        .x = { -15, -5 }, .y = { -3, 3 }, .start = { -7, 2 },
        MINIMA({ -10, 1 }),
        .note = "the minimum is on a kinked ridge along y = x^2/100",
        .source = JAMIL_YANG,
    },
    {
        .name = "michalewicz",
        .title = "Michalewicz's function",
        .formula = "-sin(x)*sin(x^2/pi)^(2*m) - sin(y)*sin(2*y^2/pi)^(2*m)",
        .parameters = { { "m", "10", "how steep the ravines are", .turns = true } },
        .x = { 0, 3.141592653589793 }, .y = { 0, 3.141592653589793 }, .start = { 2.6, 1.3 },
        MINIMA({ 2.2029055201726093, 1.5707963267948966 }),
        .least = -1.8013034100985525,
        .note = "flat but for its ravines",
        .source = JAMIL_YANG,
    },
    {
        .name = "bohachevsky",
        .alias = "bohachevsky-1",
        .title = "Bohachevsky's function",
        .formula = "x^2 + 2*y^2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7",
        .x = { -2, 2 }, .y = { -2, 2 }, .start = { -1.6, 1.3 },
        MINIMA({ 0, 0 }),
        .source = JAMIL_YANG,
    },
    {
        .name = "shubert",
        .title = "Shubert's function",
        .formula = "(cos(2*x + 1) + 2*cos(3*x + 2) + 3*cos(4*x + 3) + 4*cos(5*x + 4)"
                   " + 5*cos(6*x + 5))*(cos(2*y + 1) + 2*cos(3*y + 2) + 3*cos(4*y + 3)"
                   " + 4*cos(5*y + 4) + 5*cos(6*y + 5))",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { -2, 3 },
        MINIMA(SHUBERT(-7.083506407651560), SHUBERT(-0.8003211004719731),
               SHUBERT(5.482864206707613)),
        .least = -186.73090883102384,
        .source = JAMIL_YANG,
    },
    {
        .name = "salomon",
        .title = "Salomon's function",
        .formula = "1 - cos(2*pi*hypot(x, y)) + 0.1*hypot(x, y)",
        .x = { -5, 5 }, .y = { -5, 5 }, .start = { -3.3, 2.6 },
        MINIMA({ 0, 0 }),
        .note = "the minimum is a kink",
        .source = JAMIL_YANG,
    },
    {
        .name = "alpine-1",
        .alias = "alpine",
        .title = "First alpine function",
        .formula = "abs(x*sin(x) + 0.1*x) + abs(y*sin(y) + 0.1*y)",
        .x = { -10, 10 }, .y = { -10, 10 }, .start = { 6.9, -5 },
        MINIMA(ALPINE(0), ALPINE(-0.1001674211615598), ALPINE(3.241760074751353),
               ALPINE(6.183017886018027), ALPINE(9.52494538193094), ALPINE(-3.041425232428233),
               ALPINE(-6.383352728341146), ALPINE(-9.32461053960782)),
        .note = "all minima are kinks; the literature has only (0, 0)",
        .source = JAMIL_YANG,
    },
    {
        .name = "bird",
        .title = "Bird",
        .formula = "sin(x)*exp((1 - cos(y))^2) + cos(y)*exp((1 - sin(x))^2) + (x - y)^2",
        .x = { -6.283185307179586, 6.283185307179586 },
        .y = { -6.283185307179586, 6.283185307179586 }, .start = { 1, -3 },
        MINIMA({ 4.701043130249553, 3.15293850372493 },
               { -1.5821421769300335, -3.1302468034546564 }),
        .least = -106.76453674926468,
        .source = JAMIL_YANG,
    },
    {
        .name = "keane",
        .title = "Keane's bump, turned over",
        .formula = "-sin(x - y)^2*sin(x + y)^2/hypot(x, y)",
        .x = { 0, 10 }, .y = { 0, 10 }, .start = { 3.2, 1 },
        MINIMA({ 0, 1.3932490753255885 }, { 1.3932490753255885, 0 }),
        .least = -0.6736675211468547,
        .note = "(0, 0) is a hole: 0/0",
        .source = JAMIL_YANG,
    },
    {
        .name = "long-valley",
        .title = "Long valley",
        .formula = "2*y^2 + (x^2 - 4)^2/160",
        .x = { -3, 3 }, .y = { -1.5, 1.5 }, .start = { -0.02, 1.2 },
        MINIMA({ 2, 0 }, { -2, 0 }),
        SADDLES({ 0, 0 }),
        .source = "after A. Radford's animation of 2014, whose formula was not published",
    },
    {
        .name = "noisy-moons",
        .title = "Noisy moons",
        .formula = "(log(1 + exp(-0.5*x + 0.1*y)) + log(1 + exp(-0.6*x + 0.4*y))"
                   " + log(1 + exp(-0.6*x - 0.5*y)) + log(1 + exp(0.2*x - 0.6*y))"
                   " + log(1 + exp(0.2*x - 0.5*y)) + log(1 + exp(-0.8*y))"
                   " + log(1 + exp(0.7*x - 0.8*y)) + log(1 + exp(x))"
                   " + log(1 + exp(1.1*x + 0.1*y)) + log(1 + exp(1.4*x - 0.5*y))"
                   " + log(1 + exp(1.7*x - 0.1*y)) + log(1 + exp(1.4*x - 0.3*y)))/12",
        .x = { -6, 4 }, .y = { -2, 8 }, .start = { 3, 0 },
        MINIMA({ -1.0507119347411457, 3.0505531861031945 }),
        .least = 0.40410040773411376,
        .note = "logistic regression through the origin on twelve points of two half-moons",
        .source = "after A. Radford's animation of 2014, with points of our own",
    },
    {
        .name = "line-fit", .also = "regression, linear-regression",
        .title = "Least-squares line",
        .formula = "(y - 1)^2 + (x + y - 3)^2 + (2*x + y - 2)^2 + (3*x + y - 5)^2"
                   " + (4*x + y - 4)^2",
        .x = { -2, 4 }, .y = { -4, 6 }, .start = { -1.5, 5 },
        MINIMA({ 0.8, 1.4 }),
        .least = 3.6,
        .scale = SCALE_ROOT,
        .note = "x is the slope and y the intercept of a line near (0, 1), (1, 3), (2, 2), (3, 5) "
                "and (4, 4)",
        .source = WIDELY_USED,
    },
    {
        .name = "ill-conditioned", .also = "ravine, valley, ellipse",
        .title = "Ill-conditioned quadratic",
        .formula = "((x*cos(angle*pi/180) + y*sin(angle*pi/180))^2"
                   " + kappa*(y*cos(angle*pi/180) - x*sin(angle*pi/180))^2)/2",
        .parameters = { { "kappa", "100", "the condition number", .turns = true },
                        { "angle", "30", "of the valley with the x axis, degrees" } },
        .x = { -4, 4 }, .y = { -4, 4 }, .start = { -3.5, 1 },
        MINIMA({ 0, 0 }),
        .scale = SCALE_LOG,
        .source = WIDELY_USED,
    },
    {
        .name = "abs-sum", .also = "abs, l1",
        .title = "Weighted sum of absolute values",
        .formula = "abs(x) + k*abs(y)",
        .parameters = { { "k", "3", "the weight of y", .turns = true } },
        .x = { -5, 5 }, .y = { -5, 5 }, .start = { -4, 2.5 },
        MINIMA({ 0, 0 }),
        .note = "kinks along the axes",
        .source = WIDELY_USED,
    },
    {
        .name = "cliff",
        .title = "Exploding-gradient cliff",
        .formula = "(" FIVE_UNITS(FIVE_UNITS("0.5")) " - 0.7)^2",
        .x = { 4, 7 }, .y = { -4, -1.5 }, .start = { 6.5, -1.8 },
        MINIMA({ 5, -2.472331860695215 }),
        .note = "x is the weight and y the bias of a recurrent unit; the minima are a curve "
                "along the cliff's foot",
        .source = "after Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063, with ten steps",
    },
    {
        .name = "deep-linear",
        .title = "Deep linear net",
        .formula = "(x*y - 1)^2",
        .x = { -3, 3 }, .y = { -3, 3 }, .start = { -2.5, 0.5 },
        MINIMA({ 1, 1 }, { -1, -1 }),
        SADDLES({ 0, 0 }),
        .scale = SCALE_LOG,
        .note = "the minima are the hyperbola x*y = 1; its points next to (0, 0) are given",
        .source = WIDELY_USED,
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

void catalogue_suggest(struct suggestion *near)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        suggestion_offer_also(near, entries[i].name, entries[i].also);
        if (entries[i].alias) {
            suggestion_offer(near, entries[i].alias);
        }
    }
}
