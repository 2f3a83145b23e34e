// Vectors of CK_LANES floats, whatever the machine has: the compiler splits them into the widest
// registers of each clone of a function.
#ifndef CK_VECTORS_H
#define CK_VECTORS_H

#include <stdint.h>
#include <string.h>

#include "ckernels.h"

// One binary that runs on every x86-64 and runs well on the newer ones. Elsewhere (arm64) the
// baseline already has the vectors there are. With CK_BASELINE there are no clones, so that one can
// test on a new machine what an old one runs.
// The choice is made before the thread sanitizer has started, which it cannot be without: under it there
// are no clones either.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CK_BASELINE
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__) && !defined(CK_BASELINE)
#define CK_HAS_CLONES
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

typedef float ck_half __attribute__((vector_size(CK_LANES * 2)));
typedef float ck_quarter __attribute__((vector_size(CK_LANES)));

// The sum of the lanes, always in the same order.
CK_INLINE float ck_sum(ck_vector v) {
    ck_half half = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7)
                   + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    ck_quarter quarter = __builtin_shufflevector(half, half, 0, 1, 2, 3)
                         + __builtin_shufflevector(half, half, 4, 5, 6, 7);
    return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
}

// The largest of the lanes; any of them if one is NaN.
CK_INLINE float ck_largest(ck_vector v) {
    ck_half half = __builtin_elementwise_max(
        __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7),
        __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
    ck_quarter quarter = __builtin_elementwise_max(
        __builtin_shufflevector(half, half, 0, 1, 2, 3),
        __builtin_shufflevector(half, half, 4, 5, 6, 7));
    const float a = quarter[0] > quarter[2] ? quarter[0] : quarter[2];
    const float b = quarter[1] > quarter[3] ? quarter[1] : quarter[3];
    return a > b ? a : b;
}

// Which lanes of the vector that starts at `column` hold columns, as all-ones or zero.
CK_INLINE ck_integers ck_lanes_used(size_t column, size_t columns) {
    ck_integers mask;
    for (int lane = 0; lane < CK_LANES; lane++) {
        mask[lane] = column + (size_t)lane < columns ? -1 : 0;
    }
    return mask;
}

CK_INLINE size_t ck_stride(size_t columns) {
    return (columns + CK_LANES - 1) / CK_LANES * CK_LANES;
}

#endif
