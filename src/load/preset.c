#include "load/preset.h"

#include <assert.h>
#include <string.h>

#include "base/path.h"
#include "base/suggest.h"
#include "load/ini.h"
#include "load/keys.h"
#include "load/source.h"
#include "load/value.h"
#include "load/words.h"

/* What a section of the text fills; section NULL for one that is refused. */
struct target {
    const char *section;                 /* as the key table names it */
    struct optimizer_section *optimizer; /* of an [optimizer LABEL] */
};

struct loader {
    struct preset *preset;
    struct report *report;
    const struct source *file;
    struct ini ini;
    struct target *targets; /* one for each ini section */
};

static struct shown shown(const char *text)
{
    return words_shown(text, strlen(text));
}

const char *preset_base_name(struct arena *arena, const char *path)
{
    if (!strcmp(path, "-")) {
        return "stdin";
    }
    const char *name = path_name(path);
    size_t length = strlen(name);
    bool has_suffix = length > 4 && !strcmp(name + length - 4, ".ini");
    return arena_copy(arena, name, has_suffix ? length - 4 : length);
}

/* Of the preset's own keys, or of those of an optimizer section. */
static void defaults_read(struct loader *loader, bool of_optimizer, void *base)
{
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        if (keys[i].standard && of_optimizer == !strcmp(keys[i].section, "optimizer")) {
            struct text text = { keys[i].standard, strlen(keys[i].standard), { 0 } };
            struct value_reader reader = { keys[i].section, &loader->preset->arena,
                                           loader->report };
            bool is_good = value_read(&reader, &keys[i], &text, base);
            assert(is_good);
            (void)is_good;
        }
    }
}

/* The label's own place: the title is "optimizer", white space, the label. */
static struct text label_of(const struct ini_section *section, const char *label)
{
    struct place place = section->place;
    size_t skip = strlen("optimizer");
    skip += strspn(place.source->text + place.offset + skip, " \t");
    place.offset += skip;
    place.length -= skip;
    return (struct text){ label, strlen(label), place };
}

static void optimizer_add(struct loader *loader, const struct ini_section *section,
                          const char *label, struct target *target)
{
    struct preset *preset = loader->preset;
    if (!label && section->is_again) {
        return; /* told of the first one */
    }
    if (!label) {
        report_error(loader->report, section->place,
                     "an optimizer needs a label: [optimizer Adam]");
        return;
    }
    if (preset->optimizer_count == (size_t)limit_of(LIMIT_OPTIMIZERS)) {
        report_error(loader->report, section->place, "more than %ld optimizers%s",
                     limit_of(LIMIT_OPTIMIZERS), limit_hint(LIMIT_OPTIMIZERS).text);
        return;
    }
    if (strlen(label) > PRESET_TEXT_MAX) {
        report_error(loader->report, section->place, "a label of %zu bytes; it has at most %d",
                     strlen(label), PRESET_TEXT_MAX);
        return;
    }
    target->section = "optimizer";
    target->optimizer = &preset->optimizers[preset->optimizer_count++];
    *target->optimizer = (struct optimizer_section){
        .label = label_of(section, label),
        .place = section->place,
        .hyperparameters = arena_new(&preset->arena, section->entry_count,
                                     sizeof(struct hyperparameter)),
    };
    defaults_read(loader, true, target->optimizer);
}

/* Hints are costly, and nobody sees those of messages beyond the limit. */
static bool hints_are_seen(const struct loader *loader)
{
    return loader->report->errors < REPORT_MAX;
}

static void refuse_section(struct loader *loader, const struct ini_section *section)
{
    struct key_hint hint = { { 0 } };
    if (hints_are_seen(loader)) {
        hint = key_section_hint(section->title, strcspn(section->title, " "));
    }
    report_error(loader->report, section->place, "unknown section [%s]%s",
                 shown(section->title).text, hint.text);
}

