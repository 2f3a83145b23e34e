// The system's pages and advice about them are no part of C11.
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ckernels.h"

size_t ck_physical_memory(void) {
    long pages = sysconf(_SC_PHYS_PAGES);
    long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX;
}

#define ALIGNMENT 64

// From so many bytes on, the system is asked for larger pages, which it fills faster.
#define LARGE ((size_t)8 << 20)

void *ck_allocate(size_t bytes) {
    if (bytes > ck_physical_memory()) return NULL;
    // Large memory comes from the system as zeros, and is not touched before it is used. What the heap
    // gave stands before the memory.
    size_t size = bytes / ALIGNMENT * ALIGNMENT + ALIGNMENT;
    void *given = calloc(1, size + ALIGNMENT + sizeof(void *));
    if (given == NULL) return NULL;
    uintptr_t start = ((uintptr_t)given + sizeof(void *) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ((void **)start)[-1] = given;
#ifdef MADV_HUGEPAGE
    if (bytes >= LARGE) {
        uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
        uintptr_t first = (start + page - 1) / page * page;
        madvise((void *)first, (start + bytes) / page * page - first, MADV_HUGEPAGE);
    }
#endif
    return (void *)start;
}

void ck_free(void *memory) {
    if (memory != NULL) free(((void **)memory)[-1]);
}
