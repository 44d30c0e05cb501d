/* Where there is no sandbox. */
#include "sandbox.h"

bool sandbox_init(struct sandbox *sandbox, enum sandbox_mode mode, struct error *err)
{
    *sandbox = (struct sandbox){ 0 };
    return mode != SANDBOX_ON
           || error_set(err, ERROR_RENDER, "--sandbox on: this program was built without one, "
                        "which takes Linux with Landlock");
}

void sandbox_allow_read(struct sandbox *sandbox, const char *file)
{
    (void)sandbox;
    (void)file;
}

void sandbox_allow_write(struct sandbox *sandbox, const char *file)
{
    (void)sandbox;
    (void)file;
}

void sandbox_allow_files(struct sandbox *sandbox, const char *folder)
{
    (void)sandbox;
    (void)folder;
}

void sandbox_allow_names(struct sandbox *sandbox, const char *folder)
{
    (void)sandbox;
    (void)folder;
}

void sandbox_allow_rmdir(struct sandbox *sandbox, const char *folder)
{
    (void)sandbox;
    (void)folder;
}

bool sandbox_enter(struct sandbox *sandbox, struct error *err)
{
    (void)sandbox;
    (void)err;
    return true;
}
