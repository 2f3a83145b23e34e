// What a kernel is made of, for the loops of kernel.c and posterior.c: the same bits in both.
#ifndef DM_KERNEL_H
#define DM_KERNEL_H

#include "vectors.h"

// Σ over k of (columns[k][0…] − point[k])² · weights[k]; the square of a category is 0 or 1.
DM_INLINE dm_vector dm_squared_distance(
    size_t dimension, size_t stride, const double *columns, const double *point,
    const double *weights, const uint8_t *is_category) {
    dm_vector sum = {};
    for (size_t k = 0; k < dimension; k++) {
        const dm_vector difference = dm_load(columns + k * stride) - point[k];
        const dm_vector square =
            is_category[k] ? dm_select(difference != 0.0, dm_splat(1), dm_splat(0))
                           : difference * difference;
        sum += square * weights[k];
    }
    return sum;
}

// √5 times the distance.
DM_INLINE dm_vector dm_matern_distance(dm_vector square) {
    return 2.23606797749978969641 * __builtin_elementwise_sqrt(square);
}

// Matérn-5/2 of r as dm_matern_distance gives it, with e = e⁻ʳ.
// Source: Rasmussen, Williams 2006, "Gaussian Processes for Machine Learning", eq. 4.17, ν = 5/2.
DM_INLINE dm_vector dm_matern_value(dm_vector r, dm_vector e) {
    return ((1.0 + r) + r * r * (1.0 / 3.0)) * e;
}

#endif
