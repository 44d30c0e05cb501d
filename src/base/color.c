#include "base/color.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool color_parse(const char *text, size_t length, struct color *color)
{
    if ((length != 4 && length != 7 && length != 9) || text[0] != '#') {
        return false;
    }
    size_t width = length == 4 ? 1 : 2;
    double part[4] = { 0, 0, 0, 1 };
    for (size_t i = 0; 1 + i * width < length; i++) {
        int high = hex_digit(text[1 + i * width]);
        int low = hex_digit(text[i * width + width]);
        if (high < 0 || low < 0) {
            return false;
        }
        part[i] = (16 * high + low) / 255.0;
    }
    *color = (struct color){ part[0], part[1], part[2], part[3] };
    return true;
}

struct color color_hex(unsigned rgb)
{
    return (struct color){ (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                           (rgb & 255) / 255.0, 1 };
}

struct color color_fade(struct color color, double alpha)
{
    color.a *= alpha;
    return color;
}

struct color color_mix(struct color a, struct color b, double share)
{
    return (struct color){ a.r + share * (b.r - a.r), a.g + share * (b.g - a.g),
                           a.b + share * (b.b - a.b), a.a + share * (b.a - a.a) };
}
