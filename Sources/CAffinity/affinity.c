// The macros for sets of processors are GNU's, and no Swift sees macros with arguments.
#define _GNU_SOURCE

#include "caffinity.h"

#ifdef __linux__
#include <sched.h>
#include <stddef.h>

int ca_allowed_processors(void) {
    // The kernel refuses a set smaller than its own, whose size it does not say.
    for (int processors = CPU_SETSIZE; processors <= 1 << 16; processors *= 4) {
        cpu_set_t *set = CPU_ALLOC(processors);
        if (set == NULL) return 0;
        size_t size = CPU_ALLOC_SIZE(processors);
        int count = sched_getaffinity(0, size, set) == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (count > 0) return count;
    }
    return 0;
}
#else
int ca_allowed_processors(void) { return 0; }
#endif
