#include "session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/timings.h"
#include "load/keys.h"
#include "model/critical.h"
#include "optimize/claim.h"
#include "plot/text.h"

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

/* Puts what the command line says into the preset. */
static void apply_settings(struct session *session)
{
    const struct request *request = session->request;
    struct preset *preset = &session->preset;
    session->film_as_read = preset->film.page;
    session->html_as_read = preset->film.html;
    session->still_as_read = preset->still;
    apply_size(&preset->film.page, request);
    apply_size(&preset->still.page, request);
    if (request->is_poster) {
        preset->still.page = preset->film.page;
        preset->still.dots = false;
    }
    if (request->width_px) {
        preset->still.svg_size = SVG_PIXELS;
    }
    if (request->embed) {
        preset->film.html = HTML_FIGURE;
    }
    if (request->frame >= 0) {
        preset->still.frame = (struct maybe_number){ .given = true,
                                                     .value = (double)request->frame };
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
    good &= claims_check(preset, has_objective ? &session->objective : NULL, report);
    return good && has_objective;
}

enum page_kind session_page(const struct session *session, const struct output *output)
{
    bool is_film = output_has_frames(output) || session->preset.still.frame.given;
    return is_film ? PAGE_FILM : PAGE_STILL;
}

const struct page_section *session_page_section(const struct session *session,
                                                enum page_kind page)
{
    return page == PAGE_FILM ? &session->preset.film.page : &session->preset.still.page;
}

/* The limits of the keys, which a preset with the same page has to keep. */
static bool check_inches(const struct output *output, const struct page_section *page,
                         struct error *err)
{
    const struct {
        const char *name;
        double value;
    } values[] = { { "width", page->width_in }, { "height", page->height_in },
                   { "dpi", page->dpi } };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct key *key = key_find("film", values[i].name);
        if (values[i].value < key->min || values[i].value > key_max(key)) {
            return error_set(err, ERROR_USAGE,
                             "%s: a %s of %g %s, which is not in %g .. %g; choose another --size "
                             "or --dpi", output->path, key->name, values[i].value, key->unit,
                             key->min, key_max(key));
        }
    }
    return true;
}

/* What is to be drawn has the limits that presets have, whatever --size, --dpi or a default
 * make of the page. */
static bool check_pixels(const char *name, const struct page_section *page, enum error_kind kind,
                         struct error *err)
{
    const double most = (double)limit_of(LIMIT_SIDE);
    double width = round(page->width_in * page->dpi);
    double height = round(page->height_in * page->dpi);
    if (fmin(width, height) < PRESET_SIDE_MIN || fmax(width, height) > most) {
        return error_set(err, kind, "%s: %.0f x %.0f pixels; a side has %d to %.0f of them%s",
                         name, width, height, PRESET_SIDE_MIN, most,
                         fmax(width, height) > most ? limit_hint(LIMIT_SIDE).text : "");
    }
    return width * height <= (double)limit_of(LIMIT_PIXELS)
           || error_set(err, kind, "%s: %.0f x %.0f pixels; a page has at most %ld%s", name, width,
                        height, limit_of(LIMIT_PIXELS), limit_hint(LIMIT_PIXELS).text);
}

