#include "vectors.h"

CK_CLONES void ck_add_known(
    const float *rows, size_t count, size_t columns, double *sums, int64_t *known) {
    for (size_t i = 0; i < count; i++) {
        const float *row = rows + i * columns;
        for (size_t c = 0; c < columns; c++) {
            int is_known = row[c] == row[c];
            sums[c] += is_known ? (double)row[c] : 0;
            known[c] += is_known;
        }
    }
}

CK_CLONES void ck_fill_unknown(float *rows, size_t count, size_t columns, const float *means) {
    for (size_t i = 0; i < count; i++) {
        float *row = rows + i * columns;
        for (size_t c = 0; c < columns; c++) row[c] = row[c] == row[c] ? row[c] : means[c];
    }
}
