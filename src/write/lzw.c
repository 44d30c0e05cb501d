#include "write/lzw.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { CODES = 4096, BITS_MOST = 12, SYMBOLS = 256, BLOCK = 255 };

struct lzw {
    uint16_t next[CODES][SYMBOLS]; /* the code of a string and one more symbol; 0: none */
    int first;                     /* code of a string of several symbols */
    int count;                     /* codes that there are */
    int bits;                      /* of a code now */
    uint32_t held;                 /* bits that are not written yet */
    int held_bits;
    unsigned char *bytes;
    size_t size, capacity;
    size_t block;                  /* where the length of the block at hand is */
};

struct lzw *lzw_create(void)
{
    return memory_new(1, sizeof(struct lzw));
}

void lzw_destroy(struct lzw *lzw)
{
    if (lzw) {
        free(lzw->bytes);
        free(lzw);
    }
}

static void put_plain(struct lzw *lzw, unsigned byte)
{
    lzw->bytes = memory_grow(lzw->bytes, lzw->size, &lzw->capacity, 1);
    lzw->bytes[lzw->size++] = (unsigned char)byte;
}

static void put_byte(struct lzw *lzw, unsigned byte)
{
    if (lzw->bytes[lzw->block] == BLOCK) {
        lzw->block = lzw->size;
        put_plain(lzw, 0);
    }
    put_plain(lzw, byte);
    lzw->bytes[lzw->block]++;
}

static void put_code(struct lzw *lzw, unsigned code)
{
    lzw->held |= code << lzw->held_bits;
    lzw->held_bits += lzw->bits;
    while (lzw->held_bits >= 8) {
        put_byte(lzw, lzw->held & 255);
        lzw->held >>= 8;
        lzw->held_bits -= 8;
    }
}

/* Forgets all strings, those of the call before, too. */
static void clear(struct lzw *lzw, int bits)
{
    const unsigned clear_code = 1u << bits;
    put_code(lzw, clear_code);
    memset(lzw->next, 0, (size_t)lzw->count * sizeof *lzw->next);
    lzw->count = lzw->first = (int)clear_code + 2;
    lzw->bits = bits + 1;
}

/* Takes another code into use, as who reads it does one code later. */
static int add_code(struct lzw *lzw)
{
    lzw->bits += lzw->count == 1 << lzw->bits && lzw->bits < BITS_MOST;
    return lzw->count++;
}

const unsigned char *lzw_compress(struct lzw *lzw, const uint8_t *indices, size_t count, int bits,
                                  size_t *size)
{
    lzw->size = lzw->block = 0;
    lzw->held = 0;
    lzw->held_bits = 0;
    lzw->bits = bits + 1;
    put_plain(lzw, (unsigned)bits);
    lzw->block = lzw->size;
    put_plain(lzw, 0);
    clear(lzw, bits);
    int code = indices[0];
    for (size_t i = 1; i < count; i++) {
        int symbol = indices[i];
        int longer = lzw->next[code][symbol];
        if (longer) {
            code = longer;
            continue;
        }
        put_code(lzw, (unsigned)code);
        lzw->next[code][symbol] = (uint16_t)add_code(lzw);
        if (lzw->count == CODES) {
            clear(lzw, bits);
        }
        code = symbol;
    }
    put_code(lzw, (unsigned)code);
    add_code(lzw);
    put_code(lzw, (1u << bits) + 1); /* the end */
    if (lzw->held_bits) {
        put_byte(lzw, lzw->held & 255);
    }
    if (lzw->bytes[lzw->block]) {
        put_plain(lzw, 0);
    }
    *size = lzw->size;
    return lzw->bytes;
}
