/* The records of outputs, as every format but films reads them. */
#include "fuzz.h"

#include <stdio.h>

#include "write/sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    size_t count;
    const struct format *const *formats = format_list(&count);
    FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
    for (size_t i = 0; file && i < count; i++) {
        if (formats[i]->record && formats[i]->kind != FORMAT_FILM) {
            rewind(file);
            formats[i]->record("", file, &arena);
        }
    }
    if (file) {
        fclose(file);
    }
    arena_finish(&arena);
    return 0;
}
