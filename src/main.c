/* optrender: parse the command line, run it, print the error, exit. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/timings.h"
#include "batch.h"
#include "cli.h"
#include "completion.h"
#include "confine.h"
#include "folders.h"
#include "gallery.h"
#include "listing.h"
#include "lock.h"
#include "pipeline.h"
#include "plan.h"
#include "record.h"
#include "show.h"
#include "signals.h"
#include "starter.h"
#include "usage.h"
#include "version.h"
#include "write/temporary.h"

/* Keeps a later file from taking the place of a closed standard stream. The
 * stand-ins are open the wrong way round, so that using them is an error. */
static void fill_closed_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

static void print_error(const struct error *err)
{
    batch_print_error(NULL, err);
    if (err->kind == ERROR_USAGE) {
        fputs("try 'optrender --help'\n", stderr);
    }
}

static enum batch_mode batch_mode(const struct cli *cli)
{
    return cli->command == COMMAND_CHECK ? BATCH_CHECK
           : cli->command == COMMAND_DESCRIBE ? BATCH_DESCRIBE
           : cli->dry_run                ? BATCH_PREVIEW
                                         : BATCH_RENDER;
}

static enum summary_style summary_style(const struct cli *cli)
{
    bool is_wanted = cli->summary || cli->command == COMMAND_DESCRIBE;
    return !is_wanted ? SUMMARY_NONE : cli->json ? SUMMARY_JSON : SUMMARY_TEXT;
}

/* Renders or checks the presets; err holds what is not about one of them. */
static int run_batch(const struct cli *cli, struct error *err)
{
    struct plan plan = { 0 };
    struct sandbox sandbox = { 0 };
    int status = 0;
    bool good = plan_init(&plan, cli, err);
    if (good && cli->verbose) {
        plan_print(&plan, stderr);
    }
    for (size_t i = 0; good && !cli->dry_run && i < plan.folders.count; i++) {
        good = folders_make(plan.folders.items[i], err);
    }
    bool writes = batch_mode(cli) == BATCH_RENDER;
    good = good && confine_begin(&sandbox, cli, plan.requests, plan.count, writes, err);
    if (good) {
        struct batch_settings settings = { batch_mode(cli), summary_style(cli), cli->jobs,
                                           cli->progress, cli->quiet && !cli->dry_run,
                                           cli->verbose, &sandbox };
        status = batch_run(plan.requests, plan.count, &settings, err);
        good = !err->kind;
    }
    if (good && status == 0 && cli->deps && !cli->dry_run) {
        plan_write_deps(&plan, cli->deps, err);
    }
    folders_remove_made();
    plan_finish(&plan);
    return status;
}

/* Tables and helps, which people pipe into head and less. */
static bool only_prints(const struct cli *cli)
{
    return cli->help || cli->version || cli->command == COMMAND_LIST
        || cli->command == COMMAND_SHOW || cli->command == COMMAND_COMPLETION;
}

static int run(const struct cli *cli, struct error *err)
{
    const char *operand = cli->operands.count ? cli->operands.items[0] : NULL;
    if (only_prints(cli)) {
        signals_end_with_reader();
    }
    if (cli->help) {
        usage_print(stdout);
    } else if (cli->version) {
        version_print(stdout);
    } else if (cli->command == COMMAND_LIST) {
        enum table_style style = cli->json ? TABLE_JSON : cli->roff ? TABLE_ROFF : TABLE_TEXT;
        listing_print(operand, style, stdout, err);
    } else if (cli->command == COMMAND_SHOW) {
        show_print(cli, stdout, err);
    } else if (cli->command == COMMAND_LOCK) {
        return lock_print(cli, stdout, err);
    } else if (cli->command == COMMAND_VERIFY) {
        return lock_verify(cli, stdout, err);
    } else if (cli->command == COMMAND_GALLERY) {
        return gallery_write(cli, err);
    } else if (cli->command == COMMAND_EXTRACT) {
        if (limit_memory(1, err) && confine_to_file(cli, operand, err)) {
            record_extract(operand, stdout, err);
        }
    } else if (cli->command == COMMAND_NEW) {
        starter_write(operand, cli->from, err);
    } else if (cli->command == COMMAND_COMPLETION) {
        completion_print(operand, stdout, err);
    } else {
        return run_batch(cli, err);
    }
    return 0;
}

/* Whether all that was written to standard output arrived. */
static bool close_stdout(struct error *err)
{
    bool failed = ferror(stdout);
    if (fclose(stdout) == 0 && !failed) {
        return true;
    }
    return error_set(err, ERROR_RENDER, "cannot write to standard output: %s", strerror(errno));
}

/* Prints the error, if there is one. Returns the exit status, which an earlier
 * failure has decided. What fails after a signal was ended by it. */
static int conclude(struct error *err, int status)
{
    if (!err->kind) {
        return status;
    }
    if (interrupt_signal) {
        error_set(err, ERROR_INTERRUPTED, "interrupted");
    }
    if (!interrupt_signal || !interrupt_is_told()) {
        print_error(err);
    }
    return status ? status : (int)err->kind;
}

int main(int argc, char **argv)
{
    int64_t since = timings_now();
    fill_closed_streams();
    signals_catch();
    memory_on_end(temporary_remove_all);
    struct cli cli = { 0 };
    struct error err = { 0 }, late = { 0 };
    int status = 0;
    if (cli_parse(&cli, argc, argv, &err)) {
        status = run(&cli, &err);
    }
    status = conclude(&err, status);
    if (cli.timings && !cli.help && !cli.version) {
        timings_print(stderr, since);
    }
    close_stdout(&late);
    status = conclude(&late, status);
    cli_finish(&cli);
    status = status == ERROR_INTERRUPTED ? 128 + interrupt_signal : status;
    memory_settle(status);
    return status;
}
