/* What the tests of written files share: a folder of their own, a picture, and
 * a call that writes it in any format. */
#ifndef TESTS_OUTPUTS_H
#define TESTS_OUTPUTS_H

#include "support.h"

#include <stdbool.h>

#include "write/sink.h"

enum { WIDTH = 65, HEIGHT = 47, FRAMES = 5 };

/* Of the sizes above, 200 ms per frame, 144 dots per inch. */
extern const struct sink_info usual;

/* Each test's own folder: set up and torn down as a checked fixture. */
extern char folder[64];
void make_folder(void);
void remove_folder(void);

/* The path of name in the folder, valid until the next four calls. */
const char *in_folder(const char *name);

/* Files, folders and links in the folder, hidden ones too. */
int entries(void);

/* Makes a file of text; tells whether a file is that text, or like another. */
void put(const char *path, const char *text);
bool holds(const char *path, const char *text);
bool same_bytes(const char *a, const char *b);

/* Gives an open sink the picture, as what its kind wants. */
bool fill(struct sink *sink, struct error *err);

/* Opens, fills and closes; false with err as soon as one step fails. */
bool write_file(const struct format *format, const char *path, struct error *err);

#endif
