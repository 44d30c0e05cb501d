#include "batch.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "plan.h"
#include "progress.h"
#include "workload.h"
#include "write/encoder.h"

/* How long the watching thread reads presets at a time, every 50 ms. */
static const double ESTIMATE_SECONDS = 0.005;

/* One preset on its way. Written by its worker, read by the caller's thread
 * once done is set. */
struct job {
    struct batch *batch;
    const struct request *request;
    struct report report;
    struct error err;
    bool *current; /* for each output, whether it is up to date */
    char *findings; /* of a check, for standard output */
    bool was_reported; /* it was printed, and there was something to say */
    double seconds;
    /* Guarded by the batch's lock: */
    struct pipeline_state state; /* what will be to do, while it has not begun */
    double begun, told;          /* when it began, and when its state was last told; 0: not yet */
    bool done;
};

struct batch {
    const struct batch_settings *settings;
    struct job *jobs;
    size_t count;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a job is done */
    size_t next;            /* the first job that no worker has taken */
    size_t estimated;       /* jobs before this one need not be estimated */
    double begun;
    pthread_t *threads;
    size_t thread_count;
    double *loads; /* for count_all: memory may not end it when the outputs are in place */
};

static void note_progress(void *context, const struct pipeline_state *state)
{
    struct job *job = context;
    pthread_mutex_lock(&job->batch->lock);
    job->state = *state;
    job->told = progress_clock();
    pthread_mutex_unlock(&job->batch->lock);
}

static void job_check(struct job *job)
{
    const struct batch_settings *settings = job->batch->settings;
    size_t size;
    struct findings findings = { memory_stream(&job->findings, &size),
                                 job->request->preset_path, !settings->quiet, settings->summary };
    pipeline_check(job->request, &findings, &job->report, &job->err);
    memory_stream_end(findings.stream);
}

static void job_describe(struct job *job)
{
    size_t size;
    FILE *stream = memory_stream(&job->findings, &size);
    pipeline_describe(job->request, stream, &job->report, &job->err);
    memory_stream_end(stream);
}

/* Whether nothing is drawn. */
static bool only_simulates(const struct batch_settings *settings)
{
    return settings->mode == BATCH_CHECK || settings->mode == BATCH_DESCRIBE;
}

static void job_run(struct job *job)
{
    const struct request *request = job->request;
    job->report.name = request->preset_path;
    if (interrupt_signal) {
        error_set(&job->err, ERROR_INTERRUPTED, "interrupted");
    } else if (job->batch->settings->mode == BATCH_CHECK) {
        job_check(job);
    } else if (job->batch->settings->mode == BATCH_DESCRIBE) {
        job_describe(job);
    } else if (job->batch->settings->mode == BATCH_FINGERPRINT) {
        pipeline_fingerprint(request, note_progress, job, &job->report, &job->err);
    } else if (job->batch->settings->mode == BATCH_PREVIEW) {
        pipeline_preview(request, job->current, &job->report, &job->err);
    } else {
        pipeline_render(request, note_progress, job, job->current, &job->report, &job->err);
    }
    if (job->err.kind && interrupt_signal) { /* which made waiting calls fail */
        error_set(&job->err, ERROR_INTERRUPTED, "interrupted");
    }
}

static void *work(void *context)
{
    struct batch *batch = context;
    pthread_mutex_lock(&batch->lock);
    while (batch->next < batch->count) {
        struct job *job = &batch->jobs[batch->next++];
        job->begun = job->told = progress_clock();
        pthread_mutex_unlock(&batch->lock);
        job_run(job);
        pthread_mutex_lock(&batch->lock);
        job->seconds = progress_clock() - job->begun;
        if (job->told == job->begun && !only_simulates(batch->settings)) {
            job->state = (struct pipeline_state){ 0 }; /* there was nothing to do */
        }
        job->done = true;
        pthread_cond_signal(&batch->changed);
    }
    pthread_mutex_unlock(&batch->lock);
    parallel_spare(1);
    return NULL;
}

bool batch_color(void)
{
    const char *no_color = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && !(no_color && *no_color);
}

void batch_print_error(const char *name, const struct error *err)
{
    bool color = batch_color();
    fprintf(stderr, "optrender: %serror:%s %s%s%s\n", color ? "\033[1;31m" : "",
            color ? "\033[0m" : "", name ? name : "", name ? ": " : "", err->text);
}

/* "presets/hyper.ini -> out/hyper.mp4 (mp4)", of what would be done. */
static void preview_output(const struct request *request, const struct output *output,
                           bool current)
{
    printf("%s -> %s (%s)%s\n", request->preset_path, output->path, output->format->name,
           current ? ": up to date" : "");
}

