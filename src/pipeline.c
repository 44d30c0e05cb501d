#include "pipeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/timings.h"
#include "load/preset.h"
#include "model/objective.h"
#include "optimize/trajectory.h"
#include "plot/landscape.h"
#include "plot/plot.h"
#include "plot/style.h"
#include "plot/text.h"
#include "render/font.h"
#include "render/frame.h"
#include "render/painter.h"
#include "workload.h"

atomic_int pipeline_interrupted;

/* A still with a long trail looks this often whether it is interrupted. */
enum { STEPS_AT_ONCE = 4096 };

/* The surface is an image inside an SVG or PDF page; on large pages it has at
 * most so many pixels on a side. */
static const double VECTOR_IMAGE_SIDE = 4096;

/* The still shows the complete paths; the film's page shows them at a step. */
enum page_kind { PAGE_STILL, PAGE_FILM, PAGE_COUNT };

/* One preset on its way: what each stage made of it. Landscape and plots are
 * made when the first output wants them. */
struct session {
    const struct request *request;
    struct preset preset;
    struct objective objective;
    struct look look;
    struct run *runs;
    struct trajectory *trajectories;
    struct timeline timeline;
    struct landscape landscape;
    bool has_landscape;
    struct plot plots[PAGE_COUNT];
    bool has_plot[PAGE_COUNT];
};

static void session_finish(struct session *session)
{
    for (size_t page = 0; page < PAGE_COUNT; page++) {
        if (session->has_plot[page]) {
            plot_finish(&session->plots[page]);
        }
    }
    if (session->has_landscape) {
        landscape_finish(&session->landscape);
    }
    for (size_t i = 0; session->trajectories && i < session->preset.optimizer_count; i++) {
        trajectory_finish(&session->trajectories[i]);
    }
    free(session->trajectories);
    free(session->runs);
    objective_finish(&session->objective);
    preset_finish(&session->preset);
}

/* --size keeps the page's width in inches and lets the resolution follow, so
 * that text and lines keep their share of the picture; with --dpi as well the
 * page takes the size that results. */
static void apply_size(struct page_section *page, const struct request *request)
{
    if (request->width_px) {
        page->dpi = request->dpi > 0 ? request->dpi : request->width_px / page->width_in;
        page->width_in = request->width_px / page->dpi;
        page->height_in = request->height_px / page->dpi;
    } else if (request->dpi > 0) {
        page->dpi = request->dpi;
    }
}

/* Each stage judges what it knows, whatever an earlier one has refused, so that
 * one run reports every mistake. */
static bool resolve(struct session *session, struct report *report)
{
    struct preset *preset = &session->preset;
    bool good = look_resolve(&session->look, preset, report);
    bool has_objective = objective_init(&session->objective, &preset->problem, report);
    session->runs = memory_new(preset->optimizer_count, sizeof *session->runs);
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        good &= run_resolve(&session->runs[i], preset, &preset->optimizers[i],
                            has_objective ? &session->objective : NULL, report);
    }
    return good && has_objective;
}

static bool has_frames(const struct output *output)
{
    return output->format->kind == FORMAT_FILM || output->is_sequence;
}

static enum page_kind page_of(const struct request *request, const struct output *output)
{
    return has_frames(output) || request->frame >= 0 ? PAGE_FILM : PAGE_STILL;
}

static struct page_section *page_section(struct preset *preset, enum page_kind page)
{
    return page == PAGE_FILM ? &preset->film.page : &preset->still.page;
}

/* What --size and --dpi make of a page has the limits that presets have. */
static bool check_size(struct session *session, struct error *err)
{
    const struct request *request = session->request;
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        const struct page_section *page = page_section(&session->preset, page_of(request, output));
        double width = round(page->width_in * page->dpi);
        double height = round(page->height_in * page->dpi);
        if (output->format->kind != FORMAT_DATA
            && (fmin(width, height) < PRESET_SIDE_MIN || fmax(width, height) > PRESET_SIDE_MAX)) {
            return error_set(err, ERROR_USAGE,
                             "%s: %.0f x %.0f pixels; a side has %d to %d of them", output->path,
                             width, height, PRESET_SIDE_MIN, PRESET_SIDE_MAX);
        }
    }
    return true;
}

/* What a reader of the picture should know before looking for a path. */
static void warn_of_path(const struct session *session, size_t index, struct report *report)
{
    const struct trajectory *trajectory = &session->trajectories[index];
    struct place place = session->preset.optimizers[index].place;
    struct vec2 start = trajectory->points[0];
    if (trajectory->diverged) {
        report_warning(report, place, "[optimizer %s] is no longer finite at step %zu",
                       trajectory->label, trajectory->count - 1);
    }
    if (!range_holds(session->objective.x, start.x)
        || !range_holds(session->objective.y, start.y)) {
        report_warning(report, place, "[optimizer %s] starts outside the range that is drawn",
                       trajectory->label);
    }
}

