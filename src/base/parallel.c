#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS_MAX = 64 };

static atomic_int spare;

void parallel_spare(int count)
{
    atomic_fetch_add(&spare, count);
}

/* Up to so many of the spare threads, which are not spare then. */
static int borrow(int wanted)
{
    int there = atomic_load(&spare), taken;
    do {
        taken = there < wanted ? there : wanted;
        if (taken <= 0) {
            return 0;
        }
    } while (!atomic_compare_exchange_weak(&spare, &there, there - taken));
    return taken;
}

struct share {
    void (*work)(void *context);
    void *context;
};

static void *run_share(void *context)
{
    const struct share *share = context;
    share->work(share->context);
    parallel_spare(1); /* for work that others have now */
    return NULL;
}

/* Runs work in up to so many threads beside the caller's. */
static void run_beside(int wanted, void (*work)(void *context), void *context)
{
    struct share share = { work, context };
    pthread_t threads[THREADS_MAX];
    int borrowed = borrow(wanted < THREADS_MAX ? wanted : THREADS_MAX), count = 0;
    while (count < borrowed && !pthread_create(&threads[count], NULL, run_share, &share)) {
        count++;
    }
    parallel_spare(borrowed - count);
    work(context);
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
}

void parallel_run(void (*work)(void *context), void *context)
{
    run_beside(THREADS_MAX, work, context);
}

/* What is to be done for each number below count. */
struct loop {
    void (*work)(void *context, size_t i);
    void *context;
    size_t count;
    atomic_size_t next;
};

static void run_loop(void *context)
{
    struct loop *loop = context;
    size_t i;
    while ((i = atomic_fetch_add(&loop->next, 1)) < loop->count) {
        loop->work(loop->context, i);
    }
}

void parallel_for(size_t count, void (*work)(void *context, size_t i), void *context)
{
    struct loop loop = { .work = work, .context = context, .count = count };
    run_beside(count < THREADS_MAX ? (int)count - 1 : THREADS_MAX, run_loop, &loop);
}
