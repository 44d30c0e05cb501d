#include "pipeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/timings.h"
#include "current.h"
#include "fingerprint.h"
#include "record.h"
#include "render/font.h"
#include "render/frame.h"
#include "render/painter.h"
#include "session.h"
#include "workload.h"
#include "write/outfile.h"

/* A still with a long trail looks this often whether it is interrupted. */
enum { STEPS_AT_ONCE = 4096 };

/* The surface is an image inside an SVG or PDF page; on large pages it has at
 * most so many pixels on a side. */
static const double VECTOR_IMAGE_SIDE = 4096;

static struct sink_info info_for(const struct session *session, const struct output *output,
                                 const char *record)
{
    const struct preset *preset = &session->preset;
    const struct page_section *page = session_page_section(session,
                                                           session_page(session, output));
    return (struct sink_info){
        .width_px = (int)lround(page->width_in * page->dpi),
        .height_px = (int)lround(page->height_in * page->dpi),
        .width_pt = page->width_in * 72,
        .height_pt = page->height_in * 72,
        .in_pixels = preset->still.svg_size == SVG_PIXELS,
        .dpi = page->dpi,
        .clock = session->timeline.clock,
        .frames = (int64_t)session->timeline.frames,
        .loop = preset->film.loop,
        .transparent = session->look.transparent,
        .matte = session->look.theme->background,
        .embeds = preset->film.html == HTML_FIGURE,
        .title = session->title,
        .description = session->description.text,
        .captions = session->captions,
        .caption_count = session->caption_count,
        .record = record,
    };
}

/* The same when only fingerprints are wanted. */
static struct sink_info info_of(struct session *session, size_t index, const char *record)
{
    struct sink_info info = info_for(session, &session->request->outputs[index], record);
    if (session->fingerprinting) {
        info.is_scratch = true;
        info.drawn = &session->fingerprinting[index].drawn;
    }
    return info;
}

/* A sink whose output is whole: puts that in its place, or takes its fingerprint. */
static bool conclude(struct session *session, size_t index, struct sink *sink, struct error *err)
{
    if (!session->fingerprinting) {
        return sink_commit(sink, err);
    }
    bool good = fingerprinting_add(&session->fingerprinting[index], sink, err);
    sink_discard(sink);
    return good;
}

static struct workload output_work(const struct session *session, const struct output *output)
{
    struct sink_info info = info_for(session, output, NULL);
    return workload_of(output->format, output->is_sequence, &info,
                       session->preset.still.surface_ppi);
}

/* What film outputs share while their frames pass. */
struct progress {
    pipeline_progress *tell;
    void *context;
    struct pipeline_state state;
    struct workload_sum sum;
};

static void progress_init(struct progress *progress, const struct session *session)
{
    struct workload_sum *sum = &progress->sum;
    for (size_t i = 0; i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        workload_add(sum, output_work(session, output), output->format->kind,
                     session->timeline.frames);
    }
    progress->state.frames_total = sum->stills + (sum->films ? session->timeline.frames : 0);
    progress->state.work_total = sum->total;
}

static void progress_add(struct progress *progress, size_t frames, double work)
{
    progress->state.frames += frames;
    progress->state.work += work;
    if (progress->tell) {
        progress->tell(progress->context, &progress->state);
    }
}

static bool write_picture(struct sink *sink, const struct image *image, struct error *err)
{
    int64_t since = timings_now();
    bool good = sink_frame(sink, image, err);
    timings_add(TIMING_COMPRESS, since);
    return good;
}

/* One picture of a sequence, complete in its place at once: a film may have
 * more frames than a process may have files. */
static bool write_numbered(struct session *session, size_t index, const struct image *image,
                           size_t number, struct error *err)
{
    struct arena arena = { 0 };
    const struct output *output = &session->request->outputs[index];
    const char *path = output_numbered_path(output, number, &arena);
    struct sink_info info = info_of(session, index,
                                            record_text(session, output, number, &arena));
    struct sink sink = { 0 };
    bool good = (!path_link_leads_out(path)
                 || error_set(err, ERROR_RENDER, "'%s' is a link to outside of its folder, which "
                              "is not followed; remove it", path))
                && sink_open(&sink, output->format, path, &info, err)
                && write_picture(&sink, image, err) && sink_complete(&sink, err)
                && conclude(session, index, &sink, err);
    sink_discard(&sink);
    arena_finish(&arena);
    return good;
}

static bool write_frame(struct session *session, struct sink *sinks,
                        const struct image *image, size_t number, struct error *err)
{
    for (size_t i = 0; i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        if (output->is_sequence) {
            if (!write_numbered(session, i, image, number, err)) {
                return false;
            }
        } else if (output->format->kind == FORMAT_FILM) {
            if (!sink_frame(&sinks[i], image, err)) {
                return false;
            }
        }
    }
    return true;
}

