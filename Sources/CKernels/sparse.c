// The first layer over the inputs that are not zero.
//
// Four of five of MNIST's pixels are 0 and contribute nothing, and a product over the others reads
// the rows where they lie: no batch is copied together. Rows come in random order from memory far
// larger than the cache, so those to come are prefetched, which alone makes this more than twice
// as fast.
#include "vectors.h"

#define P1(n) (n) / 255.0f
#define P4(n) P1(n), P1(n + 1), P1(n + 2), P1(n + 3)
#define P16(n) P4(n), P4(n + 4), P4(n + 8), P4(n + 12)
#define P64(n) P16(n), P16(n + 16), P16(n + 32), P16(n + 48)
static const float pixel_values[256] = {P64(0), P64(64), P64(128), P64(192)};

// ---- Building

CK_CLONES
size_t ck_count_nonzero_bytes(const uint8_t *values, size_t count) {
    size_t nonzero = 0;
    for (size_t k = 0; k < count; k++) nonzero += values[k] != 0;
    return nonzero;
}

CK_CLONES
size_t ck_count_nonzero_floats(const float *values, size_t count) {
    size_t nonzero = 0;
    for (size_t k = 0; k < count; k++) nonzero += values[k] != 0;
    return nonzero;
}

// A row holds its entries' columns, two bytes each, and then their values. Entries of value 0 fill
// it up to a multiple of GROUP, so that loops take GROUP at a time and have no remainder.
#define GROUP 4

size_t ck_sparse_bytes(size_t rows, size_t nonzero, size_t value_size) {
    // One entry more, because building writes a column before it knows whether it counts.
    return (nonzero + rows * (GROUP - 1) + 1) * (2 + value_size);
}

#define COMPRESS(name, type)                                                                    \
    void name(                                                                                  \
        const type *source, size_t rows, size_t columns, uint8_t *memory, uint64_t *offsets) {  \
        uint64_t offset = 0;                                                                    \
        for (size_t i = 0; i < rows; i++) {                                                     \
            const type *row = source + i * columns;                                             \
            uint16_t *found = (uint16_t *)(memory + offset);                                    \
            size_t n = 0;                                                                       \
            for (size_t c = 0; c < columns; c++) {                                              \
                found[n] = (uint16_t)c;                                                         \
                n += row[c] != 0;                                                               \
            }                                                                                   \
            const size_t used = n;                                                              \
            while (n % GROUP != 0) found[n++] = 0;                                              \
            type *values = (type *)(found + n);                                                 \
            for (size_t k = 0; k < n; k++) values[k] = k < used ? row[found[k]] : 0;            \
            offsets[i] = offset;                                                                \
            offset += n * (2 + sizeof(type));                                                   \
        }                                                                                       \
        offsets[rows] = offset;                                                                 \
    }

COMPRESS(ck_compress_bytes, uint8_t)
COMPRESS(ck_compress_floats, float)

// ---- One row

typedef struct {
    size_t count;
    const uint16_t *columns;
    const void *values;
} sparse_row;

CK_INLINE sparse_row row_at(const ck_sparse *sparse, uint32_t row) {
    const uint8_t *start = sparse->memory + sparse->offsets[row];
    const size_t bytes = sparse->offsets[row + 1] - sparse->offsets[row];
    sparse_row result = {bytes / (2 + sparse->value_size), (const uint16_t *)start, NULL};
    result.values = start + 2 * result.count;
    return result;
}

// `are_bytes` is a constant where this is inlined.
CK_INLINE float value_at(sparse_row row, size_t k, int are_bytes) {
    return are_bytes ? pixel_values[((const uint8_t *)row.values)[k]]
                     : ((const float *)row.values)[k];
}

// Rows ahead to prefetch; any number from 2 to 12 does as well.
#define AHEAD 6

CK_INLINE void prefetch(const ck_sparse *sparse, const uint32_t *rows, size_t i, size_t count) {
    if (i + AHEAD >= count) return;
    const uint32_t row = rows[i + AHEAD];
    const uint8_t *end = sparse->memory + sparse->offsets[row + 1];
    for (const uint8_t *at = sparse->memory + sparse->offsets[row]; at < end; at += 64) {
        __builtin_prefetch(at);
    }
    if (i + 2 * AHEAD < count) __builtin_prefetch(&sparse->offsets[rows[i + 2 * AHEAD]]);
}

