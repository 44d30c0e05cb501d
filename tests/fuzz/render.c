/* From a preset to pages and pixels, all tiny. */
#include "fuzz.h"

#include "../drawn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct drawn drawn = drawn_from(fuzz_file(data, size));
    fuzz_expect(!drawn.flaw, drawn.flaw);
    return 0;
}
