/* The table of keys, and presets that are printed and loaded again. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/keys.h"
#include "load/value.h"
#include "load/words.h"
#include "loaded.h"

START_TEST(the_table_of_keys_is_sound)
{
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct key *key = &keys[i];
        bool is_number = key->type <= KEY_MAYBE_WHOLE || key->type == KEY_POINT
                         || key->type == KEY_RANGE || key->type == KEY_SWEEP
                         || key->type == KEY_MINIMA || key->type == KEY_PARAM;
        bool has_choices = key->type == KEY_CHOICE || key->type == KEY_PANELS;
        ck_assert_msg((key->min < key_max(key)) == is_number, "%s.%s", key->section, key->name);
        ck_assert((key->choices != NULL) == has_choices);
        ck_assert(key->help && strlen(key->help) > 5);
        ck_assert_ptr_nonnull(key_type_name(key->type));
        if (key->type != KEY_LET && key->type != KEY_PARAM && key->type != KEY_CLAIM) {
            ck_assert_ptr_eq(key_find(key->section, key->name), key); /* unique */
        }
        for (size_t k = 0; k + 1 < i; k++) { /* a section is in one piece */
            ck_assert(strcmp(keys[k].section, key->section)
                      || !strcmp(keys[i - 1].section, key->section));
        }
    }
    ck_assert_str_eq(key_find("problem", "let r")->name, "let NAME");
    ck_assert_str_eq(key_find("problem", "param r")->name, "param NAME");
    ck_assert_ptr_null(key_find("problem", "params"));
    ck_assert_ptr_null(key_find("problem", "lets"));
    ck_assert_ptr_null(key_find("film", "levels"));
}
END_TEST

union any {
    struct preset preset;
    struct optimizer_section optimizer;
};

/* Reads text by the key's row; the text of what was read, NULL if refused. */
static const char *there_and_back(const struct key *key, const char *value, struct arena *arena)
{
    struct report report = { 0 };
    union any base = { .preset = { .name = NULL } };
    struct text text = { value, strlen(value), { 0 } };
    bool good = value_read(&(struct value_reader){ key->section, arena, &report }, key, &text,
                           &base);
    ck_assert_uint_eq(report.errors, good ? 0 : 1);
    report_finish(&report);
    return good ? value_text(key, &base, arena) : NULL;
}

static void check_limits(const struct key *key, struct arena *arena)
{
    static const struct {
        const char *before, *after;
    } forms[KEY_TYPE_COUNT] = {
        [KEY_NUMBER] = { "", "" }, [KEY_WHOLE] = { "", "" }, [KEY_MAYBE_NUMBER] = { "", "" },
        [KEY_MAYBE_WHOLE] = { "", "" }, [KEY_POINT] = { "1, ", "" },
        [KEY_SWEEP] = { "10 .. ", "" }, [KEY_MINIMA] = { "0, 0 | ", ", 2" },
    };
    const char *before = forms[key->type].before, *after = forms[key->type].after;
    double most = key_max(key), width = most - key->min, inside[] = { key->min, most };
    double outside[] = { key->min - width, most + width };
    for (size_t i = 0; before && i < 2; i++) {
        const char *text = arena_printf(arena, "%s%.15g%s", before, inside[i], after);
        ck_assert_str_eq(there_and_back(key, text, arena), text);
        text = arena_printf(arena, "%s%.15g%s", before, outside[i], after);
        ck_assert_msg(!there_and_back(key, text, arena), "%s %s = %s", key->section, key->name,
                      text);
    }
}

START_TEST(every_key_reads_and_prints_its_values)
{
    static const char *const samples[KEY_TYPE_COUNT][3] = {
        [KEY_YES_NO] = { "yes", "no" },
        [KEY_STRING] = { "a b \xc3\xa9" },
        [KEY_TEXT] = { "x^2  + y" },
        [KEY_POINT] = { "0.1, -2e-07", "0.0001, 3" },
        [KEY_RANGE] = { "-4.5 .. 4.5", "0.1 .. 1e+18", "-1e+18 .. 0.3333333333333333" },
        [KEY_SWEEP] = { "2.5", "3 .. 60", "60.5 .. 20" },
        [KEY_COLOR] = { "#1f77b4", "#000000", "#ffffff" },
        [KEY_MINIMA] = { "none", "3, 0.5", "1, 2 | 3, 4 | 5, 6" },
        [KEY_CALL] = { "cosine", "cosine(.. 0.001)", "a-b(0.1 .. 0.5 .. 1e-09, at 3 40, c 2)" },
        [KEY_PANELS] = { "surface", "contour, surface", "surface, contour" },
    };
    struct arena arena = { 0 };
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct key *key = &keys[i];
        check_limits(key, &arena);
        for (size_t k = 0; k < 3 && samples[key->type][k]; k++) {
            ck_assert_str_eq(there_and_back(key, samples[key->type][k], &arena),
                             samples[key->type][k]);
        }
        for (size_t k = 0; key->choices && key->choices[k]; k++) {
            ck_assert_str_eq(there_and_back(key, key->choices[k], &arena), key->choices[k]);
        }
        if (key->standard) {
            ck_assert_str_eq(there_and_back(key, key->standard, &arena), key->standard);
        }
    }
    arena_finish(&arena);
}
END_TEST