static void section_resolve(struct loader *loader, size_t index)
{
    const struct ini_section *section = &loader->ini.sections[index];
    struct target *target = &loader->targets[index];
    size_t length = strcspn(section->title, " ");
    const char *label = section->title[length] ? section->title + length + 1 : NULL;
    const char *known = key_section(section->title, length);
    if (!section->title[0]) {
        return; /* told as it was read */
    }
    if (!known) {
        refuse_section(loader, section);
    } else if (!strcmp(known, "optimizer")) {
        optimizer_add(loader, section, label, target);
    } else if (label) {
        report_error(loader->report, section->place, "[%s] takes no label", known);
    } else {
        target->section = known;
    }
}

static void sections_resolve(struct loader *loader)
{
    struct preset *preset = loader->preset;
    const struct ini *ini = &loader->ini;
    loader->targets = arena_new(&preset->arena, ini->section_count, sizeof *loader->targets);
    size_t most = (size_t)limit_of(LIMIT_OPTIMIZERS);
    size_t room = ini->section_count < most ? ini->section_count : most;
    preset->optimizers = arena_new(&preset->arena, room + 1, sizeof *preset->optimizers);
    size_t lets = 0, params = 0, claims = 0;
    for (size_t i = 0; i < ini->entry_count; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        lets += !entry->dropped && !strncmp(entry->key, "let ", strlen("let "));
        params += !entry->dropped && !strncmp(entry->key, "param ", strlen("param "));
        claims += !entry->dropped && !strcmp(ini->sections[entry->section].title, "claim");
    }
    preset->problem.lets = arena_new(&preset->arena, lets, sizeof *preset->problem.lets);
    preset->problem.params = arena_new(&preset->arena, params, sizeof *preset->problem.params);
    preset->claims.items = arena_new(&preset->arena, claims, sizeof *preset->claims.items);
    for (size_t i = 0; i < ini->section_count; i++) {
        section_resolve(loader, i);
        if (loader->targets[i].section && !strcmp(ini->sections[i].title, "problem")) {
            preset->problem.place = ini->sections[i].place;
        }
    }
}

/* Key "let NAME" or "param NAME": the name is the key's last bytes. */
static bool name_read(struct loader *loader, const struct ini_entry *entry, struct text *read)
{
    static const char allowed[] =
        "0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const char *name = strchr(entry->key, ' ') + 1;
    struct text text = { name, strlen(name), entry->place };
    text.place.offset += entry->place.length - text.length;
    text.place.length = text.length;
    if (strspn(name, allowed) < text.length || strspn(name, "0123456789")) {
        return report_error(loader->report, text.place, "'%s' cannot be a name; letters, digits "
                            "and '_' can, a digit not first",
                            words_shown(name, text.length).text);
    }
    *read = text;
    return true;
}

/* One without a value is there, too, and its formula is NULL. */
static void let_add(struct loader *loader, const struct ini_entry *entry)
{
    struct problem_section *problem = &loader->preset->problem;
    struct text name;
    if (name_read(loader, entry, &name)) {
        const struct text *value = &entry->value;
        problem->lets[problem->let_count++] = (struct let){
            name, value->length ? *value : (struct text){ .place = value->place }
        };
    }
}

/* A let whose formula is a number, NULL when it was refused. */
static void param_add(struct loader *loader, const struct ini_entry *entry,
                      const struct key *key)
{
    struct preset *preset = loader->preset;
    struct value_reader reader = { key->section, &preset->arena, loader->report };
    struct key named = *key;
    struct let param = { .formula = { .place = entry->value.place } };
    named.name = entry->key;
    if (name_read(loader, entry, &param.name)) {
        if (entry->value.length) {
            value_read_param(&reader, &named, &entry->value, &param.formula);
        }
        preset->problem.params[preset->problem.param_count++] = param;
    }
}

