#include "gallery_page.h"

#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/xml.h"
#include "gallery_around.h"
#include "load/keys.h"
#include "load/value.h"
#include "model/catalogue.h"
#include "model/mathml.h"
#include "optimize/claim.h"
#include "optimize/optimizer.h"
#include "optimize/rule.h"
#include "session.h"

/* Linked into the program. */
#define EMBED(name)                                                                  \
    __asm__(".pushsection .rodata\n"                                                 \
            "optrender_gallery_" #name ":\n"                                         \
            ".incbin \"" GALLERY_FILES "." #name "\"\n"                              \
            ".byte 0\n"                                                              \
            ".popsection\n");                                                        \
    extern const char optrender_gallery_##name[];
EMBED(css)
EMBED(js)
#undef EMBED

/* From how many films on one looks for one. */
enum { SEARCH_LEAST = 13 };

/* Digits of numbers that people read. */
enum { SHOWN_DIGITS = 9 };

static const char USUAL_TITLE[] = "Optimizers on loss surfaces";

static const char *const dialect_titles[DIALECT_COUNT] = {
    [DIALECT_TENSORFLOW1] = "TensorFlow 1",
    [DIALECT_TEXTBOOK] = "Textbook",
    [DIALECT_PYTORCH] = "PyTorch",
    [DIALECT_KERAS3] = "Keras 3",
};

/* Whose rules they are. */
static const char *const dialect_owners[DIALECT_COUNT] = {
    [DIALECT_TENSORFLOW1] = "TensorFlow 1",
    [DIALECT_TEXTBOOK] = "the textbook",
    [DIALECT_PYTORCH] = "PyTorch",
    [DIALECT_KERAS3] = "Keras 3",
};

/* Which films show a method, by their places in the gallery. */
struct appearances {
    size_t *films;
    size_t count;
};

struct printer {
    const struct gallery *gallery;
    FILE *stream;
    struct appearances *methods, *wrappers; /* in the order of their lists */
    struct around around;
    const char **names;          /* of the films */
    struct arena arena;
};

static void print_link(const struct printer *p, const char *folder, const char *name,
                       const char *extension)
{
    fprintf(p->stream, "%s", folder);
    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        bool is_plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z')
                        || (*c >= '0' && *c <= '9') || strchr("-_.~", *c);
        fprintf(p->stream, is_plain ? "%c" : "%%%02X", *c);
    }
    fprintf(p->stream, "%s", extension);
}

static void print_text(const struct printer *p, const char *tag, const char *text)
{
    fprintf(p->stream, "<%s>", tag);
    xml_print(text, p->stream);
    fprintf(p->stream, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

static void print_title(const struct printer *p)
{
    xml_print(p->gallery->title ? p->gallery->title : USUAL_TITLE, p->stream);
}

static void print_head(const struct printer *p)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          GALLERY_GENERATOR PACKAGE_VERSION "\">\n<title>", p->stream);
    print_title(p);
    fprintf(p->stream, "</title>\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n<style>\n%s</style>\n</head>\n<body>\n",
            optrender_gallery_css);
}

static void print_start(const struct printer *p)
{
    fputs("<header class=\"top\">\n<h1>", p->stream);
    print_title(p);
    fputs("</h1>\n<p class=\"lead\">Each film shows one surface and one start, and how far each "
          "method has come after every step. Point at a film, or move to it with the keyboard, and "
          "it plays; press it to stop or to play it.</p>\n"
          "<nav aria-label=\"Sections\"><a href=\"#films\">Films</a> "
          "<a href=\"#methods\">Methods</a></nav>\n</header>\n<main>\n"
          "<section aria-labelledby=\"films\">\n<h2 id=\"films\">Films</h2>\n", p->stream);
    if (p->gallery->count >= SEARCH_LEAST) {
        fputs("<form class=\"search\" role=\"search\" hidden><label for=\"search\">Search the films"
              "</label><input id=\"search\" type=\"search\" autocomplete=\"off\">"
              "<output for=\"search\"></output></form>\n", p->stream);
    }
}

/* What the surface is called: the preset's title, or the function's. */
static const char *heading_of(struct printer *p, const struct session *session)
{
    const struct preset *preset = &session->preset;
    if (preset->figure.title.text && *preset->figure.title.text) {
        return description_plain(preset->figure.title.text, &p->arena);
    }
    const struct text *function = &preset->problem.function;
    const struct catalogue_entry *entry = function->text ? catalogue_find(function->text,
                                                                          function->length)
                                                         : NULL;
    return entry ? entry->title : preset->name;
}

