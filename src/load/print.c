#include "load/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "load/keys.h"
#include "load/value.h"
#include "load/words.h"

struct printer {
    enum print_style style;
    FILE *stream;
    const char *title; /* of a section that has not been written yet, or NULL */
    bool is_first;
    struct arena scratch;
};

/* A section's title is written when its first line is: most are left out. */
static void begin_section(struct printer *printer, const char *title)
{
    printer->title = title;
}

static void write_title(struct printer *printer)
{
    if (printer->title) {
        fprintf(printer->stream, "%s[%s]\n", printer->is_first ? "" : "\n", printer->title);
        printer->title = NULL;
        printer->is_first = false;
    }
}

/* " ;" would begin a comment. */
static void write_line(struct printer *printer, const char *key, const char *value)
{
    write_title(printer);
    fprintf(printer->stream, "%s =%s%s\n", key, value[0] == ';' ? "" : " ", value);
}

static bool is_wanted(const struct printer *printer, const struct key *key, const char *text)
{
    return text && (printer->style == PRINT_ALL || !key->standard || strcmp(text, key->standard));
}

/* White space between the parts of a formula means nothing. */
static const char *key_text(struct printer *printer, const struct key *key, const void *base)
{
    const char *text = value_text(key, base, &printer->scratch);
    return text && key->type == KEY_TEXT
               ? words_collapse(&printer->scratch, text, strlen(text)) : text;
}

/* The keys of one section that have a value. */
static void write_keys(struct printer *printer, const char *section, const void *base)
{
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const char *text = strcmp(keys[i].section, section) ? NULL
                                                            : key_text(printer, &keys[i], base);
        if (is_wanted(printer, &keys[i], text)) {
            write_line(printer, keys[i].name, text);
        }
    }
}

static int compare_lets(const void *left, const void *right)
{
    const struct let *a = left, *b = right;
    return strcmp(a->name.text, b->name.text);
}

static void write_lets(struct printer *printer, const struct problem_section *problem)
{
    for (size_t i = 0; i < problem->let_count; i++) {
        const struct let *let = &problem->lets[i];
        write_line(printer, arena_printf(&printer->scratch, "let %s", let->name.text),
                   words_collapse(&printer->scratch, let->formula.text, let->formula.length));
    }
}

/* In the order of their names: what they mean does not depend on theirs. */
static void write_params(struct printer *printer, const struct problem_section *problem)
{
    struct let *sorted = arena_new(&printer->scratch, problem->param_count, sizeof *sorted);
    for (size_t i = 0; i < problem->param_count; i++) {
        sorted[i] = problem->params[i];
    }
    qsort(sorted, problem->param_count, sizeof *sorted, compare_lets);
    for (size_t i = 0; i < problem->param_count; i++) {
        write_line(printer, arena_printf(&printer->scratch, "param %s", sorted[i].name.text),
                   sorted[i].formula.text);
    }
}

static int compare_names(const void *left, const void *right)
{
    const struct hyperparameter *a = left, *b = right;
    return strcmp(a->name.text, b->name.text);
}

/* In the order of their names: what they mean does not depend on theirs. */
static void write_hyperparameters(struct printer *printer,
                                  const struct optimizer_section *optimizer)
{
    size_t count = optimizer->hyperparameter_count;
    struct hyperparameter *sorted = arena_new(&printer->scratch, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = optimizer->hyperparameters[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_names);
    for (size_t i = 0; i < count; i++) {
        const struct text *value = &sorted[i].value;
        char number[NUMBER_SIZE];
        double parsed;
        bool is_number = number_parse(value->text, value->length, &parsed);
        if (is_number) {
            number_print_shortest(number, parsed);
        }
        write_line(printer, sorted[i].name.text, is_number ? number : value->text);
    }
}

static void write_optimizers(struct printer *printer, const struct preset *preset)
{
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        const struct optimizer_section *optimizer = &preset->optimizers[i];
        begin_section(printer, arena_printf(&printer->scratch, "optimizer %s",
                                            optimizer->label.text));
        write_keys(printer, "optimizer", optimizer);
        write_hyperparameters(printer, optimizer);
    }
}

static void write_claims(struct printer *printer, const struct claim_section *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        const struct text *statement = &claims->items[i].statement;
        write_line(printer, claims->items[i].name.text,
                   words_collapse(&printer->scratch, statement->text, statement->length));
    }
}

void preset_print(const struct preset *preset, enum print_style style, FILE *stream)
{
    struct printer printer = { .style = style, .stream = stream, .is_first = true };
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const char *section = keys[i].section;
        if (i && !strcmp(section, keys[i - 1].section)) {
            continue;
        }
        if (!strcmp(section, "optimizer")) {
            write_optimizers(&printer, preset);
            continue;
        }
        begin_section(&printer, section);
        write_keys(&printer, section, preset);
        if (!strcmp(section, "problem")) {
            write_params(&printer, &preset->problem);
            write_lets(&printer, &preset->problem);
        } else if (!strcmp(section, "claim")) {
            write_claims(&printer, &preset->claims);
        }
    }
    arena_finish(&printer.scratch);
}
