#include "render/image.h"

struct pixels pixels_common(struct pixels a, struct pixels b)
{
    int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;
    return (struct pixels){ left, top, right > left ? right - left : 0,
                            bottom > top ? bottom - top : 0 };
}

struct pixels pixels_union(struct pixels a, struct pixels b)
{
    int left = a.x < b.x ? a.x : b.x, top = a.y < b.y ? a.y : b.y;
    int right = a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;
    return (struct pixels){ left, top, right - left, bottom - top };
}
