#include "base/interrupt.h"

atomic_int interrupt_signal;

bool interrupted(struct error *err)
{
    return interrupt_signal && !error_set(err, ERROR_INTERRUPTED, "interrupted");
}

bool interrupt_is_told(void)
{
    static atomic_bool told;
    return atomic_exchange(&told, true);
}
