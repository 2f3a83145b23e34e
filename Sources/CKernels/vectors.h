// Vectors of CK_LANES floats, whatever the machine has: the compiler splits them into the widest
// registers of each clone of a function.
#ifndef CK_VECTORS_H
#define CK_VECTORS_H

#include <stdint.h>
#include <string.h>

#include "ckernels.h"

// One binary that runs on every x86-64 and runs well on the newer ones. Elsewhere (arm64) the
// baseline already has the vectors there are.
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__)
#define CK_CLONES \
    __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CK_CLONES
#endif

// A vector in a signature is passed differently by each clone. That is harmless here, where every
// such function is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define CK_INLINE static inline __attribute__((always_inline))

typedef float ck_vector __attribute__((vector_size(CK_LANES * 4)));
typedef int32_t ck_integers __attribute__((vector_size(CK_LANES * 4)));
// The same on any 4-byte boundary, for loads from unpadded rows.
typedef float ck_unaligned __attribute__((vector_size(CK_LANES * 4), aligned(4)));

// `a` where the comparison held, else `b`.
CK_INLINE ck_vector ck_select(ck_integers held, ck_vector a, ck_vector b) {
    return (ck_vector)((held & (ck_integers)a) | (~held & (ck_integers)b));
}

CK_INLINE size_t ck_stride(size_t columns) {
    return (columns + CK_LANES - 1) / CK_LANES * CK_LANES;
}

#endif
