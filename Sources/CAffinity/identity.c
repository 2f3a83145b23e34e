// statx is GNU's.
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "caffinity.h"

static int identify_with_times(const char *path, uint64_t *device, uint64_t *number) {
    struct stat status;
    if (stat(path, &status) != 0) return 0;
    *device = (uint64_t)status.st_dev;
    *number = (uint64_t)status.st_ino;
    return 1;
}

#if defined(STATX_INO)
int ca_identify_file(const char *path, uint64_t *device, uint64_t *number) {
    struct statx status;
    if (statx(AT_FDCWD, path, 0, STATX_INO, &status) != 0) {
        // A kernel, or a container's filter, that does not know the call.
        return errno == ENOENT || errno == ENOTDIR ? 0 : identify_with_times(path, device, number);
    }
    *device = (uint64_t)makedev(status.stx_dev_major, status.stx_dev_minor);
    *number = status.stx_ino;
    return 1;
}
#else
int ca_identify_file(const char *path, uint64_t *device, uint64_t *number) {
    return identify_with_times(path, device, number);
}
#endif