/* "out/hyper.mp4: mp4, 181522 bytes" */
static void print_output(const struct output *output)
{
    struct stat info;
    bool is_stdout = !strcmp(output->path, "-");
    fprintf(stderr, "%s: %s", is_stdout ? "standard output" : output->path, output->format->name);
    if (!is_stdout && stat(output->path, &info) == 0 && S_ISREG(info.st_mode)) {
        fprintf(stderr, ", %lld bytes", (long long)info.st_size);
    }
    fputc('\n', stderr);
}

/* What was made, and at the end how long all of it took. */
static void print_success(const struct job *job)
{
    const struct request *request = job->request;
    enum batch_mode mode = job->batch->settings->mode;
    size_t made = 0;
    if (mode == BATCH_FINGERPRINT || mode == BATCH_DESCRIBE) {
        return;
    }
    if (mode == BATCH_CHECK) {
        printf("%s: ok\n", request->preset_path);
        return;
    }
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        if (mode == BATCH_PREVIEW) {
            preview_output(request, output, job->current[i]);
        } else if (!job->current[i]) {
            print_output(output);
            made++;
        } else if (job->batch->count == 1 || job->batch->settings->verbose) {
            fprintf(stderr, "%s: up to date\n", output->path); /* others are counted */
        }
    }
    if (!made) {
        return;
    }
    fprintf(stderr, "%s: done in %.2f s\n", request->preset_path, job->seconds);
}

/* One element of the array. */
static void print_json(const struct job *job)
{
    const char *preset = job->request->preset_path;
    bool ok = !job->err.kind;
    if (job->batch->settings->mode == BATCH_DESCRIBE) {
        summary_print_description(preset, ok ? job->findings : NULL, stdout);
    } else {
        summary_print_object(preset, ok, job->findings ? job->findings : "", stdout);
    }
}

/* With its name where there are several. */
static void print_description(const struct job *job)
{
    bool is_one = job->batch->count == 1;
    if (!job->err.kind) {
        printf("%s%s%s\n", is_one ? "" : job->request->preset_path, is_one ? "" : ": ",
               job->findings);
    }
}

/* The job that counts for the same preset; NULL: this one. */
static const struct job *first_job(const struct job *job)
{
    const struct job *jobs = job->batch->jobs;
    return job->request->first ? &jobs[job->request->first - jobs->request] : NULL;
}

static bool fails_anew(const struct job *job)
{
    const struct job *first = first_job(job);
    return job->err.kind && !(first && first->err.kind);
}

static void job_print(const struct job *job)
{
    const struct batch_settings *settings = job->batch->settings;
    const struct request *request = job->request;
    const struct job *first = first_job(job); /* which may have been up to date */
    if (!(first && first->was_reported) && (job->report.errors || !settings->quiet)) {
        report_print(&job->report, stderr, batch_color());
    }
    if (settings->summary == SUMMARY_JSON) {
        fputs(job == job->batch->jobs ? "[" : ",", stdout);
        print_json(job);
    } else if (settings->mode == BATCH_DESCRIBE) {
        print_description(job);
    } else if (job->findings) {
        fputs(job->findings, stdout);
    }
    if (job->err.kind == ERROR_NONE) {
        if (!settings->quiet && settings->summary != SUMMARY_JSON) {
            print_success(job);
        }
    } else if (job->err.text[0] && job->err.kind != ERROR_INTERRUPTED) {
        batch_print_error(request->preset_path, &job->err);
    }
    fflush(stdout); /* a log of both streams is to be in order */
}

static void tally_job(struct tally *tally, struct forecast *forecast, const struct job *job)
{
    bool ended = job->done && job->err.kind != ERROR_INTERRUPTED;
    bool failed = ended && job->err.kind, counts = !job->request->first;
    double total = job->state.work_total;
    tally->presets_total += counts;
    tally->presets += ended && counts;
    tally->failed += failed && fails_anew(job);
    tally->frames += job->state.frames;
    tally->frames_total += failed ? job->state.frames : job->state.frames_total;
    if (ended) {
        for (size_t i = 0; !failed && i < job->request->output_count; i++) {
            *(job->current[i] ? &tally->current : &tally->outputs) += 1;
        }
        forecast_add(forecast, total, total, job->seconds);
    } else if (total > 0) {
        forecast_add(forecast, job->state.work, total, job->told - job->begun);
    } else {
        forecast_add_unknown(forecast);
    }
}

