#ifndef CAFFINITY_H
#define CAFFINITY_H

/// The processors that the scheduler may run this process on, which `taskset`, a batch system or a
/// container may have made fewer than the machine has. 0 where the system does not tell.
int ca_allowed_processors(void);

#endif
