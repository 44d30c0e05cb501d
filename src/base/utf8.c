#include "base/utf8.h"

/* Whether the first two bytes can begin a character of so many bytes. */
static bool begins_well(const unsigned char *bytes)
{
    unsigned char lead = bytes[0];
    unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return lead >= 0xC2 && lead <= 0xF4 && bytes[1] >= lowest && bytes[1] <= highest;
}

size_t utf8_read(const char *text, size_t length, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (!length) {
        return 0;
    }
    if (bytes[0] < 0x80) {
        *code = bytes[0];
        return 1;
    }
    size_t wanted = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    if (length < wanted || !begins_well(bytes)) {
        return 0;
    }
    uint32_t value = bytes[0] & (0x7FU >> wanted);
    for (size_t i = 1; i < wanted; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3FU);
    }
    *code = value;
    return wanted;
}

void utf8_write(char text[UTF8_SIZE], uint32_t code)
{
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    text[length] = '\0';
    for (size_t i = length - 1; i > 0; i--) {
        text[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    text[0] = (char)(length == 1 ? code : (0xF00U >> length & 0xFFU) | code);
}

bool utf8_is_unseen(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } unseen[] = {
        { 0, 0x1F }, { 0x7F, 0xA0 }, { 0xAD, 0xAD }, { 0x200B, 0x200F }, { 0x2028, 0x202E },
        { 0x2060, 0x206F }, { 0xFEFF, 0xFEFF },
    };
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++) {
        if (code >= unseen[i].first && code <= unseen[i].last) {
            return true;
        }
    }
    return false;
}
