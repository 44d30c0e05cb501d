#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "base/memory.h"

/* Where the end of memory is told of inside the libraries, too. The sanitizers reserve more. */
#ifdef GUARDED_ALLOCATOR
enum { MEMORY_MIB = 8192 };
#else
enum { MEMORY_MIB = 0 };
#endif

static const struct limit_row rows[LIMIT_COUNT] = {
    [LIMIT_BYTES] = { "bytes", "max-bytes", 1L << 20, 1, 1L << 30, "of a preset" },
    [LIMIT_LINE] = { "line", "max-line", 128L * 1024, 1, 1L << 30,
                     "bytes of one line of a preset, without its end" },
    [LIMIT_FORMULA_BYTES] = { "formula bytes", "max-formula-bytes", 64L * 1024, 1, 1L << 30,
                              "of one formula or claim" },
    [LIMIT_LETS] = { "lets", "max-lets", 1000, 1, 1000000, "named sub-formulas" },
    [LIMIT_OPERATIONS] = { "operations", "max-operations", 10000, 1, 1000000,
                           "of a formula with its lets" },
    [LIMIT_DEPTH] = { "depth", "max-depth", 200, 1, 2000, "of brackets and calls in a formula" },
    [LIMIT_OPTIMIZERS] = { "optimizers", "max-optimizers", 100, 1, 10000, "of a preset" },
    [LIMIT_STEPS] = { "steps", "max-steps", 1000000, 100, 100000000,
                      "of each optimizer" },
    [LIMIT_SIDE] = { "side", "max-side", 16384, 16, 32767, "of a picture or film, in pixels" },
    [LIMIT_PIXELS] = { "pixels", "max-pixels", 1L << 28, 1, 1L << 30, "of a picture or frame" },
    [LIMIT_FRAMES] = { "frames", "max-frames", 1000000, 1, 100000000,
                       "of a film or sequence" },
    [LIMIT_MEMORY] = { "memory", "max-memory", MEMORY_MIB, 1, 1L << 30,
                       "of the program, in MiB; beyond it is out of memory" },
    [LIMIT_LOCK_BYTES] = { "lock bytes", "max-lock-bytes", 1L << 24, 1, 1L << 30,
                           "of a lock file" },
};

static long changed[LIMIT_COUNT]; /* 0: not changed */

const struct limit_row *limit_row(enum limit limit)
{
    return &rows[limit];
}

enum limit limit_by_option(const char *option)
{
    enum limit limit = LIMIT_NONE + 1;
    while (strcmp(rows[limit].option, option)) {
        limit++;
    }
    return limit;
}

long limit_of(enum limit limit)
{
    return changed[limit] ? changed[limit] : rows[limit].standard;
}

void limit_set(enum limit limit, long value)
{
    changed[limit] = value;
}

struct limit_hint limit_hint(enum limit limit)
{
    struct limit_hint hint;
    snprintf(hint.text, sizeof hint.text, "; --%s N raises the limit", rows[limit].option);
    return hint;
}

static long memory_held; /* MiB that limit_memory has set; 0: none */

bool limit_memory(size_t presets, struct error *err)
{
    bool is_wanted = changed[LIMIT_MEMORY];
    long more = is_wanted || presets < 2 ? 0 : (long)(presets - 1) * LIMIT_MEMORY_MORE;
    long most = limit_of(LIMIT_MEMORY) + more;
    struct rlimit memory;
    if (!limit_of(LIMIT_MEMORY)) {
        return true;
    }
    bool good = !getrlimit(RLIMIT_DATA, &memory);
    if (good && (rlim_t)most << 20 < memory.rlim_cur) {
        memory.rlim_cur = memory.rlim_max = (rlim_t)most << 20;
        good = !setrlimit(RLIMIT_DATA, &memory);
        memory_held = good ? most : 0;
    }
    if (memory_held) {
        char told[sizeof(struct limit_hint) + 64];
        snprintf(told, sizeof told, ": the limit is %ld MiB%s", memory_held,
                 limit_hint(LIMIT_MEMORY).text);
        memory_tell(told);
    }
    return good || !is_wanted
           || error_set(err, ERROR_RENDER, "--max-memory: the system does not limit the "
                        "program's memory: %s", strerror(errno));
}

struct limit_hint limit_hint_shortage(void)
{
    const size_t enough = (size_t)64 << 20; /* a failed start has given back what it had */
    struct limit_hint hint = { "" };
    void *probe = memory_held ? mmap(NULL, enough, PROT_READ | PROT_WRITE,
                                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
                              : NULL;
    if (probe == MAP_FAILED) {
        snprintf(hint.text, sizeof hint.text, "; it may lack memory; --%s N raises the "
                 "limit", rows[LIMIT_MEMORY].option);
    } else if (probe) {
        munmap(probe, enough);
    }
    return hint;
}
