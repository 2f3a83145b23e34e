#ifndef CAFFINITY_H
#define CAFFINITY_H

#include <stdint.h>

/// The processors that the scheduler may run this process on, which `taskset`, a batch system or a
/// container may have made fewer than the machine has. 0 where the system does not tell.
int ca_allowed_processors(void);

/// The flag with which a folder is opened in order to open what lies in it, which needs no right to
/// list it.
extern const int ca_open_for_search;

/// Takes a lock that belongs to the open file, and not to the process as others do.
///
/// Returns 0 when another opening of the file has it, else 1: also where there are no such locks.
int ca_take_open_file_lock(int descriptor);

/// Gives back the lock of an open file.
void ca_give_open_file_lock_back(int descriptor);

/// The device and the number of the file at a path, at the end of links. 0 where there is none.
///
/// Its times are not asked for: a file system that was asked for them notes the next change with more
/// care, which costs a file more that is written and looked after by turns.
int ca_identify_file(const char *path, uint64_t *device, uint64_t *number);

/// A descriptor that tells when a file is renamed or removed. -1 where the system has none, or no more.
int ca_watch_file(const char *path);

/// Whether the file of such a descriptor was renamed, removed or given other rights since the last call.
int ca_file_was_touched(int watch);

#endif