static void warn_of_matte(const struct session *session, struct report *report)
{
    const struct request *request = session->request;
    for (size_t i = 0; session->look.transparent && i < request->output_count; i++) {
        if (request->outputs[i].format->opaque) {
            report_warning(report, (struct place){ 0 },
                           "%s cannot be transparent and gets the theme's background",
                           request->outputs[i].format->name);
        }
    }
}

static void warn_of_glyphs(const char *text, struct place place, const char *what,
                           struct report *report)
{
    struct arena arena = { 0 };
    const char *missing = text ? text_missing(&arena, text) : NULL;
    if (missing) {
        report_warning(report, place, "the font has no glyph for %s in %s", missing, what);
    }
    arena_finish(&arena);
}

/* Of everything that is written into the picture. */
static void warn_of_texts(const struct preset *preset, struct report *report)
{
    const struct figure_section *figure = &preset->figure;
    const struct contour_section *contour = &preset->contour;
    const struct {
        const struct text *text;
        const char *what;
    } texts[] = {
        { &figure->title, "the title" },
        { figure->show_caption ? &figure->caption : NULL, "the caption" },
        { figure->legend == LEGEND_NONE ? NULL : &figure->legend_text, "legend_text" },
        { &contour->x_label, "x_label" },
        { &contour->y_label, "y_label" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text) {
            warn_of_glyphs(texts[i].text->text, texts[i].text->place, texts[i].what, report);
        }
    }
    for (size_t i = 0; figure->legend != LEGEND_NONE && i < preset->optimizer_count; i++) {
        warn_of_glyphs(preset->optimizers[i].label.text, preset->optimizers[i].place, "its label",
                       report);
    }
}

static bool interrupted(struct error *err)
{
    return pipeline_interrupted && !error_set(err, ERROR_INTERRUPTED, "interrupted");
}

static bool run_all(struct session *session, struct report *report, struct error *err)
{
    size_t count = session->preset.optimizer_count;
    int64_t since = timings_now();
    session->trajectories = memory_new(count, sizeof *session->trajectories);
    for (size_t i = 0; i < count && !interrupted(err); i++) {
        trajectory_run(&session->trajectories[i], &session->runs[i], &session->objective);
        warn_of_path(session, i, report);
    }
    if (!err->kind) {
        timeline_init(&session->timeline, &session->preset.film, &session->look,
                      trajectory_longest(session->trajectories, count));
    }
    timings_add(TIMING_SIMULATE, since);
    return !err->kind;
}

/* The preset as the command line wants it. */
static bool read_preset(struct session *session, const struct request *request,
                        struct report *report, struct error *err)
{
    *session = (struct session){ .request = request };
    bool is_loaded = preset_load(&session->preset, request->preset_path, request->overrides,
                                 request->override_count, report, err);
    if (err->kind) {
        return false;
    }
    if (!resolve(session, report) || !is_loaded) {
        return error_set(err, ERROR_PRESET, "%s", "");
    }
    apply_size(&session->preset.film.page, request);
    apply_size(&session->preset.still.page, request);
    if (!check_size(session, err)) {
        return false;
    }
    warn_of_matte(session, report);
    warn_of_texts(&session->preset, report);
    return true;
}

static bool session_init(struct session *session, const struct request *request,
                         struct report *report, struct error *err)
{
    int64_t since = timings_now();
    bool good = read_preset(session, request, report, err);
    timings_add(TIMING_READ, since);
    return good && run_all(session, report, err);
}

static const struct plot *session_plot(struct session *session, enum page_kind page)
{
    struct preset *preset = &session->preset;
    if (!session->has_landscape) {
        int64_t since = timings_now();
        landscape_init(&session->landscape, preset, &session->look, &session->objective);
        timings_add(TIMING_SAMPLE, since);
        session->has_landscape = true;
    }
    if (!session->has_plot[page]) {
        int64_t since = timings_now();
        struct plot_source source = { preset, &session->look, &session->landscape,
                                      &session->timeline, session->runs,
                                      session->trajectories };
        plot_init(&session->plots[page], &source, page_section(preset, page),
                  page == PAGE_STILL);
        session->has_plot[page] = true;
        timings_add(TIMING_TRACE, since);
    }
    return &session->plots[page];
}

static struct sink_info info_for(struct session *session, const struct output *output)
{
    struct preset *preset = &session->preset;
    const struct page_section *page = page_section(preset, page_of(session->request, output));
    return (struct sink_info){
        .width_px = (int)lround(page->width_in * page->dpi),
        .height_px = (int)lround(page->height_in * page->dpi),
        .width_pt = page->width_in * 72,
        .height_pt = page->height_in * 72,
        .in_pixels = session->request->width_px > 0,
        .dpi = page->dpi,
        .clock = session->timeline.clock,
        .frames = (int64_t)session->timeline.frames,
        .transparent = session->look.transparent,
        .matte = session->look.theme->background,
        .title = preset->figure.caption.text ? preset->figure.caption.text : preset->name,
    };
}

