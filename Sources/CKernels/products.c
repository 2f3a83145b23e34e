// Dense products of matrices as thin as a network's batches.
//
// A general library spends much of its time here on rearranging its arguments for sizes that are
// not reached, and Debian's OpenBLAS 0.3.21 uses half of the vector width on newer AMD cores.
#include "vectors.h"

// A tile is some rows of one or two vectors, whose sums stay in registers: enough of them to hide
// an addition's latency. Each element of `a` is a load, of which a core does no more than products,
// so that two vectors to an element are better where there are registers for them.
typedef struct {
    int rows, vectors;
} ck_tile;

// Of 16 registers of 256 bits the sums and a vector of `b` take 14.
#define NARROW ((ck_tile){.rows = 6, .vectors = 1})
// Of 32 registers of 512 bits 18 and one for the element.
#define MOST_ROWS 8
#define MOST_VECTORS 2
#define WIDE ((ck_tile){.rows = MOST_ROWS, .vectors = MOST_VECTORS})

// Products of an element's sum to do at a time: the vectors of `b` that they take stay in the
// first-level cache.
#define DEPTH 256

// Adds to c's tile, or begins it. `tile` is a constant where this is inlined.
CK_INLINE void multiply_tile(
    size_t inner, const float *a, size_t a_row, size_t a_step, const ck_vector *panel, float *c,
    size_t c_row, int begins, ck_tile tile) {
    ck_vector sums[MOST_ROWS][MOST_VECTORS] = {};
    for (int i = 0; i < tile.rows && !begins; i++) {
        for (int v = 0; v < tile.vectors; v++) {
            sums[i][v] = *(ck_vector *)(c + (size_t)i * c_row + v * CK_LANES);
        }
    }
    for (size_t k = 0; k < inner; k++) {
        for (int i = 0; i < tile.rows; i++) {
            const float element = a[(size_t)i * a_row + k * a_step];
            for (int v = 0; v < tile.vectors; v++) {
                sums[i][v] += element * panel[k * tile.vectors + v];
            }
        }
    }
    for (int i = 0; i < tile.rows; i++) {
        for (int v = 0; v < tile.vectors; v++) {
            *(ck_vector *)(c + (size_t)i * c_row + v * CK_LANES) = sums[i][v];
        }
    }
}

// All rows of a tile's vectors of columns, for `inner` ≤ DEPTH / tile.vectors products.
CK_INLINE void multiply_columns(
    size_t rows, size_t inner, const float *a, size_t a_row, size_t a_step, const float *b,
    size_t b_row, float *c, size_t c_row, int begins, ck_tile tile) {
    ck_vector panel[DEPTH];
    for (size_t k = 0; k < inner; k++) {
        for (int v = 0; v < tile.vectors; v++) {
            panel[k * tile.vectors + v] = *(const ck_vector *)(b + k * b_row + v * CK_LANES);
        }
    }
    for (; rows >= (size_t)tile.rows; rows -= (size_t)tile.rows) {
        multiply_tile(inner, a, a_row, a_step, panel, c, c_row, begins, tile);
        a += tile.rows * a_row;
        c += tile.rows * c_row;
    }
#define REST(n) \
    case n: \
        multiply_tile( \
            inner, a, a_row, a_step, panel, c, c_row, begins, \
            (ck_tile){.rows = n, .vectors = tile.vectors}); \
        break
    switch (rows) {
        REST(7);
        REST(6);
        REST(5);
        REST(4);
        REST(3);
        REST(2);
        REST(1);
    default: break;
    }
#undef REST
}

// Rows to do at a time: with DEPTH columns of them, they stay in the second-level cache.
#define BREADTH 192

CK_INLINE void multiply(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row, ck_tile tile) {
    const ck_tile last = {.rows = tile.rows, .vectors = 1};
    const size_t most = DEPTH / (size_t)tile.vectors, width = (size_t)tile.vectors * CK_LANES;
    for (size_t i = 0; i < rows; i += BREADTH) {
        const size_t breadth = rows - i < 2 * BREADTH ? rows - i : BREADTH;
        for (size_t k = 0; k < inner; k += most) {
            const size_t depth = inner - k < most ? inner - k : most;
            const float *from = a + i * a_row + k * a_step;
            size_t at = 0;
            for (; at + width <= columns; at += width) {
                multiply_columns(
                    breadth, depth, from, a_row, a_step, b + k * b_row + at, b_row,
                    c + i * c_row + at, c_row, k == 0, tile);
            }
            if (tile.vectors > 1 && at < columns) {
                multiply_columns(
                    breadth, depth, from, a_row, a_step, b + k * b_row + at, b_row,
                    c + i * c_row + at, c_row, k == 0, last);
            }
        }
        if (breadth > BREADTH) break;
    }
}

CK_CLONES
static void multiply_narrow(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row) {
    multiply(rows, columns, inner, a, a_row, a_step, b, b_row, c, c_row, NARROW);
}

#if defined(CK_HAS_CLONES)
// Without the width the compiler would use halves of the registers.
__attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
static void multiply_wide(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row) {
    multiply(rows, columns, inner, a, a_row, a_step, b, b_row, c, c_row, WIDE);
}
#endif

void ck_multiply(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row) {
#if defined(CK_HAS_CLONES)
    if (ck_has_512_bit_vectors()) {
        multiply_wide(rows, columns, inner, a, a_row, a_step, b, b_row, c, c_row);
        return;
    }
#endif
    multiply_narrow(rows, columns, inner, a, a_row, a_step, b, b_row, c, c_row);
}

int ck_has_512_bit_vectors(void) {
#if defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
    return 1;
#elif defined(CK_HAS_CLONES)
    return __builtin_cpu_supports("x86-64-v4") != 0;
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