/* Whether the preset above states the key; an empty line ends a section. */
static bool is_in_everything(const struct key *key)
{
    char title[64], line[64];
    snprintf(title, sizeof title, "[%s", key->section);
    snprintf(line, sizeof line, "\n%s = ", key->name);
    const char *start = strstr(everything, title);
    const char *end = strstr(start, "\n\n"), *found = strstr(start, line);
    return found && (!end || found < end);
}

START_TEST(a_printed_preset_loads_as_the_same)
{
    struct loaded loaded = load_text(everything);
    ck_assert_str_eq(loaded.messages, "");
    char *text = printed(&loaded.preset);
    ck_assert_str_eq(text, everything);
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) { /* nothing of the table is missing above */
        ck_assert_msg(keys[i].type == KEY_LET || keys[i].type == KEY_PARAM
                          || !strcmp(keys[i].name, "function")
                          || is_in_everything(&keys[i]),
                      "%s.%s", keys[i].section, keys[i].name);
    }
    free(text);
    loaded_free(&loaded);
}
END_TEST

START_TEST(the_shipped_presets_print_and_load)
{
    static const char *const names[] = { "quad", "booth", "hyper", "beale" };
    char path[64];
    snprintf(path, sizeof path, "../presets/%s.ini", names[_i]);
    struct loaded loaded = load_file(test_path(path), NULL, 0);
    char *text = printed(&loaded.preset);
    struct loaded again = load_text(text);
    char *same = printed(&again.preset);
    ck_assert(again.good);
    ck_assert_str_eq(same, text);
    free(text);
    free(same);
    loaded_free(&loaded);
    loaded_free(&again);
}
END_TEST

/* Whatever it looks like, and with every default written out. */
START_TEST(what_means_the_same_is_printed_the_same)
{
    static const char canonical[] =
        "[figure]\ncaption = a b\n\n"
        "[problem]\nformula = x + y ^ 2\nsteps = 7\nparam a = 0.1\nparam b = 20\n"
        "let r = x + 1\n\n[optimizer A b]\nmethod = momentum\nlearning_rate = 0.1\n"
        "momentum = 0.5\n\n"
        "[film]\ndpi = 72.5\n";
    static const char *const spellings[] = {
        canonical,
        "\xef\xbb\xbf; c\r\n[film]\r\ndpi=+72.50 ; c\r\ncounter =no\r\n[optimizer\tA   b]\r\n"
        "momentum = .5\r\nlearning_rate = 1e-1\r\nmethod = momentum\r\n[loss]\r\n[problem]\r\n"
        "let  r =  x  + 1\r\nparam  b = 40 / 2\r\nparam a = .10\r\nsteps = 7\r\n"
        "formula = x +\r\n   ; c\r\n   y  ^ 2\r\n"
        "[figure]\r\ntheme = article\r\ncaption =  a \t b\r\n",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        struct loaded loaded = load_text(spellings[i]);
        ck_assert_str_eq(loaded.messages, "");
        char *text = printed_as(&loaded.preset, PRINT_CANONICAL);
        ck_assert_str_eq(text, canonical);
        free(text);
        /* All that it leaves out is what a reader fills in. */
        struct loaded again = load_text(canonical);
        char *all = printed(&loaded.preset), *same = printed(&again.preset);
        ck_assert_str_eq(all, same);
        free(all);
        free(same);
        loaded_free(&loaded);
        loaded_free(&again);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("print");
    TCase *cases = tcase_create("print");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_table_of_keys_is_sound);
    tcase_add_test(cases, every_key_reads_and_prints_its_values);
    tcase_add_test(cases, a_printed_preset_loads_as_the_same);
    tcase_add_test(cases, what_means_the_same_is_printed_the_same);
    tcase_add_loop_test(cases, the_shipped_presets_print_and_load, 0, 4);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
