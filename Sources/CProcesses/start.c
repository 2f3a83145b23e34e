// vfork, close_range and pipe2 are GNU's.
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cprocesses.h"

// A child made by vfork borrows the parent's memory until it becomes the program, so that starting one
// takes no longer when this process is large. It calls only what a signal handler may call, and writes
// to nothing but its own frame and `failure`.

struct failure {
    volatile int number;
    volatile int in_folder;
};

static void forget_signals(void) {
    for (int number = 1; number < NSIG; number++) {
        struct sigaction handling;
        if (sigaction(number, NULL, &handling) != 0) continue;
        if (handling.sa_handler == SIG_DFL || handling.sa_handler == SIG_IGN) continue;
        handling.sa_handler = SIG_DFL;
        handling.sa_flags = 0;
        sigaction(number, &handling, NULL);
    }
    // One that waits since the watchdog's pipe was found broken is dropped by being ignored.
    struct sigaction pipe = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &pipe, NULL);
    pipe.sa_handler = SIG_DFL;
    sigaction(SIGPIPE, &pipe, NULL);
}

static char *digits(char *end, long number) {
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

// "+ group ticks\n". Written before the program begins, so that it cannot be lost with the parent.
static void tell_watchdog(int watchdog, int ticks) {
    char line[64];
    char *end = line + sizeof line;
    *--end = '\n';
    end = digits(end, ticks);
    *--end = ' ';
    end = digits(end, (long)getpid());
    *--end = ' ';
    *--end = '+';
    ssize_t written;
    do {
        written = write(watchdog, end, (size_t)(line + sizeof line - end));
    } while (written < 0 && errno == EINTR);
}

#if defined(__has_feature) && __has_feature(thread_sanitizer)
#define COPIES_MEMORY 1
#else
#define COPIES_MEMORY 0
#endif

static void close_others(void) {
#ifdef SYS_close_range
    unsigned flags = COPIES_MEMORY ? 4U /* CLOSE_RANGE_CLOEXEC */ : 0U;
    if (syscall(SYS_close_range, 3U, ~0U, flags) == 0) return;
#endif
    long count = sysconf(_SC_OPEN_MAX);
    for (int descriptor = 3; descriptor < (count > 0 && count < 65536 ? count : 65536); descriptor++)
        close(descriptor);
}

static void execute(const cp_program *program) {
    int denied = 0;
    for (char *const *path = program->paths; *path; path++) {
        execve(*path, program->arguments, program->environment);
        if (errno == ENOEXEC) { // a script that does not say what runs it
            size_t count = 0;
            while (program->arguments[count]) count++;
            char *arguments[count + 2];
            arguments[0] = (char *)"sh";
            arguments[1] = *path;
            for (size_t i = 1; i <= count; i++) arguments[i + 1] = program->arguments[i];
            execve("/bin/sh", arguments, program->environment);
        }
        if (errno == EACCES) denied = 1;
        if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) return;
    }
    if (denied) errno = EACCES;
}

// Returns only where that failed.
__attribute__((noinline)) static void become(const cp_program *program, struct failure *failure) {
    if (program->leads_session ? setsid() < 0 : setpgid(0, 0) < 0) goto failed;
    if (program->watchdog >= 0) tell_watchdog(program->watchdog, program->ticks);
    if (dup2(program->input, 0) < 0 || dup2(program->output, 1) < 0 || dup2(program->errors, 2) < 0)
        goto failed;
    close_others();
    if (program->folder && chdir(program->folder) < 0) {
        failure->in_folder = 1;
        goto failed;
    }
    forget_signals();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execute(program);
failed:
    failure->number = errno;
}

#if COPIES_MEMORY
// The thread sanitizer makes fork of vfork: the child has memory of its own, and says through a pipe what
// failed, which ends when the child becomes the program.
static pid_t start(const cp_program *program, struct failure *failure) {
    int ends[2];
    if (cp_pipe(ends) < 0) return -1;
    pid_t process = fork();
    if (process == 0) {
        become(program, failure);
        ssize_t written = write(ends[1], failure, sizeof *failure);
        _exit(written < 0 ? 126 : 127);
    }
    int number = errno;
    close(ends[1]);
    struct failure told;
    if (process > 0 && read(ends[0], &told, sizeof told) == (ssize_t)sizeof told) *failure = told;
    close(ends[0]);
    errno = number;
    return process;
}
#else
static pid_t start(const cp_program *program, struct failure *failure) {
    pid_t process = vfork();
    if (process == 0) {
        become(program, failure);
        _exit(127);
    }
    return process;
}
#endif

int cp_start(const cp_program *program, int *in_folder) {
    struct failure failure = {0, 0};
    // No handler of this process may run in the child.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t process = start(program, &failure);
    int number = process < 0 ? errno : failure.number;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    *in_folder = failure.in_folder;
    if (process >= 0 && number == 0) return process;
    if (process > 0)
        while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
    errno = number;
    return -1;
}

int cp_open_process(int process) {
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, process, 0U); // closed in programs from the start
#else
    (void)process;
    errno = ENOSYS;
    return -1;
#endif
}

int cp_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC);
#else
    if (pipe(ends) < 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}
