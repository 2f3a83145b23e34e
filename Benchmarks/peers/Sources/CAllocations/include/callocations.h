#pragma once

/// How often this process has asked for memory, by malloc and its kin.
long count_of_allocations(void);
