#include "vectors.h"

#define ROWS 4

// The columns from `kernel` on: the squares of ROWS rows of lower · k are added to `explained`.
DM_INLINE dm_vector explain(
    size_t last, size_t stride, size_t lower_stride, const double *lower, const double *kernel,
    dm_vector explained) {
    dm_vector sums[ROWS] = {};
    for (size_t j = 0; j < last; j++) {
        const dm_vector k = dm_load(kernel + j * stride);
        for (int row = 0; row < ROWS; row++) sums[row] += lower[(size_t)row * lower_stride + j] * k;
    }
    for (int row = 0; row < ROWS; row++) explained += sums[row] * sums[row];
    return explained;
}

DM_CLONES
void dm_posterior(
    size_t points, size_t stride, size_t lower_stride, const double *lower, const double *weights,
    const double *kernel, double *mean, double *explained) {
    for (size_t c = 0; c < stride; c += DM_LANES) {
        dm_vector sum = {}, squares = {};
        for (size_t j = 0; j < points; j++) sum += weights[j] * dm_load(kernel + j * stride + c);
        for (size_t p = 0; p < points; p += ROWS) {
            squares = explain(
                p + ROWS, stride, lower_stride, lower + p * lower_stride, kernel + c, squares);
        }
        dm_store(mean + c, sum);
        dm_store(explained + c, squares);
    }
}

// The gains over the reference of all draws of one column's objective.
DM_INLINE dm_vector gains(double mean, double deviation, const double *normals, double reference) {
    const dm_vector w = mean + deviation * dm_load(normals);
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