static void claim_add(struct loader *loader, const struct ini_entry *entry)
{
    static const char allowed[] =
        "0123456789_-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    struct text name = { entry->key, strlen(entry->key), entry->place };
    if (strspn(name.text, allowed) < name.length) {
        report_error(loader->report, name.place,
                     "'%s' cannot be a claim's name; letters, digits, '_' and '-' can: "
                     "NAME = SIDE < SIDE", shown(name.text).text);
        return;
    }
    struct claim_section *claims = &loader->preset->claims;
    claims->items[claims->count++] = (struct claim){ name, entry->value };
}

static void refuse_key(struct loader *loader, const struct ini_entry *entry, const char *section)
{
    struct key_hint hint = { { 0 } };
    if (hints_are_seen(loader)) {
        hint = key_hint(section, entry->key);
    }
    report_error(loader->report, entry->place, "unknown key '%s' in [%s]%s",
                 shown(entry->key).text, section, hint.text);
}

/* What is given without a value is not missing. */
static void note_empty(struct loader *loader, const struct ini_entry *entry,
                       const struct key *key, struct optimizer_section *optimizer)
{
    struct text name = { entry->key, strlen(entry->key), entry->place };
    if (!key) {
        optimizer->hyperparameters[optimizer->hyperparameter_count++]
            = (struct hyperparameter){ name, entry->value };
    } else if (key->type == KEY_LET) {
        let_add(loader, entry);
    } else if (key->type == KEY_PARAM) {
        param_add(loader, entry, key);
    } else if (key->type == KEY_CALL) {
        ((struct call_value *)((char *)optimizer + key->offset))->is_refused = true;
    }
}

static void entry_read(struct loader *loader, const struct ini_entry *entry)
{
    const struct target *target = &loader->targets[entry->section];
    struct value_reader reader = { loader->ini.sections[entry->section].title,
                                   &loader->preset->arena, loader->report };
    struct optimizer_section *optimizer = target->optimizer;
    if (!target->section || entry->dropped) {
        return;
    }
    const struct key *key = key_find(target->section, entry->key);
    if (!key && !optimizer) {
        refuse_key(loader, entry, target->section);
    } else if (!entry->value.length) {
        report_error(loader->report, entry->value.place, "[%s] %s: there is no value",
                     shown(reader.title).text, shown(entry->key).text);
        note_empty(loader, entry, key, optimizer);
    } else if (!key) {
        optimizer->hyperparameters[optimizer->hyperparameter_count++] = (struct hyperparameter){
            { entry->key, strlen(entry->key), entry->place }, entry->value
        };
    } else if (key->type == KEY_LET) {
        let_add(loader, entry);
    } else if (key->type == KEY_PARAM) {
        param_add(loader, entry, key);
    } else if (key->type == KEY_CLAIM) {
        claim_add(loader, entry);
    } else {
        value_read(&reader, key, &entry->value, optimizer ? (void *)optimizer : loader->preset);
        if (optimizer && key->offset == offsetof(struct optimizer_section, decoupled)) {
            optimizer->decoupled_place = entry->value.place;
        }
    }
}

static const struct ini_entry *find(const struct loader *loader, const char *section,
                                    const char *key)
{
    return ini_find(&loader->ini, section, key);
}

static bool is_override(const struct loader *loader, const struct ini_entry *entry)
{
    return entry->place.source != loader->file;
}

/* Whether a line of the section was refused: what is missing may be in it. */
static bool is_broken(const struct loader *loader, const char *title)
{
    const struct ini *ini = &loader->ini;
    for (size_t i = 0; i < ini->section_count; i++) {
        if (ini->sections[i].is_broken && !strcmp(ini->sections[i].title, title)) {
            return true;
        }
    }
    return false;
}