static bool check_sizes(const struct session *session, struct error *err)
{
    const struct request *request = session->request;
    for (size_t i = 0; i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        const struct page_section *page = session_page_section(session,
                                                               session_page(session, output));
        if (output->format->kind != FORMAT_DATA
            && !(check_pixels(output->path, page, ERROR_USAGE, err)
                 && check_inches(output, page, err))) {
            return false;
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

/* In the words of the preset, without markup; never the name of a file. */
static const char *title_of(const struct preset *preset, struct arena *arena)
{
    const struct text *markup = preset->figure.caption.text ? &preset->figure.caption
                                                            : &preset->figure.title;
    return markup->text                  ? description_plain(markup->text, arena)
           : preset->problem.function.text ? preset->problem.function.text
                                         : preset->problem.formula.text;
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
        session->title = title_of(&session->preset, &session->arena);
        session->description = description_of(&session->preset, &session->objective,
                                              session->trajectories, &session->arena);
        session->captions = captions_make(&session->description, &session->preset,
                                          &session->objective, session->trajectories,
                                          &session->timeline, &session->arena,
                                          &session->caption_count);
    }
    timings_add(TIMING_SIMULATE, since);
    return !err->kind;
}

bool session_load(struct session *session, const struct request *request,
                  struct report *report, struct error *err)
{
    int64_t since = timings_now();
    struct stat info;
    *session = (struct session){ .request = request };
    if (request->refusal) {
        return error_set(err, ERROR_PRESET, "%s", request->refusal);
    }
    if (strcmp(request->preset_path, "-") && !stat(request->preset_path, &info)) {
        session->preset_time = info.st_mtim;
    }
    preset_load(&session->preset, request->preset_path, request->overrides,
                request->override_count, report, err);
    if (!err->kind) {
        apply_settings(session);
    }
    timings_add(TIMING_READ, since);
    return !err->kind;
}

bool session_resolve(struct session *session, struct report *report, struct error *err)
{
    int64_t since = timings_now();
    bool good = resolve(session, report) && !report->errors;
    timings_add(TIMING_READ, since);
    if (!good) {
        return error_set(err, ERROR_PRESET, "%s", "");
    }
    return check_sizes(session, err);
}

/* The still's frame has to be one of the film's. */
static bool check_frame(const struct session *session, struct report *report, struct error *err)
{
    const struct maybe_number *frame = &session->preset.still.frame;
    size_t count = session->timeline.frames;
    if (!frame->given || frame->value < (double)count) {
        return true;
    }
    if (session->request->frame >= 0) {
        return error_set(err, ERROR_USAGE, "--frame %.0f: the film of %s has frames 0 .. %zu",
                         frame->value, session->preset.name, count - 1);
    }
    report_error(report, frame->place, "[still] frame: the film has frames 0 .. %zu", count - 1);
    return error_set(err, ERROR_PRESET, "%s", "");
}

/* A film without a rate has a frame for each step. */
static bool check_frames(const char *name, const struct session *session, struct error *err)
{
    size_t frames = session->timeline.frames;
    return frames <= (size_t)limit_of(LIMIT_FRAMES)
           || error_set(err, ERROR_PRESET, "%s: %zu frames; a film has at most %ld%s", name, frames,
                        limit_of(LIMIT_FRAMES), limit_hint(LIMIT_FRAMES).text);
}

static bool check_length(const struct session *session, struct error *err)
{
    const struct request *request = session->request;
    bool good = true;
    for (size_t i = 0; good && i < request->output_count; i++) {
        const struct output *output = &request->outputs[i];
        good = !output_has_frames(output) || check_frames(output->path, session, err);
    }
    return good;
}

bool session_check_pages(const struct session *session, struct error *err)
{
    const struct preset *preset = &session->preset;
    return check_pixels("a film of it", &preset->film.page, ERROR_PRESET, err)
           && check_pixels("a picture of it", &preset->still.page, ERROR_PRESET, err)
           && check_frames("a film of it", session, err);
}

void session_foresee(struct session *session)
{
    size_t steps = 1;
    for (size_t i = 0; i < session->preset.optimizer_count; i++) {
        steps = session->runs[i].steps > steps ? session->runs[i].steps : steps;
    }
    timeline_init(&session->timeline, &session->preset.film, &session->look, steps);
}

bool session_is_done(struct session *session, struct report *report)
{
    struct error none;
    session_foresee(session);
    bool is_done = check_length(session, &none);
    if (is_done) {
        report->count = report->warnings = 0; /* told when it was made */
    }
    return is_done;
}

bool session_run(struct session *session, struct report *report, struct error *err)
{
    warn_of_matte(session, report);
    warn_of_texts(&session->preset, report);
    return run_all(session, report, err) && check_frame(session, report, err)
           && check_length(session, err);
}

bool session_compute(struct session *session, struct report *report, struct error *err)
{
    return session_resolve(session, report, err) && session_run(session, report, err);
}

static void say_false(const struct claim *claim, const struct verdict *verdict, bool is_error,
                      struct report *report)
{
    (is_error ? report_error : report_warning)(report, verdict->place, "claim %s is false: %s%s%s",
                                               claim->name.text, verdict->numbers,
                                               verdict->note ? "; " : "",
                                               verdict->note ? verdict->note : "");
}

bool session_judge(const struct session *session, const struct findings *findings,
                   struct report *report, struct error *err)
{
    const struct claim_section *claims = &session->preset.claims;
    struct arena arena = { 0 };
    if (findings) {
        critical_check(&session->objective, &session->preset.problem, report);
    }
    for (size_t i = 0; i < claims->count && !interrupted(err); i++) {
        const struct claim *claim = &claims->items[i];
        struct verdict verdict = claim_judge(claim, &session->preset, &session->objective,
                                             session->trajectories, &arena);
        if (!verdict.holds) {
            say_false(claim, &verdict, findings, report);
        }
        if (findings) {
            summary_claim(findings, claim, &verdict, i == 0);
        }
    }
    arena_finish(&arena);
    return !err->kind;
}

const struct plot *session_plot(struct session *session, enum page_kind page)
{
    const struct preset *preset = &session->preset;
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
        plot_init(&session->plots[page], &source, session_page_section(session, page),
                  page == PAGE_STILL);
        session->has_plot[page] = true;
        timings_add(TIMING_TRACE, since);
    }
    return &session->plots[page];
}

void session_finish(struct session *session)
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
    arena_finish(&session->arena);
    free(session->trajectories);
    free(session->runs);
    objective_finish(&session->objective);
    preset_finish(&session->preset);
}
