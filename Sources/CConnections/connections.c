#include "cconnections.h"

#include <netinet/in.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#ifdef __linux__
// That of the C library has a shorter `tcp_info`.
#include <linux/tcp.h>

static long long bytes_received(int descriptor) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return -1;
    // Kernels before 4.1 do not count them.
    size_t end = offsetof(struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
    return size < end ? -1 : (long long)info.tcpi_bytes_received;
}
#else
#include <netinet/tcp.h>

static long long bytes_received(int descriptor) {
    struct tcp_connection_info info;
    socklen_t size = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_CONNECTION_INFO, &info, &size) != 0) return -1;
    return (long long)info.tcpi_rxbytes;
}
#endif

long long cc_bytes_read(int descriptor) {
    long long received = bytes_received(descriptor);
    int waiting = 0;
    // Counted later, so that what comes in between makes the difference smaller.
    if (received < 0 || ioctl(descriptor, FIONREAD, &waiting) != 0) return -1;
    return received > waiting ? received - waiting : 0;
}
