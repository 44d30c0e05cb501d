#include "load/call.h"

#include <string.h>

#include "base/number.h"
#include "load/words.h"

static const char SPACE[] = " \t\r\n";

/* What reads one value. */
struct caller {
    const struct value_reader *reader;
    const struct key *key;
    const struct text *text;
};

/* The bytes start .. end of the value, trimmed. An empty part is pointed at by what follows. */
static struct text part_of(const struct caller *caller, size_t start, size_t end)
{
    const char *text = caller->text->text;
    while (start < end && strchr(SPACE, text[start])) {
        start++;
    }
    while (end > start && strchr(SPACE, text[end - 1])) {
        end--;
    }
    size_t shown = end > start ? end - start : 1;
    return (struct text){ text + start, end - start, text_place(caller->text, start, shown) };
}

static size_t start_of(const struct caller *caller, const struct text *part)
{
    return (size_t)(part->text - caller->text->text);
}

static bool read_number(const struct caller *caller, const struct text *part,
                        struct call_item *item)
{
    struct maybe_number *number = &item->numbers[item->count++];
    number->place = part->place;
    number->given = value_number(caller->reader, caller->key, part, &number->value);
    return number->given;
}

/* "A .. B .. C", or a number alone. */
static bool read_range(const struct caller *caller, const struct text *part,
                       struct call_item *item)
{
    size_t at = start_of(caller, part), end = at + part->length;
    for (bool is_first = true; at <= end; is_first = false) {
        const char *dots = strstr(caller->text->text + at, "..");
        size_t stop = dots && dots < part->text + part->length
                          ? (size_t)(dots - caller->text->text) : end;
        struct text number = part_of(caller, at, stop);
        if (is_first && !number.length && stop < end) {
            item->numbers[item->count++] = (struct maybe_number){ .place = number.place };
        } else if (!read_number(caller, &number, item)) {
            return false;
        }
        at = stop < end ? stop + strlen("..") : end + 1;
    }
    return true;
}

/* A word has a number behind it, without a '='. */
static bool refuse_bare(const struct caller *caller, const struct text *part)
{
    size_t equals = strcspn(part->text, "="), word = strcspn(part->text, "= ");
    bool has_value = equals + 1 < part->length;
    struct shown name = words_shown(part->text, word < part->length ? word : part->length);
    struct shown value = words_shown(part->text + equals + 1,
                                     has_value ? part->length - equals - 1 : 0);
    const char *message = arena_printf(caller->reader->arena, "'%s' needs a number behind it; "
                                       "write '%s %s'", name.text, name.text,
                                       has_value ? value.text : "N");
    return value_refuse(caller->reader, caller->key, part, message);
}

/* "WORD NUMBER NUMBER ..." */
static bool read_named(const struct caller *caller, const struct text *part,
                       struct call_item *item)
{
    size_t at = start_of(caller, part), end = at + part->length;
    if (memchr(part->text, '=', part->length)) {
        return refuse_bare(caller, part);
    }
    for (size_t stop; at < end; at = stop) {
        at += strspn(caller->text->text + at, SPACE);
        stop = at + strcspn(caller->text->text + at, SPACE);
        stop = stop < end ? stop : end;
        struct text word = part_of(caller, at, stop);
        if (!item->word.text) {
            word.text = arena_copy(caller->reader->arena, word.text, word.length);
            item->word = word;
        } else if (!read_number(caller, &word, item)) {
            return false;
        }
    }
    return item->count || refuse_bare(caller, part);
}

static bool read_item(const struct caller *caller, const struct text *part,
                      struct call_item *item)
{
    *item = (struct call_item){
        .place = part->place,
        .numbers = arena_new(caller->reader->arena, part->length + 1, sizeof *item->numbers),
    };
    if (!part->length) {
        return value_refuse(caller->reader, caller->key, part, "an argument is missing");
    }
    bool is_range = strchr("+-.0123456789", part->text[0]) != NULL;
    return (is_range ? read_range : read_named)(caller, part, item);
}

/* The first ')' behind the '(' is the value's last byte. */
static bool check_end(const struct caller *caller, size_t open)
{
    const struct text *text = caller->text;
    size_t close = open + strcspn(text->text + open, ")");
    if (close + 1 == text->length) {
        return true;
    }
    if (close >= text->length) {
        struct text last = part_of(caller, text->length - 1, text->length);
        return value_refuse(caller->reader, caller->key, &last, "the ')' is missing at the end");
    }
    struct text rest = part_of(caller, close + 1, text->length);
    struct shown shown = words_shown(rest.text, rest.length);
    const char *message = arena_printf(caller->reader->arena, "'%s' stands behind the ')'; an "
                                       "optimizer has one %s only", shown.text, caller->key->name);
    return value_refuse(caller->reader, caller->key, &rest, message);
}

static bool read_call(const struct caller *caller, struct call_value *call)
{
    const struct text *text = caller->text;
    size_t open = strcspn(text->text, "("), commas = 0;
    open = open < text->length ? open : text->length;
    struct text name = part_of(caller, 0, open);
    struct call_value read = { .name = name };
    if (!name.length) {
        return value_refuse(caller->reader, caller->key, &name, "a name is missing before '('");
    }
    if (open < text->length && !check_end(caller, open)) {
        return false;
    }
    for (size_t i = 0; i < text->length; i++) {
        commas += text->text[i] == ',';
    }
    read.name.text = arena_copy(caller->reader->arena, name.text, name.length);
    read.items = arena_new(caller->reader->arena, commas + 1, sizeof *read.items);
    size_t at = open + 1;
    if (at < text->length && !part_of(caller, at, text->length - 1).length && !commas) {
        at = text->length; /* "NAME()" is NAME */
    }
    for (size_t stop; at < text->length; at = stop + 1) {
        stop = at + strcspn(text->text + at, ",");
        stop = stop < text->length ? stop : text->length - 1;
        struct text part = part_of(caller, at, stop);
        if (!read_item(caller, &part, &read.items[read.count++])) {
            return false;
        }
    }
    *call = read;
    return true;
}

bool call_read(const struct value_reader *reader, const struct key *key,
               const struct text *text, struct call_value *call)
{
    const struct caller caller = { reader, key, text };
    call->is_refused |= !read_call(&caller, call);
    return !call->is_refused;
}

static const char *item_text(const struct call_item *item, struct arena *arena)
{
    const char *text = item->word.text ? item->word.text : "";
    for (size_t i = 0; i < item->count; i++) {
        char number[NUMBER_SIZE] = "";
        if (item->numbers[i].given) {
            number_print_shortest(number, item->numbers[i].value);
        }
        const char *gap = item->word.text ? " " : !i ? "" : *text ? " .. " : ".. ";
        text = arena_printf(arena, "%s%s%s", text, gap, number);
    }
    return text;
}

const char *call_text(const struct call_value *call, struct arena *arena)
{
    const char *text = call->name.text;
    for (size_t i = 0; i < call->count; i++) {
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "(",
                            item_text(&call->items[i], arena));
    }
    return call->count ? arena_printf(arena, "%s)", text) : text;
}
