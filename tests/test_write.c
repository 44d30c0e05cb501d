/* The write stage: files that appear whole or not at all, in every format. */
#include "outputs.h"

#include <ctype.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zlib.h>

#include "base/parallel.h"
#include "write/zlib_rows.h"

/* The formats that this build can write; a film without FFmpeg must say so. */
static const struct format *const *usable(size_t *count)
{
    static const struct format *found[32];
    size_t all;
    const struct format *const *formats = format_list(&all);
    *count = 0;
#ifndef HAVE_VIDEO
    const char *film = in_folder("film"); /* once: callers have paths of their own */
#endif
    for (size_t i = 0; i < all; i++) {
#ifndef HAVE_VIDEO
        if (formats[i]->kind == FORMAT_FILM) {
            struct error err = { 0 };
            int before = entries();
            ck_assert(!write_file(formats[i], film, &err));
            ck_assert_int_eq(err.kind, ERROR_RENDER);
            ck_assert_ptr_nonnull(strstr(err.text, "--disable-video"));
            ck_assert_int_eq(entries(), before);
            continue;
        }
#endif
        found[(*count)++] = formats[i];
    }
    ck_assert_uint_gt(*count, 0);
    return found;
}

/* Runs the body for every format that can be written. */
#define EACH(format)                                             \
    size_t each_count;                                           \
    const struct format *const *each = usable(&each_count);      \
    for (const struct format *format; each_count && (format = *each); each++, each_count--)

/* Everything that one of the formats has to quote. */
static const char record[] =
    "; optrender 1\n\n[figure]\ncaption = <a> & \"b\" \\n ]]> </metadata> (c) /Keywords <FEFF0041>"
    "\n\tx\n\n[optimizer \xc3\x84 \xf0\x9d\x94\xb8]\nmethod = adam\n";

static bool write_with_record(const struct format *format, const char *path, const char *text)
{
    struct error err = { 0 };
    struct sink sink;
    struct sink_info info = usual;
    if (text) { /* without brackets, with which cairo would write digits only */
        info.title = "a > b /Keywords <FEFF0042>";
    }
    info.record = text;
    bool good = sink_open(&sink, format, path, &info, &err) && fill(&sink, &err)
                && sink_complete(&sink, &err) && sink_commit(&sink, &err);
    ck_assert_msg(good, "%s: %s", format->name, err.text);
    return good;
}

static void cut(const char *path, long bytes)
{
    struct stat info;
    ck_assert(!stat(path, &info));
    ck_assert(!truncate(path, info.st_size - bytes));
}

/* Under another name too: what a file is is seen from its bytes. */
START_TEST(files_carry_their_record)
{
    struct arena arena = { 0 };
    EACH(format) {
        const char *path = in_folder("a.out");
        write_with_record(format, path, record);
        const char *found = sink_read_record(path, NULL, &arena);
        ck_assert_msg(format->is_raw ? !found : found && !strcmp(found, record), "%s: %s",
                      format->name, found ? found : "nothing");
        size_t count;
        const struct format *const *others = format_list(&count);
        for (size_t i = 0; i < count; i++) {
            found = sink_read_record(path, others[i], &arena);
            ck_assert_msg(!found == (format->is_raw || others[i] != format), "%s as %s",
                          format->name, others[i]->name);
        }
        write_with_record(format, path, NULL);
        found = sink_read_record(path, NULL, &arena);
        ck_assert_msg(!found || !*found, "%s: %s", format->name, found);
    }
    arena_finish(&arena);
}
END_TEST