static struct workload output_work(struct session *session, const struct output *output)
{
    struct sink_info info = info_for(session, output);
    return workload_of(output->format, output->is_sequence, &info,
                       session->preset.still.surface_ppi);
}

/* How far the request is, and who wants to know. */
struct progress {
    pipeline_progress *tell;
    void *context;
    struct pipeline_state state;
    struct workload_sum sum;
};

static void progress_init(struct progress *progress, struct session *session)
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
static bool write_numbered(struct session *session, const struct output *output,
                           const struct image *image, size_t number, struct error *err)
{
    const char *pattern = output->path + output->number_at;
    struct arena arena = { 0 };
    char *path = arena_printf(&arena, "%.*s%0*zu%s", (int)output->number_at, output->path,
                              atoi(pattern + 1), number, strchr(pattern, 'd') + 1);
    struct sink_info info = info_for(session, output);
    struct sink sink = { 0 };
    bool good = sink_open(&sink, output->format, path, &info, err)
                && write_picture(&sink, image, err) && sink_complete(&sink, err)
                && sink_commit(&sink, err);
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
            if (!write_numbered(session, output, image, number, err)) {
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
    enum page_kind kind = page_of(session->request, output);
    const struct plot *plot = session_plot(session, kind);
    long frame = session->request->frame;
    size_t step = frame >= 0 ? (size_t)frame : plot->timeline.frames - 1;
    if (sink->format->kind == FORMAT_VECTOR) {
        return write_vector(plot, sink, step, err);
    }
    return write_bitmap(plot, page_section(&session->preset, kind), sink, step, err);
}

static bool write_outputs(struct session *session, struct sink *sinks, struct progress *progress,
                          struct error *err)
{
    bool good = true, films = false;
    for (size_t i = 0; good && i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        if (has_frames(output)) {
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

static bool open_outputs(struct session *session, struct sink *sinks, struct error *err)
{
    for (size_t i = 0; i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        struct sink_info info = info_for(session, output);
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

static bool check_frame(const struct session *session, struct error *err)
{
    size_t count = session->timeline.frames;
    if (session->request->frame >= (long)count) {
        return error_set(err, ERROR_USAGE, "--frame %ld: the film of %s has frames 0 .. %zu",
                         session->request->frame, session->preset.name, count - 1);
    }
    return true;
}

/* Puts all outputs in place. What can still fail then, a pipe or a device that
 * takes its bytes now, goes before the files that are only renamed. */
static bool place_outputs(const struct request *request, struct sink *sinks, struct error *err)
{
    bool good = true;
    int64_t since = timings_now();
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = request->outputs[i].is_sequence || sink_complete(&sinks[i], err);
    }
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = !sinks[i].format || !sink_is_stream(&sinks[i]) || sink_commit(&sinks[i], err);
    }
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = !sinks[i].format || sink_commit(&sinks[i], err);
    }
    timings_add(TIMING_PLACE, since);
    return good;
}

bool pipeline_render(const struct request *request, pipeline_progress *tell, void *context,
                     struct report *report, struct error *err)
{
    struct session session;
    struct sink *sinks = memory_new(request->output_count, sizeof *sinks);
    bool good = session_init(&session, request, report, err) && check_frame(&session, err);
    struct progress progress = { .tell = tell, .context = context };
    if (good) {
        progress_init(&progress, &session);
        progress_add(&progress, 0, 0);
        plot_films(&session);
        good = open_outputs(&session, sinks, err);
    }
    good = good && write_outputs(&session, sinks, &progress, err);
    good = good && place_outputs(request, sinks, err);
    for (size_t i = 0; i < request->output_count; i++) {
        sink_discard(&sinks[i]);
    }
    free(sinks);
    session_finish(&session);
    return good;
}

bool pipeline_check(const struct request *request, struct report *report, struct error *err)
{
    struct session session;
    bool good = session_init(&session, request, report, err);
    session_finish(&session);
    return good;
}

bool pipeline_measure(const struct request *request, struct pipeline_state *state)
{
    struct session session;
    struct report report = { 0 };
    struct error err = { 0 };
    struct progress progress = { 0 };
    bool good = read_preset(&session, request, &report, &err);
    if (good) {
        size_t steps = 1;
        for (size_t i = 0; i < session.preset.optimizer_count; i++) {
            steps = session.runs[i].steps > steps ? session.runs[i].steps : steps;
        }
        timeline_init(&session.timeline, &session.preset.film, &session.look, steps);
        progress_init(&progress, &session);
        *state = progress.state;
    }
    session_finish(&session);
    report_finish(&report);
    return good;
}
