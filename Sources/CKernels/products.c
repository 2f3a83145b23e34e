// Dense products of matrices as thin as a network's batches.
//
// A general library spends much of its time here on rearranging its arguments for sizes that are
// not reached, and Debian's OpenBLAS 0.3.21 uses half of the vector width on newer AMD cores.
#include "vectors.h"

// A tile is TILE rows of one vector: with 256-bit registers its sums and a vector of `b` take 14
// of the 16, and there are enough independent sums to hide most of an addition's latency.
#define TILE 6

// `rows` is a constant where this is inlined.
CK_INLINE void tile(
    size_t inner, const float *a, size_t a_row, size_t a_step, const ck_vector *panel, float *c,
    size_t c_row, int rows) {
    ck_vector sums[TILE] = {};
    for (size_t k = 0; k < inner; k++) {
        const ck_vector b = panel[k];
        for (int i = 0; i < rows; i++) sums[i] += a[(size_t)i * a_row + k * a_step] * b;
    }
    for (int i = 0; i < rows; i++) *(ck_vector *)(c + (size_t)i * c_row) = sums[i];
}

CK_CLONES
void ck_multiply(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row) {
    ck_vector panel[CK_LARGEST_INNER];
    for (size_t column = 0; column < columns; column += CK_LANES) {
        for (size_t k = 0; k < inner; k++) {
            panel[k] = *(const ck_vector *)(b + k * b_row + column);
        }
        size_t i = 0;
        for (; i + TILE <= rows; i += TILE) {
            tile(inner, a + i * a_row, a_row, a_step, panel, c + i * c_row + column, c_row, TILE);
        }
        const float *rest = a + i * a_row;
        float *to = c + i * c_row + column;
        switch (rows - i) {
        case 5: tile(inner, rest, a_row, a_step, panel, to, c_row, 5); break;
        case 4: tile(inner, rest, a_row, a_step, panel, to, c_row, 4); break;
        case 3: tile(inner, rest, a_row, a_step, panel, to, c_row, 3); break;
        case 2: tile(inner, rest, a_row, a_step, panel, to, c_row, 2); break;
        case 1: tile(inner, rest, a_row, a_step, panel, to, c_row, 1); break;
        default: break;
        }
    }
}

// Four rows of four to four columns of four.
CK_INLINE void transpose_block(const float *matrix, size_t row, float *result, size_t result_row) {
    const ck_quarter a = *(const ck_quarter *)matrix;
    const ck_quarter b = *(const ck_quarter *)(matrix + row);
    const ck_quarter c = *(const ck_quarter *)(matrix + 2 * row);
    const ck_quarter d = *(const ck_quarter *)(matrix + 3 * row);
    const ck_quarter ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    const ck_quarter ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const ck_quarter cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const ck_quarter cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    *(ck_quarter *)result = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
    *(ck_quarter *)(result + result_row) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
    *(ck_quarter *)(result + 2 * result_row) =
        __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
    *(ck_quarter *)(result + 3 * result_row) =
        __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

void ck_transpose(
    const float *matrix, size_t rows, size_t columns, size_t row, float *result,
    size_t result_row) {
    const size_t whole_rows = rows / 4 * 4, whole_columns = columns / 4 * 4;
    for (size_t c = 0; c < whole_columns; c += 4) {
        for (size_t i = 0; i < whole_rows; i += 4) {
            transpose_block(
                matrix + i * row + c, row, result + c * result_row + i, result_row);
        }
    }
    for (size_t c = 0; c < columns; c++) {
        const size_t done = c < whole_columns ? whole_rows : 0;
        for (size_t i = done; i < result_row; i++) {
            result[c * result_row + i] = i < rows ? matrix[i * row + c] : 0;
        }
    }
}