static void print_source(const struct printer *p, const char *attribute, const char *folder,
                         const char *name, const char *extension, bool is_dark)
{
    fprintf(p->stream, "<source %s=\"", attribute);
    print_link(p, folder, name, extension);
    fprintf(p->stream, "\"%s%s>", is_dark ? " media=\"(prefers-color-scheme: dark)\"" : "",
            strcmp(extension, ".mp4") ? "" : " type=\"video/mp4\"");
}

/* The still; the film above it, which the script plays; and what is pressed for it. */
static void print_player(const struct printer *p, const struct session *session, size_t index,
                         const char *heading)
{
    const struct page_section *page = &session->preset.film.page;
    const char *name = p->names[index];
    int width = (int)(page->width_in * page->dpi + 0.5);
    int height = (int)(page->height_in * page->dpi + 0.5);
    fprintf(p->stream, "<div class=\"player\" style=\"max-width:%dpx\">\n<picture>", width);
    if (p->gallery->has_dark) {
        print_source(p, "srcset", GALLERY_DARK, name, ".png", true);
    }
    fputs("<img src=\"", p->stream);
    print_link(p, "", name, ".png");
    fprintf(p->stream, "\" width=\"%d\" height=\"%d\" decoding=\"async\"%s alt=\"", width, height,
            index > 1 ? " loading=\"lazy\"" : "");
    xml_print(session->description.text, p->stream);
    fprintf(p->stream, "\"></picture>\n<video muted loop playsinline preload=\"none\" "
            "width=\"%d\" height=\"%d\" tabindex=\"-1\" aria-hidden=\"true\">",
            width + (width & 1), height + (height & 1));
    if (p->gallery->has_dark) {
        print_source(p, "src", GALLERY_DARK, name, ".mp4", true);
    }
    print_source(p, "src", "", name, ".mp4", false);
    fputs("</video>\n<button type=\"button\" aria-pressed=\"false\" hidden aria-label=\"Play ",
          p->stream);
    xml_print(heading, p->stream);
    fputs("\"></button>\n</div>\n", p->stream);
}

static void print_formula(const struct printer *p, const struct session *session)
{
    const struct objective *objective = &session->objective;
    struct text text = { .text = objective->formula, .length = strlen(objective->formula) };
    fputs("<div class=\"math\">", p->stream);
    mathml_function(&text, objective->lets, objective->let_count, p->stream);
    fputs("</div>\n", p->stream);
}

/* A word of a claim's name: the first one of a label is spelled as it is there. */
static const char *claim_word(struct printer *p, const struct preset *preset, const char *word)
{
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        const char *label = preset->optimizers[i].label.text;
        const char *first = arena_copy(&p->arena, label, strcspn(label, " "));
        if (!strcasecmp(first, word)) {
            return first;
        }
    }
    return word;
}

/* "nag_is_drawn" is "NAG is drawn". */
static void print_claim_name(struct printer *p, const struct preset *preset, const char *name)
{
    fputs("<dt>", p->stream);
    while (*name) {
        size_t length = strcspn(name, "_");
        xml_print(claim_word(p, preset, arena_copy(&p->arena, name, length)), p->stream);
        fputs(name[length] ? " " : "", p->stream);
        name += length + (name[length] == '_');
    }
    fputs("</dt>\n", p->stream);
}

/* Those that hold, with the numbers that they hold by. */
static void print_claims(struct printer *p, const struct session *session)
{
    const struct claim_section *claims = &session->preset.claims;
    size_t shown = 0;
    for (size_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->items[i];
        struct verdict verdict = claim_judge(claim, &session->preset, &session->objective,
                                             session->trajectories, &p->arena);
        if (!verdict.holds) {
            continue;
        }
        if (!shown++) {
            fputs("<details><summary>What is true of these paths, in numbers</summary>\n"
                  "<dl class=\"claims\">\n", p->stream);
        }
        print_claim_name(p, &session->preset, claim->name.text);
        fputs("<dd><code>", p->stream);
        xml_print(claim->statement.text, p->stream);
        fputs("</code> <span class=\"numbers\">", p->stream);
        xml_print(verdict.numbers, p->stream);
        fputs("</span></dd>\n", p->stream);
    }
    fputs(shown ? "</dl>\n</details>\n" : "", p->stream);
}

static size_t index_of(const struct optimizer *optimizer)
{
    size_t count, i = 0;
    const struct optimizer *const *list = optimizer_list(&count);
    while (list[i] != optimizer) {
        i++;
    }
    return i;
}

