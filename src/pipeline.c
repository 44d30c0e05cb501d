#include "pipeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "load/preset.h"
#include "model/objective.h"
#include "optimize/trajectory.h"
#include "plot/landscape.h"
#include "plot/plot.h"
#include "plot/style.h"
#include "render/font.h"
#include "render/frame.h"
#include "render/painter.h"

volatile int pipeline_interrupted;

/* Pixels per inch of the surface's image inside an SVG or PDF page. */
static const double VECTOR_IMAGE_DPI = 300;

/* One preset on its way: what each stage made of it. */
struct session {
    const struct request *request;
    struct preset preset;
    struct objective objective;
    struct look look;
    struct run *runs;
    struct trajectory *trajectories;
    struct landscape landscape;
    bool has_landscape;
};

static void session_finish(struct session *session)
{
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

/* Each stage judges what it knows, so that one run reports every mistake. */
static bool resolve(struct session *session, struct report *report)
{
    struct preset *preset = &session->preset;
    bool good = look_resolve(&session->look, preset, report);
    if (!objective_init(&session->objective, &preset->problem, report)) {
        return false;
    }
    session->runs = memory_new(preset->optimizer_count, sizeof *session->runs);
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        good &= run_resolve(&session->runs[i], preset, &preset->optimizers[i],
                            &session->objective, report);
    }
    return good;
}

static bool session_init(struct session *session, const struct request *request,
                         struct report *report, struct error *err)
{
    *session = (struct session){ .request = request };
    bool good = preset_load(&session->preset, request->preset_path, request->overrides,
                            request->override_count, report, err);
    if (err->kind) {
        return false;
    }
    if (!good || !resolve(session, report)) {
        return error_set(err, ERROR_PRESET, "%s", "");
    }
    apply_size(&session->preset.film.page, request);
    apply_size(&session->preset.still.page, request);
    size_t count = session->preset.optimizer_count;
    session->trajectories = memory_new(count, sizeof *session->trajectories);
    for (size_t i = 0; i < count; i++) {
        trajectory_run(&session->trajectories[i], &session->runs[i], &session->objective);
    }
    return true;
}

static size_t frame_count(const struct session *session)
{
    size_t most = 0;
    for (size_t i = 0; i < session->preset.optimizer_count; i++) {
        most = session->trajectories[i].count > most ? session->trajectories[i].count : most;
    }
    return most;
}

/* A page for one kind of output. The still shows the complete paths with dots;
 * --frame shows the film's page instead. */
static void session_plot(struct session *session, bool film, struct plot *plot)
{
    if (!session->has_landscape) {
        landscape_init(&session->landscape, &session->preset, &session->look, &session->objective);
        session->has_landscape = true;
    }
    const struct preset *preset = &session->preset;
    plot_init(plot, preset, film ? &preset->film.page : &preset->still.page,
              !film && preset->still.dots, &session->look, &session->landscape,
              session->trajectories, preset->optimizer_count);
}

static bool shows_film_page(const struct session *session, const struct format *format)
{
    return format->kind == FORMAT_FILM || session->request->frame >= 0;
}

static struct sink_info info_for(const struct session *session, const struct format *format)
{
    const struct preset *preset = &session->preset;
    const struct page_section *page = shows_film_page(session, format) ? &preset->film.page
                                                                       : &preset->still.page;
    return (struct sink_info){
        .width_px = (int)lround(page->width_in * page->dpi),
        .height_px = (int)lround(page->height_in * page->dpi),
        .width_pt = page->width_in * 72,
        .height_pt = page->height_in * 72,
        .dpi = page->dpi,
        .interval_ms = preset->film.interval_ms,
        .hold_end_ms = preset->film.hold_end_ms,
        .title = preset->figure.caption.text ? preset->figure.caption.text : preset->name,
    };
}

static bool interrupted(struct error *err)
{
    return pipeline_interrupted && !error_set(err, ERROR_INTERRUPTED, "interrupted");
}

/* What film outputs share while their frames pass. */
struct progress {
    pipeline_progress *tell;
    void *context;
    size_t done, total;
};

static void progress_step(struct progress *progress)
{
    progress->done++;
    if (progress->tell) {
        progress->tell(progress->context, progress->done, progress->total);
    }
}

bool output_is_sequence(const struct output *output)
{
    const char *percent = strchr(output->path, '%');
    if (output->format->kind != FORMAT_BITMAP || !percent || strchr(percent + 1, '%')) {
        return false;
    }
    bool padded = percent[1] == '0' && percent[2] >= '1' && percent[2] <= '9';
    return percent[padded ? 3 : 1] == 'd';
}

/* One file of a sequence, opened, written and closed. The number of digits is
 * the only freedom that the pattern has. */