/* Half a file is not taken for up to date. */
START_TEST(cut_files_have_no_record)
{
    static const long lengths[] = { 1, 2, 7, 40 };
    struct arena arena = { 0 };
    EACH(format) {
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            write_with_record(format, in_folder("a.out"), record);
            cut(in_folder("a.out"), lengths[i]);
            ck_assert_msg(!sink_read_record(in_folder("a.out"), NULL, &arena),
                          "%s without %ld bytes", format->name, lengths[i]);
        }
    }
    ck_assert_ptr_null(sink_read_record(in_folder("missing"), NULL, &arena));
    ck_assert_ptr_null(sink_read_record(in_folder("."), NULL, &arena));
    put(in_folder("empty"), "");
    ck_assert_ptr_null(sink_read_record(in_folder("empty"), NULL, &arena));
    arena_finish(&arena);
}
END_TEST

START_TEST(formats_are_found)
{
    size_t count;
    struct error err = { 0 };
    char path[64];
    const struct format *const *formats = format_list(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_eq(format_by_name(formats[i]->name), formats[i]);
        snprintf(path, sizeof path, "a.b/c.%s", formats[i]->name);
        ck_assert_ptr_eq(format_by_path(path, &err), formats[i]);
        for (char *c = path + 6; *c; c++) {
            *c = (char)toupper((unsigned char)*c);
        }
        ck_assert_ptr_eq(format_by_path(path, &err), formats[i]);
        ck_assert_uint_gt(strlen(formats[i]->help), 0);
    }
    ck_assert_ptr_null(format_by_name("mp"));
    ck_assert_ptr_null(format_by_path("out.mp5", &err));
    ck_assert_int_eq(err.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "did you mean 'mp4'?"));
    ck_assert_ptr_nonnull(strstr(err.text, "mp4, webm, html, gif, apng, y4m, png, svg, pdf"));
    static const char *const without[] = { "-", "out", "a.png/out", "out." };
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        ck_assert_ptr_null(format_by_path(without[i], &err));
        ck_assert_ptr_nonnull(strstr(err.text, "no extension"));
    }
}
END_TEST

START_TEST(an_older_file_is_replaced_at_once)
{
    const char *path = in_folder("file");
    EACH(format) {
        struct error err = { 0 };
        struct sink sink;
        put(path, "older");
        ck_assert_int_eq(chmod(path, 0640), 0);
        ck_assert_msg(sink_open(&sink, format, path, &usual, &err), "%s", err.text);
        ck_assert_msg(fill(&sink, &err) && sink_complete(&sink, &err), "%s", err.text);
        ck_assert(!sink_is_stream(&sink) && holds(path, "older"));
        ck_assert_msg(sink_commit(&sink, &err), "%s", err.text);
        struct stat status;
        ck_assert(!stat(path, &status) && (status.st_mode & 07777) == 0640);
        ck_assert(status.st_size > 20 && !holds(path, "older"));
        ck_assert_int_eq(entries(), 1);
        ck_assert_int_eq(unlink(path), 0);
    }
}
END_TEST

START_TEST(a_new_file_has_the_usual_permissions)
{
    struct error err = { 0 };
    struct stat status;
    mode_t mask = umask(027);
    ck_assert_msg(write_file(format_by_name("png"), in_folder("a.png"), &err), "%s", err.text);
    umask(mask);
    ck_assert(!stat(in_folder("a.png"), &status) && (status.st_mode & 07777) == 0640);
}
END_TEST

START_TEST(what_is_given_up_leaves_no_trace)
{
    const char *path = in_folder("file");
    EACH(format) {
        for (int filled = 0; filled < 3; filled++) {
            for (int older = 0; older < 2; older++) {
                struct error err = { 0 };
                struct sink sink;
                if (older) {
                    put(path, "older");
                }
                ck_assert(sink_open(&sink, format, path, &usual, &err));
                ck_assert(filled < 1 || fill(&sink, &err));
                ck_assert(filled < 2 || sink_complete(&sink, &err));
                int films = format->embeds && filled < 2; /* that the output will hold */
                ck_assert_int_eq(entries(), 1 + films + older);
                sink_discard(&sink);
                ck_assert_int_eq(entries(), older);
                ck_assert(!older || (holds(path, "older") && !unlink(path)));
            }
        }
    }
    struct sink zeroed = { 0 };
    struct error err = { 0 };
    ck_assert(!sink_is_stream(&zeroed));
    ck_assert(sink_complete(&zeroed, &err) && sink_commit(&zeroed, &err));
    sink_discard(&zeroed);
}
END_TEST

