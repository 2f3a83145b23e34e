#include "functions.h"

CK_CLONES
void ck_activate(
    float *z, size_t rows, size_t columns, const float *bias, ck_activation activation) {
    const size_t stride = ck_stride(columns);
    for (size_t c = 0; c < stride; c += CK_LANES) {
        const ck_integers used = ck_lanes_used(c, columns);
        const ck_vector b = *(const ck_vector *)(bias + c);
        for (size_t i = 0; i < rows; i++) {
            ck_vector *at = (ck_vector *)(z + i * stride + c);
            ck_vector v = *at + b;
            switch (activation) {
            case ck_identity: break;
            case ck_relu: v = ck_select(v < 0.0f, (ck_vector){}, v); break;
            case ck_logistic: v = (ck_vector)((ck_integers)ck_sigmoid(v) & used); break;
            case ck_tanh: v = ck_hyperbolic_tangent(v); break;
            }
            *at = v;
        }
    }
}

CK_CLONES
void ck_multiply_by_derivative(
    float *delta, const float *outputs, size_t rows, size_t columns, ck_activation activation) {
    const size_t count = rows * ck_stride(columns);
    for (size_t k = 0; k < count; k += CK_LANES) {
        ck_vector *at = (ck_vector *)(delta + k);
        const ck_vector y = *(const ck_vector *)(outputs + k);
        switch (activation) {
        case ck_identity: break;
        case ck_relu: *at = ck_select(y == 0.0f, (ck_vector){}, *at); break;
        case ck_logistic: *at = *at * y * (1.0f - y); break;
        case ck_tanh: *at = *at * (1.0f - y * y); break;
        }
    }
}

CK_CLONES
void ck_column_sums(const float *matrix, size_t rows, size_t columns, float *sums) {
    const size_t stride = ck_stride(columns);
    for (size_t c = 0; c < stride; c += CK_LANES) {
        ck_vector sum = {};
        for (size_t i = 0; i < rows; i++) sum += *(const ck_vector *)(matrix + i * stride + c);
        *(ck_vector *)(sums + c) = sum;
    }
}
