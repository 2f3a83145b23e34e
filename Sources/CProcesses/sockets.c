// accept4 is GNU's.
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "cprocesses.h"

const int cp_stream_socket = SOCK_STREAM;

static int make_address(struct sockaddr_un *address, const char *path) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address->sun_path, path);
    return 0;
}

int cp_bind(int descriptor, const char *path) {
    struct sockaddr_un address;
    if (make_address(&address, path) != 0) return -1;
    return bind(descriptor, (struct sockaddr *)&address, sizeof address);
}

int cp_connect(int descriptor, const char *path) {
    struct sockaddr_un address;
    if (make_address(&address, path) != 0) return -1;
    return connect(descriptor, (struct sockaddr *)&address, sizeof address);
}

int cp_accept(int descriptor) {
#ifdef __linux__
    return accept4(descriptor, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
    int connection = accept(descriptor, NULL, NULL);
    if (connection < 0) return -1;
    fcntl(connection, F_SETFD, FD_CLOEXEC);
    fcntl(connection, F_SETFL, O_NONBLOCK);
    return connection;
#endif
}

long cp_send(int descriptor, const void *bytes, long count) {
#ifdef MSG_NOSIGNAL
    return send(descriptor, bytes, (size_t)count, MSG_DONTWAIT | MSG_NOSIGNAL);
#else
    int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
    return send(descriptor, bytes, (size_t)count, MSG_DONTWAIT);
#endif
}
