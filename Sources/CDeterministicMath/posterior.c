#include "kernel.h"

#define ROWS 4

// The squares of ROWS rows of lower · k are added to `explained`; k is [last][DM_LANES].
DM_INLINE dm_vector explain(
    size_t last, size_t lower_stride, const double *lower, const double *kernel,
    dm_vector explained) {
    dm_vector sums[ROWS] = {};
    for (size_t j = 0; j < last; j++) {
        const dm_vector k = dm_load(kernel + j * DM_LANES);
        for (int row = 0; row < ROWS; row++) sums[row] += lower[(size_t)row * lower_stride + j] * k;
    }
    for (int row = 0; row < ROWS; row++) explained += sums[row] * sums[row];
    return explained;
}

// The kernel between every point and one vector of columns, [points][DM_LANES].
DM_INLINE void kernel_at(
    size_t points, const double *squares, const double *gaps, double *kernel) {
    for (size_t p = 0; p < points; p++) {
        const dm_vector r = dm_matern_distance(dm_load(squares + p * DM_LANES) + gaps[p]);
        dm_store(kernel + p * DM_LANES, dm_matern_value(r, dm_exp_lanes(-r)));
    }
}

// weightsᵀ k; k is [rows][DM_LANES].
DM_INLINE dm_vector weigh(size_t rows, const double *weights, const double *kernel) {
    dm_vector sum = {};
    for (size_t j = 0; j < rows; j++) sum += weights[j] * dm_load(kernel + j * DM_LANES);
    return sum;
}

// A vector of columns at a time, so that all it needs besides `lower` stays in the first-level cache.
DM_CLONES
void dm_predict(
    size_t points, size_t dimension, const double *points_at, const double *inverse_squares,
    const uint8_t *is_category, size_t lower_stride, const double *lower, const double *weights,
    size_t stride, const double *columns, size_t levels, const double *gaps, const size_t *widths,
    double *scratch, double *mean, double *explained) {
    const size_t rows = (points + ROWS - 1) / ROWS * ROWS;
    double *squares = scratch, *kernel = scratch + rows * DM_LANES;
    for (size_t p = points; p < rows; p++) dm_store(kernel + p * DM_LANES, (dm_vector){});
    for (size_t c = 0; c < stride; c += DM_LANES) {
        for (size_t p = 0; p < points; p++) {
            dm_store(
                squares + p * DM_LANES,
                dm_squared_distance(
                    dimension, stride, columns + c, points_at + p * dimension, inverse_squares,
                    is_category));
        }
        for (size_t l = 0; l < levels; l++) {
            if (c >= widths[l]) continue;
            kernel_at(points, squares, gaps + l * points, kernel);
            dm_vector parts = {};
            for (size_t p = 0; p < rows; p += ROWS) {
                parts = explain(p + ROWS, lower_stride, lower + p * lower_stride, kernel, parts);
            }
            dm_store(mean + l * stride + c, weigh(rows, weights, kernel));
            dm_store(explained + l * stride + c, parts);
        }
    }
}

// The gains over the reference of all draws of one column's objective.
DM_INLINE dm_vector gains(double mean, double deviation, const double *normals, double reference) {
    const dm_vector w = mean + deviation * dm_load(normals);
    if (!__builtin_reduce_or(w >= 1.0)) return 1.0 - w / reference;
    const dm_vector above = dm_select(w > 21.0, dm_splat(20), w - 1.0);
    const dm_vector z = dm_select(w < 1.0, w, dm_exp_lanes(above));
    return 1.0 - z / reference;
}

// What one draw gains in the directions from `first` on.
DM_INLINE dm_vector gain_in(
    const dm_target *target, size_t first, const double *g /* [objectives][DM_DRAWS] */) {
    dm_vector least = g[0] * dm_load(target->inverse_lambda + first);
    for (size_t j = 1; j < target->objectives; j++) {
        const dm_vector v =
            g[j * DM_DRAWS] * dm_load(target->inverse_lambda + j * target->directions + first);
        least = dm_select(v < least, v, least);
    }
    dm_vector power = least;
    for (size_t j = 1; j < target->objectives; j++) power *= least;
    power -= dm_load(target->best + first);
    return dm_select(power > 0.0, power, (dm_vector){});
}

#define MOST_OBJECTIVES 64

DM_CLONES
void dm_gain(
    const dm_target *target, size_t columns, size_t stride, const double *mean,
    const double *deviation, double *gain) {
    double g[MOST_OBJECTIVES * DM_DRAWS];
    const double count = (double)(DM_DRAWS * target->directions);
    for (size_t c = 0; c < columns; c++) {
        dm_integers positive = ~(dm_integers){};
        for (size_t j = 0; j < target->objectives; j++) {
            const dm_vector v = gains(
                mean[j * stride + c], deviation[j * stride + c], target->normals + j * DM_DRAWS,
                target->reference[j]);
            positive &= v > 0.0;
            dm_store(g + j * DM_DRAWS, v);
        }
        dm_vector sum = {};
        for (size_t draw = 0; draw < DM_DRAWS; draw++) {
            if (!positive[draw]) continue;
            for (size_t l = 0; l < target->directions; l += DM_LANES) {
                sum += gain_in(target, l, g + draw);
            }
        }
        gain[c] = dm_sum(sum) / count;
    }
}
