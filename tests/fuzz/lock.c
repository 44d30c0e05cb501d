/* Lock files. */
#include "fuzz.h"

#include "lock_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lock lock;
    struct error err = { 0 };
    lock_file_read(&lock, fuzz_file(data, size), &err);
    fuzz_report(&lock.report);
    lock_file_finish(&lock);
    return 0;
}
