/* Text, markup, numbers for people, ticks. */
#include "support.h"

int main(void)
{
    Suite *suite = suite_create("text");
    return run_suite(suite);
}