/* "learning rate 0.1", behind those that were told before it; a link where id is given. */
static void print_setting(const struct printer *p, const char *name, const char *value,
                          const char *id, size_t *count)
{
    fputs((*count)++ ? "<span>, " : " <span>", p->stream);
    if (id) {
        fprintf(p->stream, "<a href=\"#%s\">", id);
    }
    for (const char *c = name; *c; c++) {
        fputc(*c == '_' ? ' ' : *c, p->stream);
    }
    fputc(' ', p->stream);
    xml_print(value, p->stream);
    fputs(id ? "</a></span>" : "</span>", p->stream);
}

/* What the preset gives a run: hyper-parameters, then what every method can have; and whose
 * rules it goes by, where others go by other ones. */
static void print_settings(struct printer *p, const struct optimizer_section *section,
                           const struct run *run, bool tells_rules)
{
    size_t told = 0, count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < section->hyperparameter_count; i++) {
        const struct hyperparameter *given = &section->hyperparameters[i];
        print_setting(p, given->name.text, given->value.text, NULL, &told);
    }
    for (size_t i = 0; i < count; i++) {
        bool is_wanted = !strcmp(keys[i].section, "optimizer") && strcmp(keys[i].name, "method")
                         && strcmp(keys[i].name, "color") && strcmp(keys[i].name, "dialect");
        const char *value = is_wanted ? value_text(&keys[i], section, &p->arena) : NULL;
        if (value && !(keys[i].standard && !strcmp(value, keys[i].standard))) {
            print_setting(p, keys[i].name, value, around_id(run, keys[i].name, &p->arena), &told);
        }
    }
    if (tells_rules) {
        print_setting(p, "rules of", dialect_owners[run->dialect], NULL, &told);
    }
}

static void note_film(struct appearances *seen, size_t film)
{
    if (!seen->count || seen->films[seen->count - 1] != film) {
        seen->films[seen->count++] = film;
    }
}

static void note_wrapper(const struct printer *p, const struct wrapper *wrapper, size_t film)
{
    size_t count;
    const struct wrapper *const *list = wrapper_list(&count);
    for (size_t i = 0; i < count; i++) {
        if (list[i] == wrapper) {
            note_film(&p->wrappers[i], film);
        }
    }
}

/* Whose rules all runs follow; NULL: not all of them the same. */
static const char *rules_of(const struct session *session)
{
    enum dialect dialect = session->runs[0].dialect;
    for (size_t i = 1; i < session->preset.optimizer_count; i++) {
        if (session->runs[i].dialect != dialect) {
            return NULL;
        }
    }
    return dialect_owners[dialect];
}

/* Which methods, with what the preset gives them. */
static void print_runs(struct printer *p, const struct session *session, size_t film)
{
    fputs("<ul class=\"runs\">\n", p->stream);
    for (size_t i = 0; i < session->preset.optimizer_count; i++) {
        const struct optimizer_section *section = &session->preset.optimizers[i];
        const struct optimizer *optimizer = session->runs[i].optimizer;
        note_film(&p->methods[index_of(optimizer)], film);
        note_wrapper(p, session->runs[i].wrapping.wrapper, film);
        around_note(&p->around, &session->runs[i]);
        fprintf(p->stream, "<li><a href=\"#method-%s\">", optimizer->name);
        xml_print(description_plain(section->label.text, &p->arena), p->stream);
        fputs("</a>", p->stream);
        print_settings(p, section, &session->runs[i], !rules_of(session));
        fputs("</li>\n", p->stream);
    }
    fputs("</ul>\n", p->stream);
}

static void print_facts(struct printer *p, const struct session *session, size_t index)
{
    const struct problem_section *problem = &session->preset.problem;
    size_t steps = trajectory_longest(session->trajectories, session->preset.optimizer_count) - 1;
    const char *rules = rules_of(session);
    fprintf(p->stream, "<p class=\"facts\">From %s, %zu step%s, the rules of %s in %s precision. "
            "<a href=\"", description_point(session->objective.start, &p->arena),
            steps, steps == 1 ? "" : "s", rules ? rules : "several libraries",
            problem->precision == PRECISION_SINGLE ? "single" : "double");
    print_link(p, "", p->names[index], ".mp4");
    fputs("\">Film<span class=\"unseen\"> of ", p->stream);
    xml_print(p->names[index], p->stream);
    fputs("</span></a> <a href=\"", p->stream);
    print_link(p, "", p->names[index], ".png");
    fputs("\">Still<span class=\"unseen\"> of ", p->stream);
    xml_print(p->names[index], p->stream);
    fputs("</span></a></p>\n", p->stream);
}

