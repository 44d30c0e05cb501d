/* THE LIST of formats: each name has its row NAME_format in this folder.
 * Included by sink.c, which defines X. */
X(mp4)
X(webm)
X(html)
X(gif)
X(apng)
X(y4m)
X(png)
X(svg)
X(pdf)
X(csv)
X(json)
X(vtt)
