#include "loaded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support.h"

struct loaded load_file(const char *path, const char *const *overrides, size_t count)
{
    struct loaded loaded = { .good = false };
    loaded.good = preset_load(&loaded.preset, path, overrides, count, &loaded.report, &loaded.err);
    size_t size;
    FILE *stream = open_memstream(&loaded.messages, &size);
    report_print(&loaded.report, stream, false);
    fclose(stream);
    return loaded;
}

struct loaded load_bytes(const char *bytes, size_t size, const char *const *overrides,
                                size_t count)
{
    char path[] = "/tmp/preset-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes, size), (ssize_t)size);
    close(file);
    struct loaded loaded = load_file(path, overrides, count);
    unlink(path);
    loaded.report.name = "preset"; /* path ends with this function */
    return loaded;
}

struct loaded load_text(const char *text)
{
    return load_bytes(text, strlen(text), NULL, 0);
}

struct loaded load_override(const char *text, const char *override)
{
    return load_bytes(text, strlen(text), &override, 1);
}

void loaded_free(struct loaded *loaded)
{
    preset_finish(&loaded->preset);
    report_finish(&loaded->report);
    free(loaded->messages);
}

char *printed_as(const struct preset *preset, enum print_style style)
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    preset_print(preset, style, stream);
    fclose(stream);
    return text;
}

char *printed(const struct preset *preset)
{
    return printed_as(preset, PRINT_ALL);
}

const char everything[] =
    "[figure]\ntitle = B\ncaption = a \"b\" #c\nalt = it falls\nshow_caption = yes\ntheme = dark\n"
    "panels = contour\nlayout = single\nlegend = none\nlegend_text = {label}: {loss}\n"
    "background = transparent\n\n"
    "[problem]\nformula = r + if(x < y, 1, 2)\nstart = 0.1, -2.5\nx = -1 .. 2\ny = 3 .. 40\n"
    "steps = 7\nminimum = 1, 2 | 3, 4\ndialect = keras3\nprecision = double\n"
    "param a = -0.5\nparam k = 1e+20\nlet r = x ^ 2\nlet s_1 = r\n\n"
    "[optimizer \xc3\x84 1.5]\nmethod = adam\ndialect = keras3\nstart = 1, 1\nsteps = 3\n"
    "color = #102030\nschedule = cosine(0.1 .. 0, warmup 10)\nclip_norm = 1.5\nclip_value = 2\n"
    "weight_decay = 0.01\ndecoupled_weight_decay = yes\nwrap = lookahead(k 5)\n"
    "beta1 = 0.9\nlearning_rate = 0.001\n\n"
    "[optimizer B]\nmethod = nag\ndialect = problem\ndecoupled_weight_decay = method\n\n"
    "[surface]\nazimuth = 12.5 .. -60\nelevation = -20\ndistance = 9 .. 12\ncolormap = magma\n"
    "scale = log\nz = 0 .. 1000\nhidden = solid\nshade = 0.25\nmesh_lines = 20\n"
    "contours = floor\naxes = yes\n\n"
    "[contour]\nlevels = 9\nscale = log\ncolor_min = -1e-05\ncolor_max = 3\nalpha = 0.25\n"
    "colormap = plasma\nline_width = 0.1\nfilled = no\nlabels = yes\nx_label = a\n"
    "y_label = \\beta_1\naspect = equal\ncritical = yes\n\n"
    "[loss]\nscale = log\n\n"
    "[film]\nwidth = 5\nheight = 6\ndpi = 100\ninterval_ms = 17\nfps = 60\n"
    "hold_start_ms = 0\nhold_end_ms = 1500\nloop = 3\nhtml = figure\ncounter = yes\n\n"
    "[still]\nwidth = 3.5\nheight = 2.5\ndpi = 300\nframe = 7\nsvg_size = pixels\n"
    "dots = no\nsurface_ppi = 350\n\n"
    "[claim]\nNAME = leaves(\xc3\x84 1.5) == never\n"
    "-2_b = 1 < final_loss(\"B\") != 3 < 1e3\n";
