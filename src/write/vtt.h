/* The captions of a film as WebVTT, for documents that hold it. */
#ifndef WRITE_VTT_H
#define WRITE_VTT_H

#include <stdio.h>

#include "write/sink.h"

/* The whole text, without a record. Who looks whether it is written is the caller. */
void vtt_print(const struct sink_info *info, FILE *stream);

#endif
