/* Lets a confined process of make coverage write its counts as it ends: linked into that
 * build alone, with --wrap=sandbox_enter. */
#include "sandbox.h"

bool __real_sandbox_enter(struct sandbox *sandbox, struct error *err);
bool __wrap_sandbox_enter(struct sandbox *sandbox, struct error *err);

bool __wrap_sandbox_enter(struct sandbox *sandbox, struct error *err)
{
    sandbox_allow_files(sandbox, COVERAGE_FOLDER);
    return __real_sandbox_enter(sandbox, err);
}
