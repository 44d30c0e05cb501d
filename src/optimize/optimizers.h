/* The list of methods, in the order in which they are shown. To add one, write
 * its file, which ends in its row, and add its line here and in Makefile.am. */
#ifndef OPTIMIZE_OPTIMIZERS_H
#define OPTIMIZE_OPTIMIZERS_H

#define OPTIMIZERS(X)   \
    X(gradient_descent) \
    X(momentum)         \
    X(nag)              \
    X(qhm)              \
    X(aggmo)            \
    X(asgd)             \
    X(schedule_free)    \
    X(adagrad)          \
    X(adadelta)         \
    X(rmsprop)          \
    X(adam)             \
    X(adamw)            \
    X(adamax)           \
    X(nadam)            \
    X(radam)            \
    X(adabelief)        \
    X(adabound)         \
    X(yogi)             \
    X(qhadam)           \
    X(adan)             \
    X(madgrad)          \
    X(prodigy)          \
    X(rprop)            \
    X(signsgd)          \
    X(lion)             \
    X(armijo)           \
    X(polyak)           \
    X(barzilai_borwein) \
    X(adgd)             \
    X(gradient_flow)    \
    X(nonlinear_cg)     \
    X(bfgs)             \
    X(lbfgs)            \
    X(newton)           \
    X(sophia)           \
    X(adahessian)       \
    X(nelder_mead)

#endif
