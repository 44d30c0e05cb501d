/* The little markup of labels: Greek letters, signs, and sub- and superscripts.
 *
 *     \alpha \Omega \varepsilon \times \infty    by their TeX names
 *     x^2  \beta_1  10^-3  x_{min}^{2n}          scripts; both on one base
 *     \_ \^ \\ \{ \}                             the characters themselves
 *     -3  e^{-x}                                 a minus sign, not a hyphen
 *
 * Ordinary labels stay as they are: snake_case, GD_lr, lr_1e-3, C:\temp. A
 * script needs a base, and then a {group}, a number, or one letter or \name.
 * Without braces
 *   - no letter or digit may follow it, unless it is a number raised (x^2y);
 *   - after '_' no second '_' may follow, nor one stand in the word before.
 * Scripts may hold scripts once. What is not understood is shown as it is. */
#ifndef PLOT_MARKUP_H
#define PLOT_MARKUP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct markup;

/* What one base carries; NULL: nothing there. */
struct markup_scripts {
    struct markup *above, *below;
};

/* No character is as large: MARKUP_SCRIPTS + i among the codes stands for
 * scripts[i], which belong to the character before. */
enum { MARKUP_SCRIPTS = 0x110000 };

/* One line, in the order of reading. */
struct markup {
    uint32_t *codes;
    size_t count;
    struct markup_scripts *scripts;
    size_t script_count;
};

/* Reads a line of UTF-8 into the arena. Any bytes are good: see text_shape. */
struct markup *markup_parse(struct arena *arena, const char *text);

/* The same without markup: every character stands for itself. */
struct markup *markup_plain(struct arena *arena, const char *text);

/* The symbols, for documentation and tests; name NULL ends them. */
struct markup_symbol {
    const char *name; /* without the backslash */
    uint32_t code;
};
extern const struct markup_symbol markup_symbols[];

#endif
