#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ckernels.h"

size_t ck_physical_memory(void) {
    long pages = sysconf(_SC_PHYS_PAGES);
    long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX;
}

void *ck_allocate(size_t bytes) {
    if (bytes > ck_physical_memory()) return NULL;
    void *memory = aligned_alloc(64, bytes / 64 * 64 + 64);
    if (memory != NULL) memset(memory, 0, bytes);
    return memory;
}

void ck_free(void *memory) { free(memory); }
