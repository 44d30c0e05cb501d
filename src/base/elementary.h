/* Elementary functions, correctly rounded: the double next to the true value, which is
 * the same on every machine. A C library's own are not: their last bit depends on its
 * version, the architecture and, in glibc, on what the processor can do.
 *
 * The names are those that C23 sets aside for such functions. Arguments, infinities and
 * NaN are C's; errno is not part of it. */
#ifndef BASE_ELEMENTARY_H
#define BASE_ELEMENTARY_H

#define ELEMENTARY_OF_ONE(X)                                                                  \
    X(acos) X(asin) X(atan) X(cbrt) X(cos) X(cosh) X(erf) X(exp) X(log) X(log10) X(log1p)     \
    X(sin) X(sinh) X(tan) X(tanh)

#define X(name) double cr_##name(double x);
ELEMENTARY_OF_ONE(X)
#undef X
double cr_atan2(double y, double x);
double cr_hypot(double x, double y);
double cr_pow(double x, double y);

#endif