static bool write_numbered(const struct session *session, const struct output *output,
                           const struct image *image, size_t number, struct error *err)
{
    const char *percent = strchr(output->path, '%');
    const char *after = strchr(percent, 'd') + 1;
    int digits = atoi(percent + 1);
    struct arena arena = { 0 };
    char *path = arena_printf(&arena, "%.*s%0*zu%s", (int)(percent - output->path), output->path,
                              digits, number, after);
    struct sink_info info = info_for(session, output->format);
    struct sink sink = { 0 };
    bool good = sink_open(&sink, output->format, path, &info, err)
                && sink_frame(&sink, image, err) && sink_complete(&sink, err)
                && sink_commit(&sink, err);
    sink_discard(&sink);
    arena_finish(&arena);
    return good;
}

static bool write_frame(const struct session *session, struct sink *sinks,
                        const struct image *image, size_t number, struct error *err)
{
    for (size_t i = 0; i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        if (output_is_sequence(output)) {
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

/* All films and sequences at once: each frame is painted once. */
static bool write_films(struct session *session, struct sink *sinks, struct progress *progress,
                        struct error *err)
{
    struct plot plot;
    struct frames frames = { 0 };
    const struct page_section *page = &session->preset.film.page;
    session_plot(session, true, &plot);
    bool good = frames_init(&frames, &plot, (int)lround(page->width_in * page->dpi),
                            (int)lround(page->height_in * page->dpi), page->dpi, err);
    for (size_t step = 0; good && step < plot.frames; step++) {
        struct image image;
        good = !interrupted(err) && frames_paint(&frames, step, &image, err)
               && write_frame(session, sinks, &image, step, err);
        progress_step(progress);
    }
    frames_finish(&frames);
    plot_finish(&plot);
    return good;
}

static bool write_bitmap(const struct plot *plot, struct sink *sink, size_t step,
                         struct error *err)
{
    struct frames frames;
    struct image image;
    bool good = frames_init(&frames, plot, sink->info.width_px, sink->info.height_px,
                            sink->info.dpi, err)
                && frames_paint(&frames, step, &image, err) && sink_frame(sink, &image, err);
    frames_finish(&frames);
    return good;
}

static void paint_page(void *context, cairo_t *cairo)
{
    cairo_font_face_t *font = font_face_create();
    painter_paint(cairo, context, font, VECTOR_IMAGE_DPI / 72);
    cairo_font_face_destroy(font);
}

static bool write_vector(const struct plot *plot, struct sink *sink, size_t step,
                         struct error *err)
{
    struct scene scene;
    scene_init(&scene, plot->page.width, plot->page.height);
    plot_picture(plot, &scene, step);
    bool good = sink_page(sink, paint_page, &scene, err);
    scene_finish(&scene);
    return good;
}

static bool write_still(struct session *session, struct sink *sink, struct error *err)
{
    struct plot plot;
    session_plot(session, shows_film_page(session, sink->format), &plot);
    size_t step = session->request->frame >= 0 ? (size_t)session->request->frame
                                               : plot.frames - 1;
    bool good = sink->format->kind == FORMAT_VECTOR ? write_vector(&plot, sink, step, err)
                                                    : write_bitmap(&plot, sink, step, err);
    plot_finish(&plot);
    return good;
}

static bool write_outputs(struct session *session, struct sink *sinks, struct progress *progress,
                          struct error *err)
{
    bool good = true, films = false;
    for (size_t i = 0; good && i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        if (output->format->kind == FORMAT_FILM || output_is_sequence(output)) {
            films = true;
        } else if (output->format->kind == FORMAT_DATA) {
            good = sink_data(&sinks[i], session->trajectories, session->preset.optimizer_count,
                             err);
        } else {
            good = write_still(session, &sinks[i], err);
        }
        good = good && !interrupted(err);
    }
    return good && (!films || write_films(session, sinks, progress, err));
}

static bool open_outputs(const struct session *session, struct sink *sinks, struct error *err)
{
    for (size_t i = 0; i < session->request->output_count; i++) {
        const struct output *output = &session->request->outputs[i];
        struct sink_info info = info_for(session, output->format);
        if (!output_is_sequence(output)
            && !sink_open(&sinks[i], output->format, output->path, &info, err)) {
            return false;
        }
    }
    return true;
}

static bool check_frame(const struct session *session, struct error *err)
{
    size_t count = frame_count(session);
    if (session->request->frame >= (long)count) {
        return error_set(err, ERROR_USAGE, "--frame %ld: the film of %s has frames 0 .. %zu",
                         session->request->frame, session->preset.name, count - 1);
    }
    return true;
}

bool pipeline_render(const struct request *request, pipeline_progress *tell, void *context,
                     struct report *report, struct error *err)
{
    struct session session;
    struct sink *sinks = memory_new(request->output_count, sizeof *sinks);
    bool good = session_init(&session, request, report, err) && check_frame(&session, err)
                && open_outputs(&session, sinks, err);
    if (good) {
        struct progress progress = { tell, context, 0, frame_count(&session) };
        good = write_outputs(&session, sinks, &progress, err);
    }
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = sink_complete(&sinks[i], err);
    }
    for (size_t i = 0; good && i < request->output_count; i++) {
        good = sink_commit(&sinks[i], err);
    }
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