START_TEST(nothing_written_is_a_failure)
{
    EACH(format) {
        struct error err = { 0 };
        struct sink sink;
        ck_assert(sink_open(&sink, format, in_folder("file"), &usual, &err));
        ck_assert(!sink_complete(&sink, &err));
        sink_discard(&sink);
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_ptr_nonnull(strstr(err.text, "nothing to write"));
        ck_assert_int_eq(entries(), 0);
    }
}
END_TEST

START_TEST(the_same_input_gives_the_same_bytes)
{
    EACH(format) {
        struct error err = { 0 };
        ck_assert_msg(write_file(format, in_folder("a"), &err), "%s", err.text);
        for (int i = 0; i < 1234; i++) { /* cairo counts surfaces */
            cairo_surface_destroy(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1));
        }
        ck_assert(!setenv("TZ", "Asia/Tokyo", 1));
        ck_assert_msg(write_file(format, in_folder("other name"), &err), "%s", err.text);
        ck_assert_msg(same_bytes(in_folder("a"), in_folder("other name")), "%s", format->name);
    }
}
END_TEST

START_TEST(a_full_disk_is_a_failure)
{
    EACH(format) {
        struct error err = { 0 };
        ck_assert_msg(!write_file(format, "/dev/full", &err), "%s", format->name);
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_str_eq(err.text, "/dev/full: cannot write: No space left on device"
                                   "; free some space or choose another folder");
    }
}
END_TEST

/* No asserts while the limit holds: Check writes to a file of its own. */
START_TEST(a_failing_write_is_a_failure)
{
    const char *path = in_folder("file");
    signal(SIGXFSZ, SIG_IGN);
    EACH(format) {
        struct error err = { 0 };
        struct rlimit whole, limit;
        put(path, "older");
        getrlimit(RLIMIT_FSIZE, &whole);
        limit = whole;
        limit.rlim_cur = 20;
        setrlimit(RLIMIT_FSIZE, &limit);
        bool good = write_file(format, path, &err);
        setrlimit(RLIMIT_FSIZE, &whole);
        ck_assert_msg(!good, "%s", format->name);
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_msg(strstr(err.text, path) == err.text, "%s", err.text);
        ck_assert_msg(strstr(err.text, "cannot write"), "%s", err.text);
        ck_assert_int_eq(entries(), 1);
        ck_assert(holds(path, "older"));
    }
}
END_TEST

