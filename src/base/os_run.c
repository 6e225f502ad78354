#define _GNU_SOURCE /* memfd_create, pipe2 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"

enum { PIECE = 64 * 1024 };

/* The input lies in a file without a name: a pipe would have to be filled while the output is read, and a program that
 * does not read would send SIGPIPE to whoever uses this library. */
static int input_file(str input)
{
    int fd = memfd_create("sitrep", MFD_CLOEXEC);
    for (size_t n = 0; fd >= 0 && n < input.len;) {
        ssize_t got = write(fd, input.ptr + n, input.len - n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            close(fd);
            return -1;
        }
        n += (size_t)got;
    }
    if (fd >= 0) lseek(fd, 0, SEEK_SET);
    return fd;
}

static bool start(const char *program, int in, int out, pid_t *pid)
{
    char *const arguments[] = {(char *)(uintptr_t)program, NULL}, *const nothing[] = {NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return false;
    bool ok = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) == 0
              && posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0
              && posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0
              && posix_spawn(pid, program, &actions, NULL, arguments, nothing) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return ok;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads until the end, the time or the cap. Memory comes from malloc: the arena may jump, and then the program would
 * run on. */
static os_run_result collect(int fd, size_t cap, int64_t until, char **bytes, size_t *n)
{
    size_t room = 0;
    for (;;) {
        int64_t left = until - now_ms();
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int ready = left > 0 ? poll(&p, 1, left < 1000000 ? (int)left : 1000000) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return OS_RUN_LATE;
        if (room - *n < PIECE) {
            char *larger = realloc(*bytes, room = room * 2 + 2 * PIECE);
            if (!larger) return OS_RUN_MUCH;
            *bytes = larger;
        }
        ssize_t got = read(fd, *bytes + *n, PIECE);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return OS_RUN_DONE;
        if ((*n += (size_t)got) > cap) return OS_RUN_MUCH;
    }
}

static os_run_result end(pid_t pid, os_run_result so_far)
{
    int status = 0;
    if (so_far != OS_RUN_DONE) kill(pid, SIGKILL);
    pid_t got;
    do got = waitpid(pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0 || so_far != OS_RUN_DONE)
        return so_far; /* the caller's process ignores SIGCHLD: then nobody knows */
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OS_RUN_DONE : OS_RUN_CRASHED;
}

static void release(void *holder)
{
    free(*(void **)holder);
}

os_run_result os_run(arena *a, str program, str input, size_t cap, unsigned seconds, str *output)
{
    str path = arena_copy(a, program);
    void **holder = arena_new(a, void *, 1);
    arena_defer(a, release, holder); /* before there is anything to lose: this may jump */
    int pipes[2] = {-1, -1}, in = input_file(input);
    char *bytes = NULL;
    size_t n = 0;
    pid_t pid;
    *output = (str){"", 0};
    bool ready = in >= 0 && access(path.ptr, X_OK) == 0 && pipe2(pipes, O_CLOEXEC) == 0;
    bool started = ready && start(path.ptr, in, pipes[1], &pid);
    if (in >= 0) close(in);
    if (pipes[1] >= 0) close(pipes[1]);
    os_run_result result = OS_RUN_NONE;
    if (started) result = end(pid, collect(pipes[0], cap, now_ms() + (int64_t)seconds * 1000, &bytes, &n));
    if (pipes[0] >= 0) close(pipes[0]);
    *holder = bytes;
    if (n) *output = (str){bytes, n};
    return result;
}