static void print_film(struct printer *p, const struct session *session, size_t index)
{
    const struct figure_section *figure = &session->preset.figure;
    const char *heading = heading_of(p, session);
    fprintf(p->stream, "<article class=\"film\" id=\"film-%zu\">\n", index + 1);
    print_text(p, "p class=\"name\"", session->preset.name);
    print_text(p, "h3", heading);
    print_formula(p, session);
    print_player(p, session, index, heading);
    fputs("<div class=\"words\">\n<div>\n", p->stream);
    if (figure->caption.text) {
        print_text(p, "p class=\"caption\"", description_plain(figure->caption.text, &p->arena));
    }
    print_facts(p, session, index);
    fputs("</div>\n", p->stream);
    print_runs(p, session, index);
    fputs("</div>\n", p->stream);
    print_claims(p, session);
    fputs("</article>\n", p->stream);
}

/* Reads and runs a preset that was rendered; what there is to warn of has been said. */
static bool print_preset(struct printer *p, size_t index, struct error *err)
{
    struct session session;
    struct report report = { 0 };
    bool good = session_load(&session, &p->gallery->requests[index], &report, err)
                && session_compute(&session, &report, err);
    if (good) {
        const char *name = session.preset.name;
        p->names[index] = arena_copy(&p->arena, name, strlen(name));
        print_film(p, &session, index);
    } else if (!err->text[0]) {
        error_set(err, ERROR_PRESET, "'%s' was changed meanwhile",
                  p->gallery->requests[index].preset_path);
    }
    session_finish(&session);
    report_finish(&report);
    return good;
}

static bool is_same_rule(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* Dialects that share a rule share its place; one of all of them names none. Some have none. */
static void print_rules(struct printer *p, const char *const *rules)
{
    fputs("<dl class=\"rules\">\n", p->stream);
    for (enum dialect first = 0; first < DIALECT_COUNT; first++) {
        const char *who = dialect_titles[first];
        size_t sharing = 0;
        bool was_shown = !rules[first];
        for (enum dialect other = 0; other < DIALECT_COUNT; other++) {
            bool is_same = is_same_rule(rules[other], rules[first]);
            was_shown |= is_same && other < first;
            sharing += is_same;
            who = is_same && other > first
                      ? arena_printf(&p->arena, "%s, %s", who, dialect_titles[other]) : who;
        }
        if (was_shown) {
            continue;
        }
        fprintf(p->stream, "<div><dt>%s</dt>\n<dd class=\"math\">",
                sharing == DIALECT_COUNT ? "Rule" : who);
        rule_mathml(rules[first], p->stream);
        fputs("</dd></div>\n", p->stream);
    }
    fputs("</dl>\n", p->stream);
}

static void print_value(const struct printer *p, const struct parameter *parameter,
                        enum dialect dialect)
{
    char text[NUMBER_SIZE];
    double value = parameter->defaults[dialect];
    const char *const *words = parameter_words(parameter);
    if (!parameter_exists(parameter, dialect)) {
        fputs("&#x2013;", p->stream);
    } else if (isnan(value)) {
        fputs("to be given", p->stream);
    } else if (value == LEAST_VALUE) {
        fputs("that of the stated minimum", p->stream);
    } else if (words) {
        fputs(words[(size_t)value], p->stream);
    } else {
        number_print(text, value, SHOWN_DIGITS);
        fputs(text, p->stream);
    }
}

static bool is_same_everywhere(const struct parameter *parameter)
{
    bool same = true;
    for (enum dialect dialect = 1; dialect < DIALECT_COUNT; dialect++) {
        double a = parameter->defaults[0], b = parameter->defaults[dialect];
        same &= a == b || (isnan(a) && isnan(b));
    }
    return same;
}

static void print_parameters(const struct printer *p, const struct optimizer *optimizer)
{
    fputs("<table>\n<thead><tr><th scope=\"col\">Hyper-parameter</th><th scope=\"col\">Default"
          "</th><th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n", p->stream);
    for (const struct parameter *row = optimizer->parameters; row->name; row++) {
        fprintf(p->stream, "<tr><th scope=\"row\"><code>%s</code></th><td>", row->name);
        if (is_same_everywhere(row)) {
            print_value(p, row, 0);
        } else {
            for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
                fprintf(p->stream, "<span class=\"dialect\"><span>%s</span> ",
                        dialect_titles[dialect]);
                print_value(p, row, dialect);
                fputs("</span> ", p->stream);
            }
        }
        fputs("</td><td>", p->stream);
        xml_print(row->help, p->stream);
        fputs("</td></tr>\n", p->stream);
    }
    fputs("</tbody>\n</table>\n", p->stream);
}