START_TEST(a_wrong_target_is_refused_before_rendering)
{
    char circle[512], below_file[512];
    snprintf(circle, sizeof circle, "%s", in_folder("circle"));
    ck_assert_int_eq(symlink("circle", circle), 0);
    put(in_folder("plain"), "");
    snprintf(below_file, sizeof below_file, "%s", in_folder("plain/a.png"));
    const struct {
        const char *path, *cause;
    } wrong[] = {
        { in_folder("missing/a.png"), "missing/; make it first" },
        { below_file, "plain/; make it first" },
        { folder, "is a folder" },
        { in_folder(""), "is a folder" },
        { "", "is a folder" },
        { circle, "symbolic links" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = { 0 };
        struct sink sink;
        ck_assert(!sink_open(&sink, format_by_name("png"), wrong[i].path, &usual, &err));
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_msg(strstr(err.text, wrong[i].path), "%s", err.text);
        ck_assert_msg(strstr(err.text, wrong[i].cause), "%s", err.text);
        ck_assert_int_eq(entries(), 2);
    }
}
END_TEST

START_TEST(a_folder_that_forbids_writing_is_refused)
{
    /* Permissions do not bind root, so root becomes nobody for a moment. */
    enum { NOBODY = 65534 };
    struct error err = { 0 };
    struct sink sink;
    ck_assert_int_eq(chmod(folder, 0555), 0);
    bool is_root = geteuid() == 0;
    ck_assert(!is_root || seteuid(NOBODY) == 0);
    bool opened = sink_open(&sink, format_by_name("png"), in_folder("a.png"), &usual, &err);
    ck_assert(!is_root || seteuid(0) == 0);
    ck_assert_int_eq(chmod(folder, 0755), 0);
    ck_assert(!opened);
    ck_assert_int_eq(err.kind, ERROR_RENDER);
    ck_assert_msg(strstr(err.text, "change its permissions or choose another folder"), "%s",
                  err.text);
    ck_assert_int_eq(entries(), 0);
}
END_TEST

/* Names like ours that are not files of ours, and a file that another process works on. */
START_TEST(only_what_dead_processes_left_is_removed)
{
    static const char *const kept[] = {
        "optrender-1-0",      ".a.png.optrender-1",    ".a.png.optrender-1-0x",
        ".a.png.optrender--0", ".a.png.optrender-1-",   ".a.png.1-0",
        ".live.optrender-1-0", ".link.optrender-1-0",   ".folder.optrender-1-0",
        ".pipe.optrender-1-0", ".nobody.optrender-1-0",
    };
    static const char *const left[] = { ".a.png.optrender-1-0", ".b.mp4.optrender-4194305-17",
                                        ".a.optrender-1-0.optrender-99999999999-0" };
    enum { KEPT = sizeof kept / sizeof *kept, LEFT = sizeof left / sizeof *left, NOBODY = 65534 };
    struct error err = { 0 };
    struct stat info;
    bool is_root = geteuid() == 0;
    for (size_t i = 0; i + 4 < KEPT; i++) {
        put(in_folder(kept[i]), "");
    }
    for (size_t i = 0; i < LEFT; i++) {
        put(in_folder(left[i]), "half a file");
    }
    ck_assert_int_eq(symlink("optrender-1-0", in_folder(".link.optrender-1-0")), 0);
    ck_assert_int_eq(mkdir(in_folder(".folder.optrender-1-0"), 0777), 0);
    ck_assert_int_eq(mkfifo(in_folder(".pipe.optrender-1-0"), 0666), 0);
    put(in_folder(".nobody.optrender-1-0"), "");
    ck_assert(!is_root || !chown(in_folder(".nobody.optrender-1-0"), NOBODY, NOBODY));
    int live = open(in_folder(".live.optrender-1-0"), O_RDONLY);
    ck_assert(live >= 0 && !flock(live, LOCK_EX));
    ck_assert_msg(write_file(format_by_name("png"), in_folder("a.png"), &err), "%s", err.text);
    size_t count = is_root ? KEPT : KEPT - 1;
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(!lstat(in_folder(kept[i]), &info), "%s", kept[i]);
    }
    for (size_t i = 0; i < LEFT; i++) {
        ck_assert_msg(lstat(in_folder(left[i]), &info), "%s", left[i]);
    }
    close(live);
}
END_TEST

/* From its making until it is in place, though its stream is closed before. */
START_TEST(a_temporary_is_locked_as_long_as_it_is_there)
{
    struct error err = { 0 };
    struct sink sink;
    ck_assert(sink_open(&sink, format_by_name("png"), in_folder("a.png"), &usual, &err));
    int fd = open(sink.file.temporary, O_RDWR);
    ck_assert(fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == -1);
    ck_assert(fill(&sink, &err) && sink_complete(&sink, &err));
    ck_assert_int_eq(flock(fd, LOCK_EX | LOCK_NB), -1);
    ck_assert(sink_commit(&sink, &err));
    ck_assert_int_eq(flock(fd, LOCK_EX | LOCK_NB), 0);
    close(fd);
    ck_assert_int_eq(entries(), 1);
}
END_TEST

