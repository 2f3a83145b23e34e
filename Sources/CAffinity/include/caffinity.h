#ifndef CAFFINITY_H
#define CAFFINITY_H

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

#endif