/* One of function and formula; an override of one replaces the file's other. */
static void check_function(struct loader *loader)
{
    const struct ini_entry *function = find(loader, "problem", "function");
    const struct ini_entry *formula = find(loader, "problem", "formula");
    struct problem_section *problem = &loader->preset->problem;
    if (function && formula && is_override(loader, function) != is_override(loader, formula)) {
        *(is_override(loader, function) ? &problem->formula : &problem->function)
            = (struct text){ 0 };
    } else if (function && formula) {
        report_error(loader->report, formula->place,
                     "[problem] has a function and a formula; only one of them can be drawn");
    } else if (!function && !formula && !is_broken(loader, "problem")) {
        report_error(loader->report, problem->place,
                     "[problem] needs a function or a formula");
    }
}

/* An override of an optimizer that the file does not have makes a new one;
 * without a method its label is probably misspelled. */
static void hint_label(const struct loader *loader, const char *title, char *hint, size_t size)
{
    struct suggestion near = { .wanted = title, .length = strlen(title) };
    for (size_t i = 0; i < loader->ini.section_count; i++) {
        if (loader->ini.sections[i].place.source == loader->file) {
            suggestion_offer(&near, loader->ini.sections[i].title);
        }
    }
    suggestion_text(&near, hint, size);
}

static void refuse_methodless(struct loader *loader, const struct ini_section *section)
{
    char hint[128] = "";
    if (section->place.source != loader->file) {
        hint_label(loader, section->title, hint, sizeof hint);
    }
    report_error(loader->report, section->place, "[%s] has no method%s",
                 shown(section->title).text, hint);
}

static void check_optimizers(struct loader *loader)
{
    const struct ini *ini = &loader->ini;
    bool is_there = false;
    for (size_t i = 0; i < ini->section_count; i++) {
        const struct ini_section *section = &ini->sections[i];
        is_there |= !strncmp(section->title, "optimizer", strlen("optimizer"));
        if (loader->targets[i].optimizer && !section->is_broken
            && !find(loader, section->title, "method")) {
            refuse_methodless(loader, section);
        }
    }
    if (!is_there) {
        report_error(loader->report, (struct place){ 0 },
                     "there is no [optimizer LABEL] section; at least one is needed");
    }
}

static void check_claims(struct loader *loader)
{
    const struct ini *ini = &loader->ini;
    for (size_t i = 0; i < ini->section_count; i++) {
        const struct ini_section *section = &ini->sections[i];
        if (!strcmp(section->title, "claim") && !section->entry_count && !section->is_broken) {
            report_error(loader->report, section->place,
                         "[claim] claims nothing; add 'NAME = SIDE < SIDE'");
        }
    }
}

static void check_colors(struct loader *loader)
{
    struct contour_section *contour = &loader->preset->contour;
    if (contour->color_min.given && contour->color_max.given
        && contour->color_min.value >= contour->color_max.value) {
        report_error(loader->report, contour->color_max.place,
                     "[contour] color_max: must be above color_min");
    }
}

static void check_layout(struct loader *loader)
{
    const struct figure_section *figure = &loader->preset->figure;
    const struct ini_entry *layout = find(loader, "figure", "layout");
    if (figure->layout == LAYOUT_SINGLE && figure->panels.count > 1) {
        report_error(loader->report, layout->value.place,
                     "[figure] layout: single has room for one of the %zu panels; "
                     "set panels to the one that is wanted",
                     figure->panels.count);
    }
}

/* One side of a page, in the sizes that encoders and viewers can do with. */
static void check_side(struct loader *loader, const char *section, const char *side,
                       double inches, double dpi)
{
    const double least = PRESET_SIDE_MIN, most = (double)limit_of(LIMIT_SIDE);
    const double pixels = inches * dpi;
    const struct ini_entry *entry = find(loader, section, side);
    if (!entry) {
        entry = find(loader, section, "dpi");
    }
    if (entry && pixels > most) {
        report_error(loader->report, entry->value.place,
                     "[%s] %s: %.0f px is above %.0f; %g inches at %g dpi%s", section, side, pixels,
                     most, inches, dpi, limit_hint(LIMIT_SIDE).text);
    } else if (entry && pixels < least) {
        report_error(loader->report, entry->value.place,
                     "[%s] %s: %.1f px is below %.0f; %g inches at %g dpi", section, side, pixels,
                     least, inches, dpi);
    }
}

