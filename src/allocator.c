/* The C library's allocator, except that it never returns NULL.
 *
 * cairo, FreeType, HarfBuzz, FFmpeg and x264 crash, abort or draw something else where
 * memory is short, and no caller of theirs is told. The program's functions take the place
 * of the C library's in all of them, and end the process as base/memory.h says. Sizes that
 * no memory can have end it as well. free stays as it is. */
#ifdef GUARDED_ALLOCATOR

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include "base/memory.h"

/* What glibc exports for allocators that call it. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void *there(void *bytes)
{
    if (!bytes) {
        memory_end();
    }
    return bytes;
}

void *malloc(size_t size)
{
    return there(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return there(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    void *bytes = __libc_realloc(old, size);
    return old && !size ? bytes : there(bytes); /* which freed it */
}

void *memalign(size_t alignment, size_t size)
{
    return there(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return there(__libc_memalign(alignment, size));
}

int posix_memalign(void **bytes, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) || !alignment || alignment & (alignment - 1)) {
        return EINVAL;
    }
    *bytes = there(__libc_memalign(alignment, size));
    return 0;
}

#else

typedef int allocator_is_the_c_library_s; /* ISO C wants something in a file */

#endif
