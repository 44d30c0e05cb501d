#include "workload.h"

#include <math.h>

/* Measured on the shipped presets; a million pixels each. */
static double megapixels(const struct sink_info *info)
{
    return 1e-6 * info->width_px * info->height_px;
}

static double vector_megapixels(const struct sink_info *info, double surface_ppi)
{
    return 1e-6 * info->width_pt * info->height_pt * surface_ppi * surface_ppi / (72 * 72);
}

struct workload workload_of(const struct format *format, bool is_sequence,
                            const struct sink_info *info, double surface_ppi)
{
    double size = megapixels(info);
    struct workload film = { 30 + 25 * size, 0.5 + 2.5 * size, 5 };
    if (is_sequence) {
        return (struct workload){ film.begin, film.frame + 5 + 10 * size, 0 };
    }
    switch (format->kind) {
    case FORMAT_FILM:
        film.end += format->is_raw ? 0.5 * size * (double)info->frames : 0.02 * size;
        return film;
    case FORMAT_BITMAP:
        return (struct workload){ 15 + 20 * size, 0, 1 };
    case FORMAT_VECTOR:
        return (struct workload){ 15 + 30 * vector_megapixels(info, surface_ppi), 0, 1 };
    case FORMAT_DATA:
        break;
    }
    return (struct workload){ 1, 0, 1 };
}

void workload_add(struct workload_sum *sum, struct workload work, enum format_kind kind,
                  size_t frames)
{
    bool is_film = work.frame > 0;
    sum->films += is_film;
    sum->stills += !is_film && kind != FORMAT_DATA;
    sum->total += work.begin + work.frame * (double)frames + work.end;
    sum->film_begin += is_film ? work.begin : 0;
    sum->film_frame += work.frame;
}

void forecast_init(struct forecast *forecast, double *loads, size_t threads)
{
    *forecast = (struct forecast){ .loads = loads, .threads = threads };
    for (size_t i = 0; i < threads; i++) {
        loads[i] = 0;
    }
}

void forecast_add(struct forecast *forecast, double done, double total, double seconds)
{
    double left = fmax(total - done, 0);
    size_t free_first = 0;
    for (size_t i = 1; i < forecast->threads && left > 0; i++) {
        free_first = forecast->loads[i] < forecast->loads[free_first] ? i : free_first;
    }
    forecast->loads[free_first] += left;
    forecast->seconds += seconds;
    forecast->done += done;
    forecast->left += left;
    forecast->known++;
}

void forecast_add_unknown(struct forecast *forecast)
{
    forecast->unknown++;
}

/* The work of all jobs of which nothing is known. */
static double unknown_work(const struct forecast *forecast)
{
    double known = forecast->done + forecast->left;
    return forecast->known ? known * (double)forecast->unknown / (double)forecast->known : 0;
}

double forecast_share(const struct forecast *forecast)
{
    double total = forecast->done + forecast->left + unknown_work(forecast);
    return total > 0 ? forecast->done / total : 0;
}

double forecast_left(const struct forecast *forecast)
{
    double unknown = unknown_work(forecast), longest = 0;
    if (forecast->done <= 0 || forecast->seconds <= 0) {
        return -1;
    }
    for (size_t i = 0; i < forecast->threads; i++) {
        longest = fmax(longest, forecast->loads[i]);
    }
    double even = (forecast->left + unknown) / (double)forecast->threads;
    return fmax(longest, even) * forecast->seconds / forecast->done;
}
