// Vectors of DM_LANES doubles, whatever the machine has: the compiler splits them into the widest
// registers of each clone of a function. A lane is computed alike in all of them.
#ifndef DM_VECTORS_H
#define DM_VECTORS_H

#include <string.h>

#include "cdeterministicmath.h"

// A fused multiply-add rounds once where other machines round twice.
#pragma STDC FP_CONTRACT OFF

// As in CKernels: clones are chosen before the thread sanitizer has started.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define DM_BASELINE
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__) && !defined(DM_BASELINE)
#define DM_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define DM_CLONES
#endif

// A vector in a signature is passed differently by each clone. That is harmless here, where every
// such function is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define DM_INLINE static inline __attribute__((always_inline))

typedef double dm_vector __attribute__((vector_size(DM_LANES * 8)));
typedef int64_t dm_integers __attribute__((vector_size(DM_LANES * 8)));
typedef uint64_t dm_bits __attribute__((vector_size(DM_LANES * 8)));
// The same on any 8-byte boundary.
typedef double dm_unaligned __attribute__((vector_size(DM_LANES * 8), aligned(8)));

DM_INLINE dm_vector dm_load(const double *from) { return *(const dm_unaligned *)from; }
DM_INLINE void dm_store(double *to, dm_vector v) { *(dm_unaligned *)to = v; }
DM_INLINE dm_vector dm_splat(double x) { return (dm_vector){} + x; }

// `a` where the comparison held, else `b`.
DM_INLINE dm_vector dm_select(dm_integers held, dm_vector a, dm_vector b) {
    return (dm_vector)((held & (dm_integers)a) | (~held & (dm_integers)b));
}

// The sum of the lanes, always in the same order.
DM_INLINE double dm_sum(dm_vector v) {
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

// 1/k! from k = 13 down to 2.
#define DM_EXP_TERMS                                                                             \
    {1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0, 1.0 / 362880.0,   \
     1.0 / 40320.0,      1.0 / 5040.0,      1.0 / 720.0,      1.0 / 120.0,     1.0 / 24.0,       \
     1.0 / 6.0,          1.0 / 2.0}
#define DM_EXP_COUNT 12
// Adding 1.5 · 2⁵² rounds to an integer, which is then in the low bits.
#define DM_MAGIC 6755399441055744.0
#define DM_PER_LN2 1.44269504088896340736
// ln 2 in two parts; n · the first is exact for |n| ≤ 1100.
#define DM_LN2_HIGH 0.693145751953125
#define DM_LN2_LOW 1.42860682030941723212e-6

// eˣ for x from −700 to 700; below, that of −700. Nothing here asks for more.
//
// x = n·ln 2 + r with |r| ≤ ½ ln 2; eʳ by its series up to r¹³, odd and even powers apart, so that
// two sums grow side by side; times 2ⁿ.
DM_INLINE dm_vector dm_exp_lanes(dm_vector x) {
    static const double terms[DM_EXP_COUNT] = DM_EXP_TERMS;
    x = dm_select(x < -700.0, dm_splat(-700), x);
    const dm_vector shifted = x * DM_PER_LN2 + DM_MAGIC;
    const dm_vector n = shifted - DM_MAGIC;
    const dm_vector r = (x - n * DM_LN2_HIGH) - n * DM_LN2_LOW;
    const dm_vector square = r * r;
    dm_vector odd = dm_splat(terms[0]), even = dm_splat(terms[1]);
    for (int k = 2; k < DM_EXP_COUNT; k += 2) {
        odd = odd * square + terms[k];
        even = even * square + terms[k + 1];
    }
    const dm_vector p = 1.0 + (r + square * (odd * r + even));
    // The low bits of `shifted` are n; the constant's own are shifted out.
    const dm_bits scale = ((dm_bits)shifted + 1023) << 52;
    return p * (dm_vector)scale;
}

#endif