// ---- Forward

// `width` vectors of one row's sums, from the column `weights` and `z` point at; `width` and
// `are_bytes` are constants where this is inlined. Even and odd entries have sums of their own: an
// addition takes four cycles and would otherwise wait for the one before.
CK_INLINE void forward_row(
    sparse_row row, const float *weights, size_t stride, float *z, int width, int are_bytes) {
    ck_vector even[4] = {}, odd[4] = {};
    for (size_t k = 0; k < row.count; k += 2) {
        const float x = value_at(row, k, are_bytes), y = value_at(row, k + 1, are_bytes);
        const ck_vector *v = (const ck_vector *)(weights + row.columns[k] * stride);
        const ck_vector *w = (const ck_vector *)(weights + row.columns[k + 1] * stride);
        for (int j = 0; j < width; j++) even[j] += x * v[j];
        for (int j = 0; j < width; j++) odd[j] += y * w[j];
    }
    for (int j = 0; j < width; j++) ((ck_vector *)z)[j] = even[j] + odd[j];
}

CK_INLINE void forward_rows(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *weights,
    size_t stride, float *z, int width, int are_bytes) {
    for (size_t i = 0; i < count; i++) {
        prefetch(sparse, rows, i, count);
        forward_row(row_at(sparse, rows[i]), weights, stride, z + i * stride, width, are_bytes);
    }
}

// ---- Gradient

CK_INLINE void gradient_rows(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *delta,
    size_t stride, float *gradient, int width, int are_bytes) {
    for (size_t i = 0; i < count; i++) {
        const sparse_row row = row_at(sparse, rows[i]);
        ck_vector d[4];
        for (int j = 0; j < width; j++) d[j] = ((const ck_vector *)(delta + i * stride))[j];
        for (size_t k = 0; k < row.count; k++) {
            const float x = value_at(row, k, are_bytes);
            ck_vector *g = (ck_vector *)(gradient + row.columns[k] * stride);
            for (int j = 0; j < width; j++) g[j] += x * d[j];
        }
    }
}

// ---- Up to four vectors of columns at a time

#define BY_WIDTH(function, ...)                                         \
    switch (stride - c < 4 * CK_LANES ? (stride - c) / CK_LANES : 4) {  \
    case 1: function(__VA_ARGS__, 1, are_bytes); break;                 \
    case 2: function(__VA_ARGS__, 2, are_bytes); break;                 \
    case 3: function(__VA_ARGS__, 3, are_bytes); break;                 \
    default: function(__VA_ARGS__, 4, are_bytes); break;                \
    }

CK_INLINE void forward(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *weights,
    size_t stride, float *z, int are_bytes) {
    for (size_t c = 0; c < stride; c += 4 * CK_LANES) {
        BY_WIDTH(forward_rows, sparse, rows, count, weights + c, stride, z + c);
    }
}

CK_INLINE void gradient_of(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *delta,
    size_t stride, float *gradient, int are_bytes) {
    for (size_t c = 0; c < stride; c += 4 * CK_LANES) {
        BY_WIDTH(gradient_rows, sparse, rows, count, delta + c, stride, gradient + c);
    }
}

CK_CLONES
void ck_sparse_forward(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *weights,
    size_t stride, float *z) {
    if (sparse->value_size == 1) {
        forward(sparse, rows, count, weights, stride, z, 1);
    } else {
        forward(sparse, rows, count, weights, stride, z, 0);
    }
}

CK_CLONES
void ck_sparse_gradient(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *delta,
    size_t inputs, size_t stride, float *gradient) {
    memset(gradient, 0, inputs * stride * sizeof(float));
    if (sparse->value_size == 1) {
        gradient_of(sparse, rows, count, delta, stride, gradient, 1);
    } else {
        gradient_of(sparse, rows, count, delta, stride, gradient, 0);
    }
}
