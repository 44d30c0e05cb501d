/* What the program does about signals. SIGINT, SIGTERM and SIGHUP ask the work to end
 * (base/interrupt.h). What has not ended soon after is ended: outputs are temporary files
 * until they are complete, so nothing is lost. */
#ifndef SIGNALS_H
#define SIGNALS_H

/* Before any thread is made. */
void signals_catch(void);

/* For what only prints: it ends quietly by SIGPIPE once nobody reads any more, as other tools
 * do, unless the signal was ignored when the program started. */
void signals_end_with_reader(void);

#endif
