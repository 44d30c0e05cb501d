/* A preset as "optrender check" reads it, without the runs. */
#include "fuzz.h"

#include "base/memory.h"
#include "load/print.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>

static void print(const struct preset *preset)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    preset_print(preset, PRINT_CANONICAL, stream);
    fclose(stream);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct request request = { .preset_path = fuzz_file(data, size), .frame = -1 };
    struct session session;
    struct report report = { 0 };
    struct error err = { 0 };
    if (session_load(&session, &request, &report, &err)) {
        if (!report.errors) {
            print(&session.preset);
        }
        session_resolve(&session, &report, &err);
    }
    fuzz_report(&report);
    session_finish(&session);
    report_finish(&report);
    return 0;
}
