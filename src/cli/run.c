/* run: documents in parallel, output in order.
 * In: a source. Out: each document's bytes on stdout, each failure on stderr, in the order of the input.
 * Every thread reads and renders documents of its own; a ring of slots brings the results back into order.
 * A thread that is more than the ring ahead of the slowest document waits, so that memory stays bounded. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "progress.h"

typedef struct slot {
    bool ready, failed;
    char *bytes;
    size_t n, room;
    sitrep_error error;
    sitrep_error *notes;
    size_t n_notes, notes_room;
} slot;

typedef struct run {
    const cli_options *options;
    const sitrep *engine;
    sitrep_source *source;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* head, stop or n_threads changed */
    slot *ring;
    size_t ring_size;
    uint64_t head; /* number of the document that is printed next */
    uint64_t n_failed;
    unsigned n_threads; /* that still work */
    bool stop;          /* the output is gone, or a worker could not be opened */
    int write_errno;
    progress bar;
} run;

static bool write_all(const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(STDOUT_FILENO, bytes, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* Collects a document's output. */
static bool slot_sink(void *context, const void *bytes, size_t n)
{
    slot *s = context;
    if (n > s->room - s->n) {
        size_t room = (s->n + n) * 2;
        char *larger = realloc(s->bytes, room);
        if (!larger) return false;
        s->bytes = larger;
        s->room = room;
    }
    memcpy(s->bytes + s->n, bytes, n);
    s->n += n;
    return true;
}

/* What was told of a document goes the way of its output, so that it comes in order. */
static void keep_notes(slot *s, const sitrep_result *result)
{
    s->n_notes = result->n_notes;
    if (s->n_notes > s->notes_room) {
        sitrep_error *larger = realloc(s->notes, s->n_notes * sizeof *larger);
        if (larger) s->notes = larger;
        else s->n_notes = s->notes_room;
        s->notes_room = s->n_notes;
    }
    if (s->n_notes) memcpy(s->notes, result->notes, s->n_notes * sizeof *s->notes);
}

static void print_slot(run *r, slot *s)
{
    progress_hide(&r->bar);
    for (size_t i = 0; i < s->n_notes && !r->options->quiet; i++) cli_note(NULL, &s->notes[i]);
    if (s->failed && s->error.code == SITREP_PASSED_OVER) {
        if (!r->options->quiet) cli_note(NULL, &s->error);
    } else if (s->failed) {
        cli_message(&s->error);
        r->n_failed++;
    } else if (!r->stop && !write_all(s->bytes, s->n)) {
        r->write_errno = errno;
        r->stop = true;
    }
}

/* Hands the result of document `number` over; prints what is now in order. Takes *result's bytes and gives
 * others back for the next document. */
static void deliver(run *r, uint64_t number, slot *result)
{
    pthread_mutex_lock(&r->lock);
    while (!r->stop && number >= r->head + r->ring_size) pthread_cond_wait(&r->moved, &r->lock);
    if (!r->stop) {
        slot *mine = &r->ring[number % r->ring_size];
        slot old = *mine;
        *mine = *result;
        mine->ready = true;
        *result =
            (slot){.bytes = old.bytes, .room = old.room, .notes = old.notes, .notes_room = old.notes_room};
        for (slot *s; (s = &r->ring[r->head % r->ring_size])->ready && !r->stop; r->head++) {
            print_slot(r, s);
            s->ready = false;
        }
        pthread_cond_broadcast(&r->moved);
    }
    pthread_mutex_unlock(&r->lock);
}

static bool stopped(run *r)
{
    pthread_mutex_lock(&r->lock);
    bool stop = r->stop;
    pthread_mutex_unlock(&r->lock);
    return stop;
}

static void read_documents(run *r, sitrep_worker *w)
{
    slot mine = {0};
    sitrep_result result;
    while (!stopped(r) && sitrep_read(w, r->source, &result)) {
        mine.n = 0;
        mine.failed = !result.document;
        keep_notes(&mine, &result);
        if (mine.failed) mine.error = result.error;
        else
            mine.failed = !sitrep_write(result.document, &r->options->write, slot_sink, &mine, &mine.error);
        deliver(r, result.number, &mine);
    }
    free(mine.bytes);
    free(mine.notes);
}

static void *thread_main(void *context)
{
    run *r = context;
    sitrep_error e = {0};
    sitrep_worker *w = sitrep_worker_open(r->engine, &e);
    if (w) read_documents(r, w);
    sitrep_worker_close(w);
    pthread_mutex_lock(&r->lock);
    if (!w) {
        cli_message(&e);
        r->n_failed++;
        r->stop = true;
    }
    r->n_threads--;
    pthread_cond_broadcast(&r->moved);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static bool print_bytes(void *context, const void *bytes, size_t n)
{
    (void)context;
    return write_all(bytes, n);
}

/* Shows the progress until every thread is done. */
static void wait_for_threads(run *r)
{
    pthread_mutex_lock(&r->lock);
    while (r->n_threads) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 100 * 1000 * 1000;
        if (until.tv_nsec >= 1000 * 1000 * 1000) {
            until.tv_sec++;
            until.tv_nsec -= 1000 * 1000 * 1000;
        }
        pthread_cond_timedwait(&r->moved, &r->lock, &until);
        progress_show(&r->bar, sitrep_source_progress(r->source), r->head);
    }
    progress_hide(&r->bar);
    pthread_mutex_unlock(&r->lock);
}

static void run_threads(run *r)
{
    pthread_t threads[1024];
    unsigned n = 0;
    r->n_threads = r->options->jobs;
    while (n < r->options->jobs && pthread_create(&threads[n], NULL, thread_main, r) == 0) n++;
    pthread_mutex_lock(&r->lock);
    r->n_threads -= r->options->jobs - n;
    pthread_mutex_unlock(&r->lock);
    if (n == 0) { /* no thread to be had: this one does the work */
        r->n_threads = 1;
        thread_main(r);
    }
    wait_for_threads(r);
    while (n) pthread_join(threads[--n], NULL);
}

/* A reader that has seen enough (head, less) is no failure. */
static int write_fault(int cause)
{
    if (cause == EPIPE) return EXIT_READ;
    fprintf(stderr, "sitrep: standard output: cannot write: %s\n", strerror(cause));
    return EXIT_FAILED;
}

int cli_run(const cli_options *o, const sitrep *engine, sitrep_source *source, cli_outcome *outcome)
{
    cli_outcome unwanted;
    if (!outcome) outcome = &unwanted;
    *outcome = (cli_outcome){.output_gone = true};
    run r = {.options = o, .engine = engine, .source = source, .ring_size = 4 * (size_t)o->jobs + 4};
    if (!o->head_stands && !sitrep_write_head(&o->write, print_bytes, NULL, NULL))
        return write_fault(errno);
    r.ring = calloc(r.ring_size, sizeof *r.ring);
    if (!r.ring) {
        fprintf(stderr, "sitrep: out of memory\n");
        return EXIT_FAILED;
    }
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.moved, NULL);
    progress_init(&r.bar, o->quiet);
    run_threads(&r);
    for (size_t i = 0; i < r.ring_size; i++) {
        free(r.ring[i].bytes);
        free(r.ring[i].notes);
    }
    free(r.ring);
    pthread_cond_destroy(&r.moved);
    pthread_mutex_destroy(&r.lock);
    *outcome = (cli_outcome){r.head, r.n_failed, r.write_errno != 0 || r.stop};
    if (r.write_errno) return write_fault(r.write_errno);
    return r.n_failed ? EXIT_FAILED : EXIT_READ;
}
