#include "vectors.h"

CK_CLONES
void ck_gather_bytes(
    const uint8_t *source, size_t columns, const uint32_t *rows, size_t count, float *batch) {
    for (size_t i = 0; i < count; i++) {
        const uint8_t *from = source + (size_t)rows[i] * columns;
        float *to = batch + i * columns;
        for (size_t c = 0; c < columns; c++) to[c] = (float)from[c] / 255.0f;
    }
}

void ck_gather_floats(
    const float *source, size_t columns, const uint32_t *rows, size_t count, float *batch) {
    for (size_t i = 0; i < count; i++) {
        memcpy(batch + i * columns, source + (size_t)rows[i] * columns, columns * sizeof(float));
    }
}
