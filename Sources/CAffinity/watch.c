#include "caffinity.h"

#include <errno.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>

int ca_watch_file(const char *path) {
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch < 0) return -1;
    if (inotify_add_watch(watch, path, IN_MOVE_SELF | IN_DELETE_SELF | IN_ATTRIB) >= 0) return watch;
    close(watch);
    return -1;
}
#else
int ca_watch_file(const char *path) {
    (void)path;
    return -1;
}
#endif

int ca_file_was_touched(int watch) {
    char events[4096];
    ssize_t count;
    do count = read(watch, events, sizeof events);
    while (count < 0 && errno == EINTR);
    return count >= 0 || errno != EAGAIN;
}
