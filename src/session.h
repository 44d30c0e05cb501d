/* One preset on its way: what each stage made of it, up to the writing. */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/error.h"
#include "base/report.h"
#include "load/preset.h"
#include "model/objective.h"
#include "optimize/trajectory.h"
#include "plot/landscape.h"
#include "plot/captions.h"
#include "plot/description.h"
#include "plot/plot.h"
#include "plot/style.h"
#include "request.h"
#include "summary.h"

struct fingerprinting;

/* The still shows the complete paths; the film's page shows them at a step. */
enum page_kind { PAGE_STILL, PAGE_FILM, PAGE_COUNT };

struct session {
    const struct request *request;
    struct fingerprinting *fingerprinting; /* one for each output; NULL: they are written */
    struct preset preset; /* with all settings of the request, */
    struct timespec preset_time; /* when its file was changed; 0: it has none */
    struct page_section film_as_read; /* and what it was before */
    enum html_kind html_as_read;
    struct still_section still_as_read;
    struct objective objective;
    struct look look;
    struct run *runs;
    struct trajectory *trajectories; /* one for each optimizer */
    struct timeline timeline;
    const char *title; /* of outputs, in the arena; NULL until the paths are computed */
    struct description description; /* in the arena; NULL until the paths are computed, */
    struct caption *captions;       /* as are these */
    size_t caption_count;
    struct arena arena;
    struct landscape landscape; /* made, like the plots, when an output wants it */
    bool has_landscape;
    struct plot plots[PAGE_COUNT];
    bool has_plot[PAGE_COUNT];
};

/* Reads the preset and puts the request's settings into it: what is rendered depends
 * on nothing else then. Mistakes go to the report; false with err set when the file
 * cannot be read. The session must be finished in any case. */
bool session_load(struct session *session, const struct request *request,
                  struct report *report, struct error *err);

/* Judges what is loaded, whether it was good or not; no path is computed. */
bool session_resolve(struct session *session, struct report *report, struct error *err);

/* Fills in the timeline of what is resolved for paths that take all of their steps; those that
 * diverge take fewer. */
void session_foresee(struct session *session);

/* Whether outputs of what is resolved that are up to date need no paths to be told that they keep
 * their limits. Forgets the warnings then. */
bool session_is_done(struct session *session, struct report *report);

/* Computes the paths of what is resolved. */
bool session_run(struct session *session, struct report *report, struct error *err);

/* Judges what is loaded, whether it was good or not, and computes all paths. False
 * with err->kind ERROR_PRESET and an empty text when the report holds mistakes. */
bool session_compute(struct session *session, struct report *report, struct error *err);

/* Whether the pages and the film of what is computed keep their limits, wherever they would
 * be drawn. */
bool session_check_pages(const struct session *session, struct error *err);

/* Judges the preset's claims. A false one is an error where there are findings, which
 * tell of all claims then, and a warning otherwise. With findings minima that are stated are
 * compared with the lowest point, too. False when interrupted. */
bool session_judge(const struct session *session, const struct findings *findings,
                   struct report *report, struct error *err);

/* The page that an output shows. */
enum page_kind session_page(const struct session *session, const struct output *output);
const struct page_section *session_page_section(const struct session *session,
                                                enum page_kind page);

/* What is drawn on a page, made at the first call. */
const struct plot *session_plot(struct session *session, enum page_kind page);

void session_finish(struct session *session);

#endif
