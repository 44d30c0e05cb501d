#include "write/svg.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/xml.h"
#include "write/head.h"
#include "write/svg_path.h"

static const char PATH_MARK[] = " d=\"";

/* Names in the order in which a document mentions them; borrowed from it. */
struct names {
    struct name {
        const char *text;
        size_t length;
    } *items;
    size_t count, capacity;
};

static size_t name_index(struct names *names, const char *text, size_t length)
{
    size_t i = 0;
    while (i < names->count && (names->items[i].length != length
                                || memcmp(names->items[i].text, text, length))) {
        i++;
    }
    if (i == names->count) {
        names->items = memory_grow(names->items, i, &names->capacity, sizeof *names->items);
        names->items[names->count++] = (struct name){ text, length };
    }
    return i;
}

/* The length of the mark at text after which an id stands, or 0. */
static size_t mark_length(const char *text)
{
    static const char *const marks[] = { " id=\"", "\"#", "(#" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!strncmp(text, marks[i], strlen(marks[i]))) {
            return strlen(marks[i]);
        }
    }
    return 0;
}

/* Copies the text up to and with the next quote or bracket. */
static const char *copy_plain(const char *text, FILE *stream)
{
    size_t plain = 1 + strcspn(text + 1, " \"(");
    fwrite(text, 1, plain, stream);
    return text + plain;
}

static const char *copy_id(const char *text, size_t mark, struct names *names, FILE *stream)
{
    size_t length = strcspn(text + mark, "\")");
    size_t index = name_index(names, text + mark, length);
    fprintf(stream, "%.*sn%zu", (int)mark, text, index);
    return text + mark + length;
}

/* Path data in points are shortened; under a transform they may have any unit. */
static const char *copy_path(const char *text, FILE *stream)
{
    const char *data = text + strlen(PATH_MARK);
    size_t length = strcspn(data, "\"");
    const char *end = strchr(data, '>'), *transform = strstr(data + length, " transform=\"");
    if (transform && transform < end) {
        fwrite(text, 1, (size_t)(data + length - text), stream);
    } else {
        fputs(PATH_MARK, stream);
        svg_path_write(data, length, stream);
    }
    return data + length;
}

/* Copies SVG text with its ids renumbered. cairo numbers them by how many
 * surfaces the process has made before, which no other run repeats. */
static void copy_body(const char *text, FILE *stream)
{
    struct names names = { 0 };
    while (*text) {
        size_t mark = mark_length(text);
        if (mark) {
            text = copy_id(text, mark, &names, stream);
        } else if (!strncmp(text, PATH_MARK, strlen(PATH_MARK))) {
            text = copy_path(text, stream);
        } else {
            text = copy_plain(text, stream);
        }
    }
    free(names.items);
}

/* The attributes begin with a space, or are empty. */
static void print_element(const char *name, const char *attributes, const char *text,
                          FILE *stream)
{
    if (text) {
        fprintf(stream, "\n<%s%s>", name, attributes);
        xml_print(text, stream);
        fprintf(stream, "</%s>", name);
    }
}

static const char RECORD_BEGIN[] = "<metadata>", RECORD_END[] = "</metadata>";

const char *svg_record(FILE *file, struct arena *arena)
{
    char *text = head_read(file, "<?xml", RECORD_END);
    char *begin = text && head_ends_with(file, "</svg>\n") ? strstr(text, RECORD_BEGIN) : NULL;
    const char *record = NULL;
    if (begin) {
        begin += strlen(RECORD_BEGIN);
        begin[strlen(begin) - strlen(RECORD_END)] = '\0';
        record = xml_restore(arena_copy(arena, begin, strlen(begin)));
    }
    free(text);
    return record;
}

/* One picture with a name and a description, not a heap of shapes: WAI-ARIA. */
static void print_role(const struct svg_page *page, FILE *stream)
{
    const char *title = page->title ? "title" : "";
    const char *description = page->description ? "description" : "";
    fputs(" role=\"img\"", stream);
    if (*title || *description) {
        fprintf(stream, " aria-labelledby=\"%s%s%s\"", title,
                *title && *description ? " " : "", description);
    }
}

/* The opening tag; its viewBox is in points whatever the size it is shown at. */
static bool copy_tag(const char *tag, const char *end, const struct svg_page *page, FILE *stream)
{
    const char *size = strstr(tag, " width=\""), *box = strstr(tag, " viewBox=\"");
    if (!size || !box || size > box || box > end) {
        return false;
    }
    fwrite(tag, 1, (size_t)(size - tag), stream);
    if (page->width_px) {
        fprintf(stream, " width=\"%d\" height=\"%d\"", page->width_px, page->height_px);
    } else {
        fwrite(size, 1, (size_t)(box - size), stream);
    }
    fwrite(box, 1, (size_t)(end - 1 - box), stream);
    print_role(page, stream);
    fputc('>', stream);
    return true;
}

bool svg_complete(const char *text, const struct svg_page *page, FILE *stream)
{
    const char *tag = strstr(text, "<svg"), *end = tag ? strchr(tag, '>') : NULL;
    if (!end) {
        return false;
    }
    fwrite(text, 1, (size_t)(tag - text), stream);
    if (!copy_tag(tag, end + 1, page, stream)) {
        return false;
    }
    print_element("title", " id=\"title\"", page->title, stream);
    print_element("desc", " id=\"description\"", page->description, stream);
    print_element("metadata", "", page->record, stream);
    copy_body(end + 1, stream);
    return true;
}
