#define _GNU_SOURCE
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

extern char **environ;

// Creates a nameless file that holds the data, positioned at its beginning; returns -1 if there is no room.
static int file_of(const uint8_t *data, size_t count) {
#ifdef __linux__
    int file = memfd_create("picture", MFD_CLOEXEC);
#else
    char name[] = "/tmp/picture-XXXXXX";
    int file = mkstemp(name);
    if (file >= 0) {
        unlink(name);
        fcntl(file, F_SETFD, FD_CLOEXEC);
    }
#endif
    size_t done = 0;
    while (file >= 0 && done < count) {
        ssize_t put = write(file, data + done, count - done);
        if (put < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        done += put > 0 ? (size_t)put : 0;
    }
    if (file >= 0) {
        lseek(file, 0, SEEK_SET);
    }
    return file;
}

// Creates a pipe whose ends are closed in all other programs that are started in the meantime. Otherwise such a program
// would keep the writing end open, and the reader would wait for it.
static int closed_on_exec_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC);
#else
    if (pipe(ends) != 0) {
        return -1;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

int codec_child_start(
    codec_child *child, const char *program, const char *const *arguments, const uint8_t *data, size_t count) {
    *child = (codec_child){.process = -1, .output = -1};
    int ends[2];
    int input = file_of(data, count);
    if (input < 0) {
        return errno ? errno : ENOMEM;
    }
    if (closed_on_exec_pipe(ends) != 0) {
        int code = errno;
        close(input);
        return code;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // Fatal signals must end the child even if this process ignores them.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // The child has its own process group, so that an interrupt at the terminal goes only to the parent, which then
    // ends the child.
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    pid_t process = -1;
    int code = posix_spawn(&process, program, &actions, &attributes, (char *const *)arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(input);
    close(ends[1]);
    if (code != 0) {
        close(ends[0]);
        return code;
    }
    *child = (codec_child){.process = process, .output = ends[0]};
    return 0;
}

size_t codec_child_line(
    const codec_child *child, int64_t deadline, codec_is_stopped is_stopped, char *line, size_t capacity) {
    size_t count = 0;
    while (count + 1 < capacity
        && codec_read_in_time(child->output, deadline, is_stopped, (uint8_t *)line + count, 1)) {
        if (line[count] == '\n') {
            line[count] = 0;
            return count;
        }
        count++;
    }
    line[0] = 0;
    return 0;
}

int codec_child_end(codec_child *child, int kill_it) {
    if (child->output >= 0) {
        close(child->output);
        child->output = -1;
    }
    if (child->process < 0) {
        return 0;
    }
    if (kill_it) {
        // Kills the whole process group, including processes that the child started.
        if (kill(-(pid_t)child->process, SIGKILL) != 0) {
            kill((pid_t)child->process, SIGKILL);
        }
    }
    int status = 0;
    while (waitpid((pid_t)child->process, &status, 0) < 0 && errno == EINTR) {
    }
    child->process = -1;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}
