/* Presets that are no presets, or hostile ones: refused soon and in little memory. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/limits.h"
#include "base/memory.h"
#include "loaded.h"

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* What must hold for any bytes: a clear answer, and what is good prints well. */
static void check_any(const char *bytes, size_t size)
{
    struct loaded loaded = load_bytes(bytes, size, NULL, 0);
    ck_assert(loaded.good == !loaded.report.errors);
    ck_assert(loaded.good || loaded.messages[0]);
    for (enum print_style style = PRINT_ALL; loaded.good && style <= PRINT_CANONICAL; style++) {
        char *text = printed_as(&loaded.preset, style);
        struct loaded again = load_text(text);
        ck_assert_msg(again.good, "%s%s", text, again.messages);
        char *same = printed_as(&again.preset, style);
        ck_assert_str_eq(same, text);
        free(same);
        loaded_free(&again);
        free(text);
    }
    loaded_free(&loaded);
}

START_TEST(garbage_never_crashes)
{
    unsigned state = 1;
    char bytes[600];
    for (int round = 0; round < 500; round++) {
        size_t size = next_random(&state) % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            bytes[i] = (char)next_random(&state);
        }
        check_any(bytes, size);
    }
}
END_TEST

START_TEST(damaged_presets_never_crash)
{
    static const char marks[] = "[]=;#|.,\n\n \t-+e19\xc3\xa9";
    unsigned state = 2;
    for (int round = 0; round < 1500; round++) {
        size_t size = strlen(everything);
        char *bytes = memory_new(size, 1);
        memcpy(bytes, everything, size);
        for (unsigned i = 0; i <= next_random(&state) % 4; i++) {
            bytes[next_random(&state) % size] = marks[next_random(&state) % (sizeof marks - 1)];
        }
        check_any(bytes, size - next_random(&state) % 2 * (next_random(&state) % size));
        free(bytes);
    }
}
END_TEST

static double load_seconds(const char *piece, const char *tail, size_t size)
{
    struct arena arena = { 0 };
    char *text = arena_new(&arena, size + 64, 1);
    size_t used = (size_t)sprintf(text, "%s", SMALL), number = 0;
    while (used + strlen(piece) + strlen(tail) + 32 < size) {
        used += (size_t)sprintf(text + used, "%s", piece);
        used += tail[0] ? (size_t)sprintf(text + used, "%zu%s", number++, tail) : 0;
    }
    clock_t begin = clock();
    struct loaded loaded = load_bytes(text, used, NULL, 0);
    loaded_free(&loaded);
    arena_finish(&arena);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

START_TEST(large_texts_take_linear_time)
{
    /* Repeated to fill the file; with a tail, a running number in between. */
    static const struct {
        const char *piece, *tail;
    } shapes[] = {
        { "xy", "" }, { "= ;", "" }, { "[", "" }, { "a=b\n", "" }, { "\n c", "" }, { " \n", "" },
        { "[contour]\n", "" }, { "h", "=1\n" }, { "[film]\nk", "=1\n" }, { "[s", "]\n" },
        { "[optimizer ", "]\n" }, { "[problem]\nlet a", "=x\n" }, { "[contour]\nlevel", "=x\n" },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const size_t most = (size_t)limit_of(LIMIT_BYTES);
        double quarter = load_seconds(shapes[i].piece, shapes[i].tail, most / 4);
        double whole = load_seconds(shapes[i].piece, shapes[i].tail, most);
        ck_assert_msg(whole < 9 * quarter + 0.05, "'%s': %g s for a quarter, %g s for all",
                      shapes[i].piece, quarter, whole);
    }
}
END_TEST

/* What a megabyte may cost: an order of magnitude above what was measured, so that a
 * slow machine passes and another order of growth does not. Sanitizers take more. */
static const double HOSTILE_SECONDS = 1;
enum { HOSTILE_KIB = 64 << 10 };

/* Under a sanitizer memory is not the program's alone. */
static bool is_sanitized(void)
{
#if defined __has_feature /* clang's */
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return true;
#else
    return false;
#endif
}

START_TEST(a_hostile_megabyte_is_refused_soon_and_in_little_memory)
{
    /* What begins the file, what fills it, and what is said of it. */
    static const struct {
        const char *head, *piece, *message;
    } hostile[] = {
        { "", "x", "text before the first [section]" },
        { "", "[", "the section's ']' is missing" },
        { SMALL, "=", "there is no key before the '='" },
        { SMALL "[contour]\nlevels = ", "9", "is not a finite number" },
        { SMALL "[contour]\nlevels = ", "(", "is not a number" },
        { SMALL "[contour]\nlevels = 4\n", " 5\n", "is not a number; an indented line" },
        { SMALL "[figure]\npanels = ", "loss,", "'loss' is there twice" },
        { "[optimizer A]\nmethod = adam\n[problem]\nfunction = quad\nminimum = ", "1,1|",
          "minima; a preset has at most 1000" },
        { SMALL "[figure]\ntitle = ", "\\alpha_{", "bytes; it has at most 10000" },
        { SMALL "[contour]\n", "levels = 4\n", "'levels' is given in [contour] already" },
        { SMALL, "[contour]\n", "section [contour] is there already" },
        { SMALL, "[optimizer A]\n", "section [optimizer A] is there already" },
        { SMALL "[claim]\n", "a b = 1\n", "'a b' is given in [claim] already" },
        { SMALL "[", "\xe2\x82\xac", "the section's ']' is missing" },
    };
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const char *head = hostile[i].head, *piece = hostile[i].piece;
        char *text = memory_new((size_t)limit_of(LIMIT_BYTES), 1);
        size_t used = (size_t)sprintf(text, "%s", head);
        for (; used + strlen(piece) < (size_t)limit_of(LIMIT_BYTES); used += strlen(piece)) {
            memcpy(text + used, piece, strlen(piece));
        }
        limit_set(LIMIT_LINE, limit_of(LIMIT_BYTES)); /* or long lines would not be looked at */
        clock_t begin = clock();
        struct loaded loaded = load_bytes(text, used, NULL, 0);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        ck_assert_msg(!loaded.good && strstr(loaded.messages, hostile[i].message), "%s: %s",
                      hostile[i].message, loaded.messages);
        ck_assert_msg(strlen(loaded.messages) < 20000, "%s", hostile[i].message);
        ck_assert_msg(seconds < HOSTILE_SECONDS, "%s: %g s", hostile[i].message, seconds);
        loaded_free(&loaded);
        free(text);
    }
    getrusage(RUSAGE_SELF, &after);
    ck_assert_msg(is_sanitized() || after.ru_maxrss - before.ru_maxrss < HOSTILE_KIB, "%ld KiB",
                  after.ru_maxrss - before.ru_maxrss);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("garbage");
    TCase *cases = tcase_create("garbage");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, garbage_never_crashes);
    tcase_add_test(cases, damaged_presets_never_crash);
    tcase_add_test(cases, large_texts_take_linear_time);
    tcase_add_test(cases, a_hostile_megabyte_is_refused_soon_and_in_little_memory);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