static bool begin_frames(struct frames *frames, const struct plot *plot,
                         const struct page_section *page, size_t first, struct error *err)
{
    int64_t since = timings_now();
    bool good = frames_init(frames, plot, (int)lround(page->width_in * page->dpi),
                            (int)lround(page->height_in * page->dpi), page->dpi, first, err);
    timings_add(TIMING_PAINT, since);
    return good;
}

static bool paint_frame(struct frames *frames, size_t number, struct image *image,
                        struct error *err)
{
    int64_t since = timings_now();
    bool good = frames_paint(frames, number, image, err);
    timings_add(TIMING_FRAMES, since);
    return good;
}

/* All films and sequences at once: each frame is painted once. */
static bool write_films(struct session *session, struct sink *sinks, struct progress *progress,
                        struct error *err)
{
    struct frames frames;
    const struct page_section *page = &session->preset.film.page;
    const struct plot *plot = session_plot(session, PAGE_FILM);
    bool good = begin_frames(&frames, plot, page, 0, err);
    progress_add(progress, 0, progress->sum.film_begin);
    for (size_t number = 0; good && number < session->timeline.frames; number++) {
        struct image image;
        good = !interrupted(err) && paint_frame(&frames, number, &image, err)
               && write_frame(session, sinks, &image, number, err);
        progress_add(progress, 1, progress->sum.film_frame);
    }
    frames_finish(&frames);
    return good;
}

static bool write_bitmap(const struct plot *plot, const struct page_section *page,
                         struct sink *sink, size_t step, struct error *err)
{
    struct frames frames;
    struct image image;
    size_t first = step < STEPS_AT_ONCE ? step : STEPS_AT_ONCE;
    bool good = begin_frames(&frames, plot, page, first, err);
    int64_t since = timings_now();
    for (size_t at = first; good && at < step; at += STEPS_AT_ONCE) {
        frames_advance(&frames, at);
        good = !interrupted(err);
    }
    timings_add(TIMING_FRAMES, since);
    good = good && paint_frame(&frames, step, &image, err) && write_picture(sink, &image, err);
    frames_finish(&frames);
    return good;
}

struct vector_page {
    struct scene scene;
    double surface_ppi;
};

static void paint_page(void *context, cairo_t *cairo)
{
    const struct vector_page *page = context;
    const struct scene *scene = &page->scene;
    double longer = fmax(scene->width, scene->height);
    cairo_font_face_t *font = font_face_create();
    painter_paint(cairo, scene->items, scene->count, font,
                  fmin(page->surface_ppi / 72, VECTOR_IMAGE_SIDE / longer));
    cairo_font_face_destroy(font);
}

static bool write_vector(const struct plot *plot, struct sink *sink, size_t step,
                         struct error *err)
{
    struct vector_page page = { .surface_ppi = plot->preset->still.surface_ppi };
    scene_init(&page.scene, plot->page.width, plot->page.height);
    struct moment moment = timeline_at(&plot->timeline, step);
    struct view turned = { 0 };
    if (plot_moves(plot)) {
        plot_view(plot, &turned, moment.turn);
    }
    plot_picture(plot, &page.scene, plot_moves(plot) ? &turned : &plot->view, &moment);
    int64_t since = timings_now();
    bool good = sink_page(sink, paint_page, &page, err);
    timings_add(TIMING_COMPRESS, since);
    scene_finish(&page.scene);
    view_finish(&turned);
    return good;
}

static bool write_still(struct session *session, const struct output *output, struct sink *sink,
                        struct error *err)
{
    enum page_kind kind = session_page(session, output);
    const struct plot *plot = session_plot(session, kind);
    const struct maybe_number *frame = &session->preset.still.frame;
    size_t step = frame->given ? (size_t)frame->value : plot->timeline.frames - 1;
    if (sink->format->kind == FORMAT_VECTOR) {
        return write_vector(plot, sink, step, err);
    }
    return write_bitmap(plot, session_page_section(session, kind), sink, step, err);
}

static bool write_outputs(struct session *session, struct sink *sinks, struct progress *progress,
                          struct error *err)
{
    bool good = true, films = false;
    for (size_t i = 0; good && i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        if (output_has_frames(output)) {
            films = true;
            continue;
        }
        bool is_data = output->format->kind == FORMAT_DATA;
        good = is_data ? sink_data(&sinks[i], session->trajectories,
                                   session->preset.optimizer_count, err)
                       : write_still(session, output, &sinks[i], err);
        progress_add(progress, !is_data, output_work(session, output).begin);
        good = good && !interrupted(err);
    }
    return good && (!films || write_films(session, sinks, progress, err));
}