START_TEST(links_are_followed)
{
    struct error err = { 0 };
    struct stat status;
    const char *link = in_folder("link.png"), *real = in_folder("real.png");
    ck_assert_int_eq(symlink("real.png", link), 0);
    for (int round = 0; round < 2; round++) { /* dangling at first */
        ck_assert_msg(write_file(format_by_name("png"), link, &err), "%s", err.text);
        ck_assert(!lstat(link, &status) && S_ISLNK(status.st_mode));
        ck_assert(!lstat(real, &status) && S_ISREG(status.st_mode) && status.st_size > 20);
        ck_assert_int_eq(entries(), 2);
        put(real, "older");
    }
}
END_TEST

START_TEST(two_outputs_at_one_path_both_succeed)
{
    const char *path = in_folder("file");
    EACH(format) {
        struct error err = { 0 };
        struct sink first, second;
        ck_assert(sink_open(&first, format, path, &usual, &err));
        ck_assert(sink_open(&second, format, path, &usual, &err));
        ck_assert(fill(&first, &err) && fill(&second, &err));
        ck_assert_msg(sink_complete(&first, &err) && sink_complete(&second, &err), "%s", err.text);
        ck_assert_msg(sink_commit(&first, &err) && sink_commit(&second, &err), "%s", err.text);
        ck_assert(write_file(format, in_folder("alone"), &err));
        ck_assert(same_bytes(path, in_folder("alone")));
        ck_assert_int_eq(entries(), 2);
    }
}
END_TEST

START_TEST(long_names_work)
{
    struct error err = { 0 };
    char name[256];
    memset(name, 'n', 255);
    strcpy(name + 251, ".png");
    ck_assert_msg(write_file(format_by_name("png"), in_folder(name), &err), "%s", err.text);
    ck_assert_int_eq(entries(), 1);
}
END_TEST

/* Copies a pipe to a file, in a process of its own. */
static pid_t start_reader(const char *pipe, const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        char bytes[100];
        size_t got;
        FILE *from = fopen(pipe, "rb"), *to = fopen(path, "wb");
        while ((got = fread(bytes, 1, sizeof bytes, from))) {
            fwrite(bytes, 1, got, to);
        }
        _exit(fclose(to) ? 1 : 0);
    }
    return child;
}

START_TEST(a_pipe_gets_the_complete_file)
{
    const char *pipe = in_folder("pipe"), *copy = in_folder("copy");
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    EACH(format) {
        struct error err = { 0 };
        int status = -1;
        pid_t reader = start_reader(pipe, copy);
        ck_assert_msg(write_file(format, pipe, &err), "%s", err.text);
        ck_assert(waitpid(reader, &status, 0) == reader && status == 0);
        ck_assert(write_file(format, in_folder("file"), &err));
        ck_assert(same_bytes(copy, in_folder("file")));
        ck_assert_int_eq(entries(), 3);
    }
}
END_TEST

