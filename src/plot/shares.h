/* Where paths run along each other.
 *
 * A path that goes where another one has been before is drawn in dashes over
 * it, so that both are seen. What has been before is counted in steps, so the
 * answer is the same for every frame. */
#ifndef PLOT_SHARES_H
#define PLOT_SHARES_H

struct plot;

/* Fills in the shares of all paths of a plot whose page is laid out; leaves
 * them NULL for paths that run alone. */
void shares_find(struct plot *plot);

#endif