static void print_seen(const struct printer *p, const struct appearances *seen, const char *source)
{
    fprintf(p->stream, "<p class=\"facts\">%s", seen->count ? "Seen in " : "");
    for (size_t i = 0; i < seen->count; i++) {
        fprintf(p->stream, "%s<a href=\"#film-%zu\">", i ? ", " : "", seen->films[i] + 1);
        xml_print(p->names[seen->films[i]], p->stream);
        fputs("</a>", p->stream);
    }
    fputs(seen->count ? ". " : "", p->stream);
    xml_print(source, p->stream);
    fputs(".</p>\n</article>\n", p->stream);
}

static void print_method(struct printer *p, const struct optimizer *optimizer,
                         const struct appearances *seen)
{
    fprintf(p->stream, "<article class=\"method\" id=\"method-%s\">\n", optimizer->name);
    print_text(p, "h3", optimizer->title);
    print_text(p, "p", optimizer->story);
    print_rules(p, optimizer->rules);
    for (const struct alternative *other = optimizer->alternatives; other->when; other++) {
        fprintf(p->stream, "<p class=\"facts\">With <code>%s</code>:</p>\n", other->when);
        print_rules(p, other->rules);
    }
    print_parameters(p, optimizer);
    print_seen(p, seen, optimizer->source);
}

/* What is put around methods, as a preset's wrap says. */
static void print_wrapper(struct printer *p, const struct wrapper *wrapper,
                          const struct appearances *seen)
{
    fprintf(p->stream, "<article class=\"method\" id=\"wrapper-%s\">\n", wrapper->name);
    print_text(p, "h3", wrapper->title);
    print_text(p, "p", wrapper->story);
    fputs("<dl class=\"rules\">\n<div><dt>Around a method</dt>\n<dd class=\"math\">", p->stream);
    rule_mathml(wrapper->rule, p->stream);
    fputs("</dd></div>\n</dl>\n<p class=\"facts\">Usually <code>", p->stream);
    xml_print(wrapper_usage(wrapper, &p->arena), p->stream);
    fputs("</code>.</p>\n", p->stream);
    print_seen(p, seen, wrapper->source);
}

static void print_methods(struct printer *p)
{
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    fputs("</section>\n<section aria-labelledby=\"methods\">\n<h2 id=\"methods\">Methods</h2>\n"
          "<p class=\"lead\">In the rules x is one coordinate of the point and g the gradient "
          "there; each coordinate goes by itself. t is the number of the step, from 1, lr the "
          "learning rate, and the arrow reads &#x201C;becomes&#x201D;. What is remembered "
          "from step to step begins at 0 unless a rule or a default says otherwise. Libraries "
          "write the same method in different ways, here called dialects.</p>\n", p->stream);
    for (size_t i = 0; i < count; i++) {
        if (p->gallery->all_methods || p->methods[i].count) {
            print_method(p, list[i], &p->methods[i]);
        }
    }
    const struct wrapper *const *wrappers = wrapper_list(&count);
    for (size_t i = 0; i < count; i++) {
        if (p->gallery->all_methods || p->wrappers[i].count) {
            print_wrapper(p, wrappers[i], &p->wrappers[i]);
        }
    }
    fputs("</section>\n", p->stream);
}

static void print_end(const struct printer *p)
{
    fprintf(p->stream, "</main>\n<footer><p>Made by %s %s. All numbers are those of "
            "the paths that the films show.</p></footer>\n<script>\n%s</script>\n</body>\n"
            "</html>\n", PACKAGE_NAME, PACKAGE_VERSION, optrender_gallery_js);
}

static struct appearances *appearances_of(struct printer *printer, size_t count)
{
    struct appearances *all = arena_new(&printer->arena, count, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i].films = arena_new(&printer->arena, printer->gallery->count, sizeof *all[i].films);
    }
    return all;
}

bool gallery_print(const struct gallery *gallery, FILE *stream, struct error *err)
{
    struct printer printer = { .gallery = gallery, .stream = stream };
    size_t methods, wrappers;
    optimizer_list(&methods);
    wrapper_list(&wrappers);
    printer.names = arena_new(&printer.arena, gallery->count, sizeof *printer.names);
    printer.methods = appearances_of(&printer, methods);
    printer.wrappers = appearances_of(&printer, wrappers);
    printer.around = around_none(&printer.arena);
    print_head(&printer);
    print_start(&printer);
    bool good = true;
    for (size_t i = 0; good && i < gallery->count; i++) {
        good = print_preset(&printer, i, err);
    }
    if (good) {
        print_methods(&printer);
        around_print(&printer.around, gallery->all_methods, stream, &printer.arena);
        print_end(&printer);
    }
    arena_finish(&printer.arena);
    return good;
}