/* Needs the lock. */
static struct tally count_all(const struct batch *batch)
{
    struct tally tally = { 0 };
    size_t ended = 0;
    struct forecast forecast;
    forecast_init(&forecast, batch->loads, batch->thread_count ? batch->thread_count : 1);
    for (size_t i = 0; i < batch->count; i++) {
        tally_job(&tally, &forecast, &batch->jobs[i]);
        ended += batch->jobs[i].done && batch->jobs[i].err.kind != ERROR_INTERRUPTED;
    }
    if (forecast.known) {
        tally.frames_total += tally.frames_total * forecast.unknown / forecast.known;
    }
    bool done = ended == batch->count;
    tally.share = done ? 1 : fmin(forecast_share(&forecast), 0.99);
    tally.seconds = progress_clock() - batch->begun;
    tally.seconds_left = done ? 0 : forecast_left(&forecast);
    return tally;
}

/* What can be read once more. */
static bool is_file(const char *path)
{
    struct stat info;
    return strcmp(path, "-") && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* Reads presets that no worker has begun, for as long as may be, so that the
 * whole is known and not only guessed from the first ones. */
static void estimate_some(struct batch *batch)
{
    double until = progress_clock() + ESTIMATE_SECONDS;
    pthread_mutex_lock(&batch->lock);
    while (progress_clock() < until && !interrupt_signal) {
        size_t at = batch->next > batch->estimated ? batch->next : batch->estimated;
        if (at >= batch->count) {
            break;
        }
        batch->estimated = at + 1;
        struct job *job = &batch->jobs[at];
        struct pipeline_state state;
        pthread_mutex_unlock(&batch->lock);
        bool good = is_file(job->request->preset_path) && pipeline_estimate(job->request, &state);
        pthread_mutex_lock(&batch->lock);
        if (good && job->begun == 0) {
            job->state = state;
        }
    }
    pthread_mutex_unlock(&batch->lock);
}

static void do_nothing(int number)
{
    (void)number;
}

/* Makes calls of the workers fail that wait for a pipe or a terminal: a signal
 * usually meets the caller's thread. Done again and again, since such a call
 * may just be about to begin. SIGURG is ignored wherever nobody asks for it. */
static void wake_workers(const struct batch *batch)
{
    for (size_t i = 0; i < batch->thread_count; i++) {
        pthread_kill(batch->threads[i], SIGURG);
    }
}

/* Sleeps until a job is done or it is time to look at the progress. Needs the
 * lock. */
static void wait_a_little(struct batch *batch)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 50L * 1000 * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&batch->changed, &batch->lock, &until);
}

/* Prints what there is to say about each job, in their order, and in between
 * how far all are. Returns the last count. */
static struct tally watch(struct batch *batch)
{
    const struct batch_settings *settings = batch->settings;
    bool hush = settings->quiet && settings->progress == PROGRESS_AUTO;
    struct progress progress;
    progress_init(&progress, hush ? PROGRESS_NONE : settings->progress, stderr);
    struct tally tally = { 0 };
    pthread_mutex_lock(&batch->lock);
    for (size_t printed = 0; printed < batch->count;) {
        struct job *job = &batch->jobs[printed];
        bool done = job->done;
        if (!done) {
            wait_a_little(batch);
            tally = count_all(batch);
        }
        if (interrupt_signal) {
            wake_workers(batch);
        }
        pthread_mutex_unlock(&batch->lock);
        if (done) {
            progress_hide(&progress);
            job_print(job);
            job->was_reported = job->report.count + job->report.errors;
            report_finish(&job->report);
            free(job->findings);
            printed++;
        } else {
            progress_show(&progress, &tally);
            if (progress.shown > 0 && !only_simulates(settings)) {
                estimate_some(batch);
            }
        }
        pthread_mutex_lock(&batch->lock);
    }
    tally = count_all(batch);
    pthread_mutex_unlock(&batch->lock);
    progress_end(&progress, &tally);
    if (settings->summary == SUMMARY_JSON) {
        puts("\n]");
    }
    return tally;
}

/* Starts up to wanted threads. One is enough, so only none at all is trouble. */
static void start_workers(struct batch *batch, size_t wanted)
{
    struct sigaction action = { .sa_handler = do_nothing };
    sigemptyset(&action.sa_mask);
    sigaction(SIGURG, &action, NULL);
    batch->threads = memory_new(wanted, sizeof *batch->threads);
    batch->loads = memory_new(wanted, sizeof *batch->loads);
    while (batch->thread_count < wanted
           && !pthread_create(&batch->threads[batch->thread_count], NULL, work, batch)) {
        batch->thread_count++;
    }
    if (!batch->thread_count) {
        work(batch);
    }
}