START_TEST(standard_output_gets_the_complete_file)
{
    static const char *const names[] = { "-", "/dev/stdout" };
    EACH(format) {
        struct error err = { 0 };
        ck_assert(write_file(format, in_folder("file"), &err));
        for (size_t i = 0; i < 2; i++) {
            int saved = dup(STDOUT_FILENO);
            int fd = open(in_folder("copy"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            dup2(fd, STDOUT_FILENO);
            bool good = write_file(format, names[i], &err);
            dup2(saved, STDOUT_FILENO);
            close(saved);
            close(fd);
            ck_assert_msg(good, "%s", err.text);
            ck_assert(same_bytes(in_folder("copy"), in_folder("file")));
        }
    }
}
END_TEST

/* A row of a picture that repeats after sixteen rows. */
static void read_noise(const void *context, size_t row, unsigned char *bytes)
{
    size_t size = *(const size_t *)context;
    uint32_t noise = (uint32_t)row % 16;
    for (size_t i = 0; i < size; i++) {
        noise = noise * 1664525 + 1013904223;
        bytes[i] = (unsigned char)(noise >> 24);
    }
}

/* The parts of the stream, one after another. */
static unsigned char *join(const struct zlib_rows *rows, size_t *size)
{
    size_t count;
    struct zlib_part *parts = zlib_compress(rows, &count);
    unsigned char *all = malloc(2 * rows->count * rows->size + 100 * count);
    *size = 0;
    for (size_t i = 0; i < count; i++) {
        memcpy(all + *size, parts[i].bytes, parts[i].size);
        *size += parts[i].size;
        free(parts[i].bytes);
    }
    free(parts);
    return all;
}

/* Below, at and above the sizes of a part and of the window; rows longer than both. */
static const size_t shapes[][2] = {
    { 1, 1 }, { 3, 1 }, { 1000, 131 }, { 128, 1024 }, { 129, 1024 }, { 700, 1024 },
    { 9, 40000 }, { 4, 200000 },
};

START_TEST(parts_are_one_zlib_stream)
{
    size_t count = shapes[_i][0], size = shapes[_i][1], sizes[2], unpacked = count * size;
    struct zlib_rows rows = { count, size, 6, read_noise, &size };
    unsigned char *streams[2], *expected = malloc(unpacked), *found = malloc(unpacked);
    for (size_t row = 0; row < count; row++) {
        read_noise(&size, row, expected + row * size);
    }
    for (int spare = 0; spare < 2; spare++) {
        parallel_spare(3 * spare);
        streams[spare] = join(&rows, &sizes[spare]);
        parallel_spare(-3 * spare);
        uLongf there = (uLongf)unpacked;
        ck_assert_int_eq(uncompress(found, &there, streams[spare], (uLong)sizes[spare]), Z_OK);
        ck_assert_uint_eq(there, unpacked);
        ck_assert_mem_eq(found, expected, unpacked);
    }
    ck_assert_uint_eq(sizes[0], sizes[1]);
    ck_assert_mem_eq(streams[0], streams[1], sizes[0]);
    /* About as small as at once, each part having codes of its own: they know what came before. */
    uLongf at_once = compressBound((uLong)unpacked);
    unsigned char *packed = malloc(at_once);
    ck_assert_int_eq(compress2(packed, &at_once, expected, (uLong)unpacked, 6), Z_OK);
    ck_assert_uint_le(sizes[0], at_once + at_once / 100 + 64);
    free(packed);
    free(streams[0]);
    free(streams[1]);
    free(expected);
    free(found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write");
    TCase *cases = tcase_create("write");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, formats_are_found);
    tcase_add_test(cases, files_carry_their_record);
    tcase_add_test(cases, cut_files_have_no_record);
    tcase_add_test(cases, an_older_file_is_replaced_at_once);
    tcase_add_test(cases, a_new_file_has_the_usual_permissions);
    tcase_add_test(cases, what_is_given_up_leaves_no_trace);
    tcase_add_test(cases, nothing_written_is_a_failure);
    tcase_add_test(cases, the_same_input_gives_the_same_bytes);
    tcase_add_test(cases, a_full_disk_is_a_failure);
    tcase_add_test(cases, a_failing_write_is_a_failure);
    tcase_add_test(cases, a_wrong_target_is_refused_before_rendering);
    tcase_add_test(cases, a_folder_that_forbids_writing_is_refused);
    tcase_add_test(cases, only_what_dead_processes_left_is_removed);
    tcase_add_test(cases, a_temporary_is_locked_as_long_as_it_is_there);
    tcase_add_test(cases, links_are_followed);
    tcase_add_test(cases, two_outputs_at_one_path_both_succeed);
    tcase_add_test(cases, long_names_work);
    tcase_add_test(cases, a_pipe_gets_the_complete_file);
    tcase_add_test(cases, standard_output_gets_the_complete_file);
    tcase_add_loop_test(cases, parts_are_one_zlib_stream, 0, sizeof shapes / sizeof *shapes);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