/* The records have to last until the sinks are complete. */
static bool open_outputs(struct session *session, struct sink *sinks, struct arena *records,
                         struct error *err)
{
    for (size_t i = 0; i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        struct sink_info info = info_of(
            session, i, record_text(session, output, RECORD_NO_NUMBER, records));
        if (!output->is_sequence
            && !sink_open(&sinks[i], output->format, output->path, &info, err)) {
            return false;
        }
    }
    return true;
}

/* Films wait for FFmpeg when they are opened; what can be done before is. */
static void plot_films(struct session *session)
{
    for (size_t i = 0; i < session->request->output_count; i++) {
        if (session->request->outputs[i].format->kind == FORMAT_FILM) {
            session_plot(session, PAGE_FILM);
        }
    }
}

/* Puts all outputs in place. What can still fail then, a pipe or a device that
 * takes its bytes now, goes before the files that are only renamed. */
static bool place_outputs(struct session *session, struct sink *sinks, struct error *err)
{
    const struct request *request = session->request;
    bool good = true;
    int64_t since = timings_now();
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = request->outputs[i].is_sequence || sink_complete(&sinks[i], err);
    }
    for (size_t i = 0; good && i < request->output_count; i++) {
        bool is_early = sinks[i].format && sink_is_stream(&sinks[i]);
        good = !is_early || conclude(session, i, &sinks[i], err);
    }
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = !sinks[i].format || conclude(session, i, &sinks[i], err);
    }
    timings_add(TIMING_PLACE, since);
    return good;
}

static bool render(struct session *session, pipeline_progress *tell, void *context,
                   struct error *err)
{
    const struct request *request = session->request;
    struct sink *sinks = memory_new(request->output_count, sizeof *sinks);
    struct arena records = { 0 };
    struct progress progress = { .tell = tell, .context = context };
    progress_init(&progress, session);
    progress_add(&progress, 0, 0);
    plot_films(session);
    bool good = open_outputs(session, sinks, &records, err)
                && write_outputs(session, sinks, &progress, err)
                && place_outputs(session, sinks, err);
    for (size_t i = 0; i < request->output_count; i++) {
        sink_discard(&sinks[i]);
    }
    arena_finish(&records);
    free(sinks);
    return good;
}

/* Makes the outputs in temporary files only, for their hashes. */
static bool take_fingerprints(struct session *session, struct fingerprint *fingerprints,
                              pipeline_progress *tell, void *context, struct error *err)
{
    const struct request *request = session->request;
    session->fingerprinting = memory_new(request->output_count, sizeof *session->fingerprinting);
    for (size_t i = 0; i < request->output_count; i++) {
        fingerprinting_begin(&session->fingerprinting[i]);
    }
    bool good = render(session, tell, context, err);
    for (size_t i = 0; good && i < request->output_count; i++) {
        fingerprinting_end(&session->fingerprinting[i], session, &request->outputs[i],
                           &fingerprints[i]);
    }
    free(session->fingerprinting);
    return good;
}

/* Whether a sequence begins with what this run would make, so that all of it may be there. */
static bool may_be_current(const struct session *session, const struct output *output,
                           const char *first, struct arena *arena)
{
    return !session->request->force
           && record_is_in(first, output->format, record_text(session, output, 0, arena));
}

/* What cannot be written is told before anything is computed. */
static bool try_outputs(const struct session *session, const bool *current, struct error *err)
{
    struct arena arena = { 0 };
    bool good = true;
    for (size_t i = 0; good && i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        const char *path = output->is_sequence ? output_numbered_path(output, 0, &arena)
                                               : output->path;
        bool is_left = output->is_sequence ? !may_be_current(session, output, path, &arena)
                                           : !current[i];
        if (is_left) {
            struct outfile file;
            good = outfile_open(&file, path, err);
            outfile_discard(&file);
        }
    }
    arena_finish(&arena);
    return good;
}

/* Everything but the rendering, which is left to do when *left is not 0. What was
 * made from this preset by this program needs no paths, but has to keep today's limits. */
static bool prepare(struct session *session, const struct request *request, bool writes,
                    bool *current, size_t *left, struct report *report, struct error *err)
{
    if (!session_load(session, request, report, err)
        || !session_resolve(session, report, err)) {
        return false;
    }
    *left = current_find(session, false, current);
    if (!*left && session_is_done(session, report)) {
        return true;
    }
    if ((writes && !try_outputs(session, current, err))
        || !session_run(session, report, err) || !session_judge(session, NULL, report, err)) {
        return false;
    }
    *left = current_find(session, true, current);
    return true;
}

/* Whoever puts the pictures together would find the end of an older film behind them. */
static void warn_of_longer(const struct session *session, struct report *report)
{
    const struct request *request = session->request;
    struct arena arena = { 0 };
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        const char *next = output->is_sequence
                               ? output_numbered_path(output, session->timeline.frames, &arena)
                               : NULL;
        if (next && !access(next, F_OK)) {
            report_warning(report, (struct place){ 0 },
                           "'%s' is there from a longer film; remove it and what follows it", next);
        }
    }
    arena_finish(&arena);
}

