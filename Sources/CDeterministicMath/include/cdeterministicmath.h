// The loops of the Gaussian process that chooses configurations.
//
// Conventions of every function here:
// - The result is the same to the last bit on every supported processor: every sum has a fixed
//   order, nothing is contracted into fused operations, and no function of the C library is called
//   (square roots are rounded correctly everywhere, as IEEE 754 asks).
// - `stride` is a multiple of DM_LANES; a row of n values takes `stride` doubles. No alignment is
//   asked for.
// - Nothing allocates, nothing keeps state: any number of threads may call.
#ifndef CDETERMINISTICMATH_H
#define CDETERMINISTICMATH_H

#include <stddef.h>
#include <stdint.h>

// Rows are padded to a multiple of this many doubles.
#define DM_LANES 8
// How many draws dm_gain averages over: one vector of them.
#define DM_DRAWS DM_LANES

// ---- elementary.c

// eˣ, within 1.2 units in the last place; 0 below −745.2, infinity above 709.8, NaN for NaN.
double dm_exp(double x);
// ln x, within 1 unit in the last place; −infinity at 0, NaN below.
double dm_log(double x);

// ---- factor.c: a symmetric positive definite matrix, [n][stride]

// Overwrites the upper triangle of `matrix` with U, where UᵀU = matrix; the lower one is not read.
// Returns 0, or 1 when the matrix is not positive definite to working precision.
int dm_cholesky(size_t n, size_t stride, double *matrix);
// inverse ← (Uᵀ)⁻¹, a lower triangle whose other elements become 0.
void dm_invert_factor(size_t n, size_t stride, const double *factor, double *inverse);
// result ← lowerᵀ · lower, the whole of it.
void dm_gram(size_t n, size_t stride, const double *lower, double *result);

// ---- kernel.c

// squares[c] ← Σ over k of (columns[k][c] − point[k])² · weights[k], where the square counts as 1 for
// unequal values of a category, for c below `width`, a multiple of DM_LANES. `columns` is
// [dimension][stride].
void dm_squared_distances(
    size_t dimension, size_t stride, size_t width, const double *columns, const double *point,
    const double *weights, const uint8_t *is_category, double *squares);
// sums[c] ← Σ over k of weights[k] · rows[k][c] + start[c]. `rows` is [dimension][stride].
void dm_weighted_rows(
    size_t dimension, size_t stride, const double *rows, const double *weights,
    const double *start, double *sums);
// kernel[c] ← Matérn-5/2 of the squared distance squares[c] + offset; unless `slope` is NULL,
// slope[c] ← −2 times its derivative by the squared distance, 5/3 · (1 + r) · e⁻ʳ.
void dm_matern(
    size_t stride, const double *squares, double offset, double *kernel, double *slope);
// product[c] ← a[c] · b[c].
void dm_multiply(size_t stride, const double *a, const double *b, double *product);
// Σ a[c] · b[c].
double dm_dot(size_t stride, const double *a, const double *b);

// ---- posterior.c

// Of every column c at every level l, with k the Matérn kernel between it and the points:
// mean[l][c] ← weightsᵀ k and explained[l][c] ← |lower · k|², for c below widths[l], a multiple of
// DM_LANES.
//
// `points_at` is [points][dimension], `inverse_squares` and `is_category` are [dimension], `lower` is
// [points up to a multiple of 4][lower_stride], `weights` as many, with zeros past the last point,
// `columns` [dimension][stride], `gaps` [levels][points] the squared distance of a point's level,
// `mean` and `explained` [levels][stride]. `scratch` holds 2 · DM_LANES doubles for each of `weights`.
void dm_predict(
    size_t points, size_t dimension, const double *points_at, const double *inverse_squares,
    const uint8_t *is_category, size_t lower_stride, const double *lower, const double *weights,
    size_t stride, const double *columns, size_t levels, const double *gaps, const size_t *widths,
    double *scratch, double *mean, double *explained);

// What dm_gain compares with.
typedef struct {
    size_t objectives;
    size_t directions;              // a multiple of DM_LANES
    const double *normals;          // [objectives][DM_DRAWS]
    const double *reference;        // [objectives]: where the gain is 0
    const double *inverse_lambda;   // [objectives][directions]
    const double *best;             // [directions]: what the front reaches, to the power objectives
} dm_target;

// gain[c] ← the mean over draws and directions of max(0, vᵐ − best), v = min over j of
// g[j] · inverse_lambda[j], g = 1 − z / reference, and z = w below 1, else e^min(w − 1, 20), of the
// warped value w = mean + deviation · normal. `mean` and `deviation` are [objectives][stride].
void dm_gain(
    const dm_target *target, size_t columns, size_t stride, const double *mean,
    const double *deviation, double *gain);

#endif
