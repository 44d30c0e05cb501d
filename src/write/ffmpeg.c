#include "write/ffmpeg.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/limits.h"
#include "base/memory.h"

#define SONAME(name, version) "lib" name ".so." AV_STRINGIFY(version)

struct function {
    const char *name;
    void *place; /* of the pointer to it */
};

static struct ffmpeg functions;
static struct error trouble;
static void *codecs; /* libavcodec and what it needs */

#define X(name) { #name, &functions.name },
static const struct function avutil[] = { FFMPEG_AVUTIL(X) { NULL, NULL } };
static const struct function avcodec[] = { FFMPEG_AVCODEC(X) { NULL, NULL } };
static const struct function avformat[] = { FFMPEG_AVFORMAT(X) { NULL, NULL } };
static const struct function swscale[] = { FFMPEG_SWSCALE(X) { NULL, NULL } };
#undef X

static const struct {
    const char *soname;
    const struct function *functions;
} libraries[] = {
    { SONAME("avutil", LIBAVUTIL_VERSION_MAJOR), avutil },
    { SONAME("avcodec", LIBAVCODEC_VERSION_MAJOR), avcodec },
    { SONAME("avformat", LIBAVFORMAT_VERSION_MAJOR), avformat },
    { SONAME("swscale", LIBSWSCALE_VERSION_MAJOR), swscale },
};

static bool load_function(void *library, const struct function *function)
{
    void *found = dlsym(library, function->name);
    memcpy(function->place, &found, sizeof found); /* POSIX: they are alike */
    return found || error_set(&trouble, ERROR_RENDER, "films need FFmpeg: %s", dlerror());
}

static struct {
    pthread_t thread;
    bool is_begun;
    sem_t is_inside; /* the thread is the one that loads, or has nothing to load */
} loading;

static void load(void)
{
    if (loading.is_begun) {
        sem_post(&loading.is_inside);
    }
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        void *library = dlopen(libraries[i].soname, RTLD_LAZY);
        if (!library) {
            error_set(&trouble, ERROR_RENDER, "films need FFmpeg: %s%s", dlerror(),
                      limit_hint_shortage().text);
            return;
        }
        codecs = libraries[i].functions == avcodec ? library : codecs;
        for (const struct function *each = libraries[i].functions; each->name; each++) {
            if (!load_function(library, each)) {
                return;
            }
        }
    }
    functions.av_log_set_level(AV_LOG_QUIET); /* what it would print is in err */
}

const struct ffmpeg *ffmpeg_load(struct error *err)
{
    static pthread_once_t loaded = PTHREAD_ONCE_INIT;
    pthread_once(&loaded, load);
    if (trouble.kind) {
        error_set(err, trouble.kind, "%s", trouble.text);
        return NULL;
    }
    return &functions;
}

void *ffmpeg_find(const char *name)
{
    return dlsym(codecs, name);
}

static void *load_early(void *context)
{
    struct error err = { 0 }; /* whoever needs it asks again */
    (void)context;
    ffmpeg_load(&err);
    sem_post(&loading.is_inside);
    return NULL;
}

void ffmpeg_begin_loading(void)
{
    struct error err = { 0 };
    sem_init(&loading.is_inside, 0, 0);
    loading.is_begun = true;
    if (pthread_create(&loading.thread, NULL, load_early, NULL)) {
        loading.is_begun = false;
        ffmpeg_load(&err);
        return;
    }
    while (sem_wait(&loading.is_inside) && errno == EINTR) {
    }
}

void ffmpeg_end_loading(void)
{
    if (loading.is_begun) {
        pthread_join(loading.thread, NULL);
        loading.is_begun = false;
    }
}

char *ffmpeg_url(const char *path)
{
    size_t size = strlen(path) + sizeof "file:";
    char *url = memory_new(size, 1);
    snprintf(url, size, "file:%s", path);
    return url;
}

bool ffmpeg_is_woken(int code)
{
    return code == AVERROR(EINTR) && !interrupt_signal;
}

bool ffmpeg_fail(const struct ffmpeg *av, struct error *err, const char *what, int code)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = "";
    av->av_strerror(code, text, sizeof text);
    return error_set(err, ERROR_RENDER, "%s: %s%s", what, text, limit_hint_shortage().text);
}
