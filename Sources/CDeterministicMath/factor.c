#include "vectors.h"

// row[c] ← row[c] − factor · other[c], from the vector that holds column `first` on.
DM_INLINE void subtract_row(
    size_t first, size_t stride, double factor, const double *other, double *row) {
    for (size_t c = first / DM_LANES * DM_LANES; c < stride; c += DM_LANES) {
        dm_store(row + c, dm_load(row + c) - factor * dm_load(other + c));
    }
}

// Row by row, the rest of the matrix updated after each. What lies left of the diagonal in the
// same vector is changed as well; it is never read.
DM_CLONES
int dm_cholesky(size_t n, size_t stride, double *matrix) {
    for (size_t k = 0; k < n; k++) {
        double *row = matrix + k * stride;
        if (!(row[k] > 0)) return 1;
        const double root = __builtin_sqrt(row[k]);
        for (size_t c = k / DM_LANES * DM_LANES; c < stride; c += DM_LANES) {
            dm_store(row + c, dm_load(row + c) / root);
        }
        for (size_t i = k + 1; i < n; i++) {
            subtract_row(i, stride, row[i], row, matrix + i * stride);
        }
    }
    return 0;
}

DM_CLONES
void dm_invert_factor(size_t n, size_t stride, const double *factor, double *inverse) {
    for (size_t i = 0; i < n; i++) {
        double *row = inverse + i * stride;
        for (size_t c = 0; c < stride; c += DM_LANES) dm_store(row + c, (dm_vector){});
        row[i] = 1;
        const size_t used = i / DM_LANES * DM_LANES + DM_LANES;
        for (size_t k = 0; k < i; k++) {
            // Row k is 0 beyond its diagonal.
            const size_t end = k / DM_LANES * DM_LANES + DM_LANES;
            subtract_row(0, end, factor[k * stride + i], inverse + k * stride, row);
        }
        const double pivot = factor[i * stride + i];
        for (size_t c = 0; c < used; c += DM_LANES) dm_store(row + c, dm_load(row + c) / pivot);
    }
}

DM_CLONES
void dm_gram(size_t n, size_t stride, const double *lower, double *result) {
    for (size_t i = 0; i < n; i++) {
        double *row = result + i * stride;
        for (size_t c = 0; c < stride; c += DM_LANES) {
            dm_vector sum = {};
            // Rows above the vector's first column are 0 there.
            for (size_t p = i > c ? i : c; p < n; p++) {
                sum += lower[p * stride + i] * dm_load(lower + p * stride + c);
            }
            dm_store(row + c, sum);
        }
    }
}
