#include "vectors.h"

// A byte divided by 255, rounded once, by two products and a sum, since a division takes several
// times as long on some processors. 1/255 is HIGH + LOW, and a byte times HIGH is exact; the same
// as the division for all 256, whether or not the sum is fused with a product.
#define HIGH 0x1.01p-8f
#define LOW 0x1.010102p-24f

// Rows ahead to prefetch: they come in random order from more memory than the caches hold.
#define AHEAD 8

CK_CLONES
void ck_gather_bytes(
    const uint8_t *source, size_t columns, const uint32_t *rows, size_t count, float *batch) {
    for (size_t i = 0; i < count; i++) {
        const uint8_t *from = source + (size_t)rows[i] * columns;
        float *to = batch + i * columns;
        if (i + AHEAD < count) {
            const uint8_t *later = source + (size_t)rows[i + AHEAD] * columns;
            for (size_t c = 0; c < columns; c += 64) __builtin_prefetch(later + c);
        }
        for (size_t c = 0; c < columns; c++) {
            const float byte = (float)from[c];
            to[c] = byte * HIGH + byte * LOW;
        }
    }
}

void ck_gather_floats(
    const float *source, size_t columns, const uint32_t *rows, size_t count, float *batch) {
    for (size_t i = 0; i < count; i++) {
        memcpy(batch + i * columns, source + (size_t)rows[i] * columns, columns * sizeof(float));
    }
}