bool pipeline_render(const struct request *request, pipeline_progress *tell, void *context,
                     bool *current, struct report *report, struct error *err)
{
    struct session session;
    struct output *outputs = memory_new(request->output_count, sizeof *outputs);
    size_t left = 0;
    bool good = prepare(&session, request, true, current, &left, report, err);
    if (good && left) {
        struct request stale = current_without(request, current, outputs);
        session.request = &stale;
        good = render(&session, tell, context, err);
    }
    if (good) {
        session.request = request;
        warn_of_longer(&session, report);
        current_touch(&session, current);
    }
    session_finish(&session);
    free(outputs);
    return good;
}

/* Fills in what is known without making the output again. */
static size_t take_expected(const struct session *session, bool *known)
{
    const struct request *request = session->request;
    size_t left = 0;
    for (size_t i = 0; i < request->output_count; i++) {
        struct digest found;
        known[i] = request->expected && current_file(session, &request->outputs[i], &found)
                   && !strcmp(found.text, request->expected[i].file.text);
        if (known[i]) {
            request->fingerprints[i] = request->expected[i];
        }
        left += !known[i];
    }
    return left;
}

/* The outputs that are left, made to be looked at. */
static bool fingerprint_rest(struct session *session, const bool *known,
                             pipeline_progress *tell, void *context, struct error *err)
{
    const struct request *request = session->request;
    struct output *outputs = memory_new(request->output_count, sizeof *outputs);
    struct fingerprint *made = memory_new(request->output_count, sizeof *made);
    struct request rest = current_without(request, known, outputs);
    session->request = &rest;
    bool good = take_fingerprints(session, made, tell, context, err);
    for (size_t i = 0, next = 0; good && i < request->output_count; i++) {
        struct fingerprint *fingerprint = &request->fingerprints[i];
        struct digest found;
        if (!known[i]) {
            *fingerprint = made[next++];
            fingerprint->is_damaged = current_file(session, &request->outputs[i], &found)
                                      && strcmp(found.text, fingerprint->file.text);
        }
    }
    session->request = request;
    free(outputs);
    free(made);
    return good;
}

bool pipeline_fingerprint(const struct request *request, pipeline_progress *tell, void *context,
                          struct report *report, struct error *err)
{
    struct session session;
    bool *known = memory_new(request->output_count, sizeof *known);
    bool good = session_load(&session, request, report, err)
                && session_resolve(&session, report, err);
    if (good && (take_expected(&session, known) || !session_is_done(&session, report))) {
        good = session_run(&session, report, err)
               && fingerprint_rest(&session, known, tell, context, err);
    }
    session_finish(&session);
    free(known);
    return good;
}

bool pipeline_preview(const struct request *request, bool *current, struct report *report,
                      struct error *err)
{
    struct session session;
    size_t left;
    bool good = prepare(&session, request, false, current, &left, report, err);
    session_finish(&session);
    return good;
}

bool pipeline_check(const struct request *request, const struct findings *findings,
                    struct report *report, struct error *err)
{
    struct session session;
    bool good = session_load(&session, request, report, err)
                && session_compute(&session, report, err) && session_check_pages(&session, err);
    if (good) {
        summary_print(findings, &session.objective, session.trajectories,
                      session.preset.optimizer_count);
        good = session_judge(&session, findings, report, err)
               && (!report->errors || error_set(err, ERROR_PRESET, "%s", ""));
    }
    session_finish(&session);
    return good;
}

bool pipeline_describe(const struct request *request, FILE *stream, struct report *report,
                       struct error *err)
{
    struct session session;
    bool good = session_load(&session, request, report, err)
                && session_compute(&session, report, err)
                && session_judge(&session, NULL, report, err);
    if (good) {
        fputs(session.description.text, stream);
    }
    session_finish(&session);
    return good;
}

bool pipeline_estimate(const struct request *request, struct pipeline_state *state)
{
    struct session session;
    struct report report = { 0 };
    struct error err = { 0 };
    struct progress progress = { 0 };
    bool good = session_load(&session, request, &report, &err)
                && session_resolve(&session, &report, &err);
    struct output *outputs = memory_new(request->output_count, sizeof *outputs);
    bool *current = memory_new(request->output_count, sizeof *current);
    if (good) {
        session_foresee(&session);
        current_find(&session, false, current);
        struct request stale = current_without(request, current, outputs);
        session.request = &stale;
        progress_init(&progress, &session);
        session.request = request;
        *state = progress.state;
    }
    free(outputs);
    free(current);
    session_finish(&session);
    report_finish(&report);
    return good;
}
