#include "kernel.h"

DM_CLONES
void dm_squared_distances(
    size_t dimension, size_t stride, size_t width, const double *columns, const double *point,
    const double *weights, const uint8_t *is_category, double *squares) {
    for (size_t c = 0; c < width; c += DM_LANES) {
        dm_store(
            squares + c,
            dm_squared_distance(dimension, stride, columns + c, point, weights, is_category));
    }
}

DM_CLONES
void dm_weighted_rows(
    size_t dimension, size_t stride, const double *rows, const double *weights,
    const double *start, double *sums) {
    for (size_t c = 0; c < stride; c += DM_LANES) {
        dm_vector sum = dm_load(start + c);
        for (size_t k = 0; k < dimension; k++) {
            sum += weights[k] * dm_load(rows + k * stride + c);
        }
        dm_store(sums + c, sum);
    }
}

DM_CLONES
void dm_matern(
    size_t stride, const double *squares, double offset, double *kernel, double *slope) {
    for (size_t c = 0; c < stride; c += DM_LANES) {
        const dm_vector r = dm_matern_distance(dm_load(squares + c) + offset);
        const dm_vector e = dm_exp_lanes(-r);
        dm_store(kernel + c, dm_matern_value(r, e));
        if (slope != NULL) dm_store(slope + c, (5.0 / 3.0) * (1.0 + r) * e);
    }
}

DM_CLONES
void dm_multiply(size_t stride, const double *a, const double *b, double *product) {
    for (size_t c = 0; c < stride; c += DM_LANES) {
        dm_store(product + c, dm_load(a + c) * dm_load(b + c));
    }
}

DM_CLONES
double dm_dot(size_t stride, const double *a, const double *b) {
    dm_vector sum = {};
    for (size_t c = 0; c < stride; c += DM_LANES) sum += dm_load(a + c) * dm_load(b + c);
    return dm_sum(sum);
}