static void check_page(struct loader *loader, const char *section, const struct page_section *page)
{
    check_side(loader, section, "width", page->width_in, page->dpi);
    check_side(loader, section, "height", page->height_in, page->dpi);
    const struct ini_entry *entry = find(loader, section, "dpi");
    double pixels = page->width_in * page->dpi * page->height_in * page->dpi;
    entry = entry ? entry : find(loader, section, "width");
    entry = entry ? entry : find(loader, section, "height");
    if (entry && pixels > (double)limit_of(LIMIT_PIXELS)) {
        report_error(loader->report, entry->value.place,
                     "[%s] %s: a page of %.0f pixels, which has at most %ld%s", section, entry->key,
                     pixels, limit_of(LIMIT_PIXELS), limit_hint(LIMIT_PIXELS).text);
    }
}

/* A rate multiplies the steps, which are limited, into frames. */
static void check_frames(struct loader *loader)
{
    const struct preset *preset = loader->preset;
    const struct film_section *film = &preset->film;
    double steps = preset->problem.steps;
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        const struct maybe_number *own = &preset->optimizers[i].steps;
        steps = own->given && own->value > steps ? own->value : steps;
    }
    double frames = steps * film->interval_ms * film->fps.value / 1000;
    if (film->fps.given && frames > (double)limit_of(LIMIT_FRAMES)) {
        report_error(loader->report, film->fps.place,
                     "[film] fps: %.0f steps of %d ms are %.0f frames; a film has at most %ld%s",
                     steps, film->interval_ms, frames, limit_of(LIMIT_FRAMES),
                     limit_hint(LIMIT_FRAMES).text);
    }
}

static void preset_check(struct loader *loader)
{
    check_function(loader);
    check_optimizers(loader);
    check_claims(loader);
    check_colors(loader);
    check_layout(loader);
    check_frames(loader);
    check_page(loader, "film", &loader->preset->film.page);
    check_page(loader, "still", &loader->preset->still.page);
}

/* The texts into loader->ini; false when the file is not text. */
static bool texts_read(struct loader *loader, const char *const *overrides, size_t count)
{
    struct ini *ini = &loader->ini;
    if (!source_check(loader->file, loader->report)) {
        return false;
    }
    ini_read(ini, loader->file);
    for (size_t i = 0; i < count; i++) {
        const struct source *source = source_of("--set", overrides[i], &loader->report->arena);
        if (source_check(source, loader->report)) {
            ini_override(ini, source);
        }
    }
    ini_settle(ini);
    return true;
}

bool preset_load(struct preset *preset, const char *path, const char *const *overrides,
                 size_t override_count, struct report *report, struct error *err)
{
    *preset = (struct preset){ 0 };
    struct loader loader = { .preset = preset, .report = report };
    loader.file = source_read(path, LIMIT_BYTES, &report->arena, err);
    if (!loader.file) {
        return false;
    }
    loader.ini = (struct ini){ .arena = &preset->arena, .report = report };
    report->name = loader.file->name;
    preset->name = preset_base_name(&preset->arena, path);
    defaults_read(&loader, false, preset);
    if (texts_read(&loader, overrides, override_count)) {
        sections_resolve(&loader);
        for (size_t i = 0; i < loader.ini.entry_count; i++) {
            entry_read(&loader, &loader.ini.entries[i]);
        }
        preset_check(&loader);
    }
    ini_finish(&loader.ini);
    return !report->errors;
}

void preset_finish(struct preset *preset)
{
    arena_finish(&preset->arena);
    *preset = (struct preset){ 0 };
}
