#ifndef CAFFINITY_H
#define CAFFINITY_H

/// The processors that the scheduler may run this process on, which `taskset`, a batch system or a
/// container may have made fewer than the machine has. 0 where the system does not tell.
int ca_allowed_processors(void);

/// The flag with which a folder is opened in order to open what lies in it, which needs no right to
/// list it.
extern const int ca_open_for_search;

#endif
