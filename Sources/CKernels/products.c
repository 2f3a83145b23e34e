// Dense products of matrices as thin as a network's batches.
//
// A general library spends much of its time here on rearranging its arguments for sizes that are
// not reached, and Debian's OpenBLAS 0.3.21 uses half of the vector width on newer AMD cores.
#include "vectors.h"

// A tile is TILE rows of one vector: with 256-bit registers its sums and a vector of `b` take 14
// of the 16, and there are enough independent sums to hide most of an addition's latency.
#define TILE 6

// Products of an element's sum to do at a time: the vectors of `b` that they take stay in the
// first-level cache.
#define DEPTH 256

// Adds to c's tile, or begins it. `rows` is a constant where this is inlined.
CK_INLINE void tile(
    size_t inner, const float *a, size_t a_row, size_t a_step, const ck_vector *panel, float *c,
    size_t c_row, int begins, int rows) {
    ck_vector sums[TILE] = {};
    for (int i = 0; i < rows && !begins; i++) sums[i] = *(ck_vector *)(c + (size_t)i * c_row);
    for (size_t k = 0; k < inner; k++) {
        const ck_vector b = panel[k];
        for (int i = 0; i < rows; i++) sums[i] += a[(size_t)i * a_row + k * a_step] * b;
    }
    for (int i = 0; i < rows; i++) *(ck_vector *)(c + (size_t)i * c_row) = sums[i];
}

// All rows of one vector of columns, for `inner` ≤ DEPTH products.
CK_INLINE void column(
    size_t rows, size_t inner, const float *a, size_t a_row, size_t a_step, const float *b,
    size_t b_row, float *c, size_t c_row, int begins) {
    ck_vector panel[DEPTH];
    for (size_t k = 0; k < inner; k++) panel[k] = *(const ck_vector *)(b + k * b_row);
    for (; rows >= TILE; rows -= TILE) {
        tile(inner, a, a_row, a_step, panel, c, c_row, begins, TILE);
        a += TILE * a_row;
        c += TILE * c_row;
    }
    switch (rows) {
    case 5: tile(inner, a, a_row, a_step, panel, c, c_row, begins, 5); break;
    case 4: tile(inner, a, a_row, a_step, panel, c, c_row, begins, 4); break;
    case 3: tile(inner, a, a_row, a_step, panel, c, c_row, begins, 3); break;
    case 2: tile(inner, a, a_row, a_step, panel, c, c_row, begins, 2); break;
    case 1: tile(inner, a, a_row, a_step, panel, c, c_row, begins, 1); break;
    default: break;
    }
}

// Rows to do at a time: with DEPTH columns of them, they stay in the second-level cache.
#define BREADTH 192

CK_CLONES
void ck_multiply(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row) {
    for (size_t i = 0; i < rows; i += BREADTH) {
        const size_t breadth = rows - i < 2 * BREADTH ? rows - i : BREADTH;
        for (size_t k = 0; k < inner; k += DEPTH) {
            const size_t depth = inner - k < DEPTH ? inner - k : DEPTH;
            for (size_t at = 0; at < columns; at += CK_LANES) {
                column(
                    breadth, depth, a + i * a_row + k * a_step, a_row, a_step,
                    b + k * b_row + at, b_row, c + i * c_row + at, c_row, k == 0);
            }
        }
        if (breadth > BREADTH) break;
    }
}

int ck_has_512_bit_vectors(void) {
#if defined(__AVX512F__)
    return 1;
#elif defined(CK_HAS_CLONES)
    return __builtin_cpu_supports("avx512f") != 0;
#else
    return 0;
#endif
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
