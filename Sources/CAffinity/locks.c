// Locks that belong to an open file are GNU's.
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "caffinity.h"

#ifdef F_OFD_SETLK
// Far behind every content, where no one else locks.
static int set_lock(int descriptor, short type) {
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)1 << 62, .l_len = 1};
    return fcntl(descriptor, F_OFD_SETLK, &range);
}

int ca_take_open_file_lock(int descriptor) {
    return set_lock(descriptor, F_WRLCK) == 0 || (errno != EAGAIN && errno != EACCES);
}

void ca_give_open_file_lock_back(int descriptor) { set_lock(descriptor, F_UNLCK); }
#else
int ca_take_open_file_lock(int descriptor) {
    (void)descriptor;
    return 1;
}

void ca_give_open_file_lock_back(int descriptor) { (void)descriptor; }
#endif