static size_t thread_count(const struct batch_settings *settings)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return settings->jobs ? (size_t)settings->jobs : cores > 0 ? (size_t)cores : 1;
}

/* Ends the summary. Each of them has been told of before, so some names are enough. */
static void name_failed(const struct batch *batch, size_t failed)
{
    enum { NAMED_MOST = 10 };
    size_t named = 0;
    for (size_t i = 0; i < batch->count && named < NAMED_MOST; i++) {
        if (fails_anew(&batch->jobs[i])) {
            fprintf(stderr, "%s%s", named++ ? " " : "; failed: ",
                    batch->jobs[i].request->preset_path);
        }
    }
    if (failed > named) {
        fprintf(stderr, " and %zu more", failed - named);
    }
    fputc('\n', stderr);
}

static bool wants_summary(const struct batch_settings *settings)
{
    return !settings->quiet && settings->mode != BATCH_PREVIEW;
}

/* The last line, for several presets: how many, what failed, how long it took. */
static int summarize(const struct batch *batch, const struct tally *tally)
{
    int status = 0;
    for (size_t i = 0; i < batch->count; i++) {
        int kind = (int)batch->jobs[i].err.kind;
        status = kind > status ? kind : status;
    }
    if (status == ERROR_INTERRUPTED) {
        if (!interrupt_is_told()) {
            fputs("optrender: interrupted\n", stderr);
        }
    } else if (batch->count > 1 && (tally->failed || wants_summary(batch->settings))) {
        fputs("optrender: ", stderr);
        tally_print(tally, stderr);
        name_failed(batch, tally->failed);
    }
    return status;
}

static bool makes_films(const struct request *requests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < requests[i].output_count; k++) {
            if (requests[i].outputs[k].format->kind == FORMAT_FILM) {
                return true;
            }
        }
    }
    return false;
}

/* The sandbox has no way to the libraries: FFmpeg is loaded, or being loaded, before. lock and
 * verify name its version, whatever is locked. */
static void load_films(const struct request *requests, size_t count,
                       const struct batch_settings *settings, size_t threads)
{
    struct error later; /* whoever makes a film asks again */
    bool is_confined = settings->sandbox->is_on;
    bool is_named = is_confined && settings->mode == BATCH_FINGERPRINT;
    if (only_simulates(settings) || !(is_named || makes_films(requests, count))) {
        return;
    }
    encoder_begin_loading();
    if (is_confined && (threads == 1 || settings->sandbox->is_wanted)) {
        encoder_is_ready(&later);
    }
}

int batch_run(const struct request *requests, size_t count, const struct batch_settings *settings,
              struct error *err)
{
    struct batch batch = { .settings = settings, .count = count, .begun = progress_clock() };
    batch.jobs = memory_new(count, sizeof *batch.jobs);
    for (size_t i = 0; i < count; i++) {
        batch.jobs[i] = (struct job){ .batch = &batch, .request = &requests[i],
                                      .state.work_total = only_simulates(settings) ? 1 : 0 };
        batch.jobs[i].current = memory_new(requests[i].output_count + 1, sizeof(bool));
    }
    pthread_mutex_init(&batch.lock, NULL);
    pthread_cond_init(&batch.changed, NULL);
    size_t threads = thread_count(settings), wanted = threads < count ? threads : count;
    parallel_spare((int)(threads - wanted));
    encoder_use_threads((int)threads);
    bool good = limit_memory(wanted, err);
    if (good) {
        load_films(requests, count, settings, threads);
    }
    if (settings->verbose) {
        fprintf(stderr, "optrender: %zu presets, %zu worker threads\n", count, wanted);
    }
    struct tally tally = { 0 };
    if (good && sandbox_enter(settings->sandbox, err)) {
        start_workers(&batch, wanted);
        tally = watch(&batch);
    }
    for (size_t i = 0; i < batch.thread_count; i++) {
        pthread_join(batch.threads[i], NULL);
    }
    parallel_spare(-(int)threads);
    encoder_end_loading();
    int status = err->kind ? 0 : summarize(&batch, &tally);
    pthread_cond_destroy(&batch.changed);
    pthread_mutex_destroy(&batch.lock);
    for (size_t i = 0; i < count; i++) {
        free(batch.jobs[i].current);
    }
    free(batch.threads);
    free(batch.loads);
    free(batch.jobs);
    return status;
}
