/* Claims about the runs of one small preset. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "optimize/claim.h"
#include "session.h"

static const char preset_text[] =
    "[problem]\nfunction = booth\nsteps = 12\n[optimizer A]\nmethod = adam\n"
    "[optimizer GD (fast)]\nmethod = gradient-descent\nlearning_rate = 1e30\n";

static struct session session;
static struct report report;

static void begin(void)
{
    static bool is_begun;
    static struct request request = { .frame = -1 };
    struct error err = { 0 };
    if (!is_begun) {
        request.preset_path = fuzz_file((const uint8_t *)preset_text, strlen(preset_text));
        fuzz_expect(session_load(&session, &request, &report, &err)
                        && session_compute(&session, &report, &err), "a good preset");
        is_begun = true;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    if (!text || !size) {
        free(text);
        return 0;
    }
    begin();
    struct preset preset = session.preset;
    struct source source = { "input", text, size };
    struct claim claim = { { "c", 1, { &source, 0, 1 } }, { text, size, { &source, 0, size } } };
    struct report mistakes = { 0 };
    struct arena arena = { 0 };
    preset.claims = (struct claim_section){ &claim, 1 };
    if (claims_check(&preset, &session.objective, &mistakes)) {
        struct verdict verdict = claim_judge(&claim, &preset, &session.objective,
                                             session.trajectories, &arena);
        report_error(&mistakes, verdict.place, "%s", verdict.numbers);
    }
    fuzz_report(&mistakes);
    report_finish(&mistakes);
    arena_finish(&arena);
    free(text);
    return 0;
}
