#include <float.h>
#include <math.h>

#include "functions.h"

// The most common case, up to CK_LANES classes: a row is one vector and stays in a register.
CK_INLINE void softmax_vectors(float *z, size_t rows, size_t columns, const float *bias) {
    const ck_integers used = ck_lanes_used(0, columns);
    const ck_vector b = *(const ck_vector *)bias, lowest = (ck_vector){} - INFINITY;
    for (size_t i = 0; i < rows; i++) {
        ck_vector *row = (ck_vector *)(z + i * CK_LANES);
        // The padding must count neither as the largest nor in the sum.
        const ck_vector v = ck_select(used, *row + b, lowest);
        const ck_vector e = ck_exp(v - ck_largest(v));
        *row = ck_select(used, e / ck_sum(e), (ck_vector){});
    }
}

CK_INLINE void softmax_row(float *row, size_t stride, size_t columns, const float *bias) {
    ck_vector most = (ck_vector){} - INFINITY, sums = {};
    for (size_t c = 0; c < stride; c += CK_LANES) {
        const ck_vector v = *(ck_vector *)(row + c) + *(const ck_vector *)(bias + c);
        most = __builtin_elementwise_max(
            most, ck_select(ck_lanes_used(c, columns), v, (ck_vector){} - INFINITY));
    }
    const float largest = ck_largest(most);
    for (size_t c = 0; c < stride; c += CK_LANES) {
        const ck_vector v = *(ck_vector *)(row + c) + *(const ck_vector *)(bias + c);
        const ck_vector e =
            ck_select(ck_lanes_used(c, columns), ck_exp(v - largest), (ck_vector){});
        *(ck_vector *)(row + c) = e;
        sums += e;
    }
    const float share = ck_sum(sums);
    for (size_t c = 0; c < stride; c += CK_LANES) {
        const ck_vector p = *(ck_vector *)(row + c) / share;
        *(ck_vector *)(row + c) = ck_select(ck_lanes_used(c, columns), p, (ck_vector){});
    }
}

CK_CLONES
void ck_softmax(float *z, size_t rows, size_t columns, const float *bias) {
    const size_t stride = ck_stride(columns);
    if (stride == CK_LANES) {
        softmax_vectors(z, rows, columns, bias);
    } else {
        for (size_t i = 0; i < rows; i++) softmax_row(z + i * stride, stride, columns, bias);
    }
}

// −ln of a probability kept off 0 and 1, as scikit-learn does; NaN stays NaN.
CK_INLINE double surprise(float p) {
    const float low = FLT_EPSILON, high = 1 - FLT_EPSILON;
    return -log((double)(p < low ? low : p > high ? high : p));
}

// The gradient of rows with weights.
static void weigh(float *delta, size_t rows, size_t stride, const float *weights) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t c = 0; c < stride; c++) delta[i * stride + c] *= weights[i];
    }
}

double ck_cross_entropy(
    float *probabilities, size_t rows, size_t columns, const int32_t *labels,
    const float *weights, int make_delta) {
    const size_t stride = ck_stride(columns);
    double loss = 0;
    for (size_t i = 0; i < rows; i++) {
        float *row = probabilities + i * stride;
        const double part = surprise(labels[i] < 0 ? 0 : row[labels[i]]);
        loss += weights ? weights[i] * part : part;
        if (make_delta) row[labels[i]] -= 1;
    }
    if (make_delta && weights) weigh(probabilities, rows, stride, weights);
    return loss;
}

double ck_binary_cross_entropy(
    float *probabilities, size_t rows, const int32_t *labels, const float *weights,
    int make_delta) {
    double loss = 0;
    for (size_t i = 0; i < rows; i++) {
        float *p = probabilities + i * CK_LANES;
        const double part = surprise(labels[i] == 1 ? *p : labels[i] == 0 ? 1 - *p : 0);
        loss += weights ? weights[i] * part : part;
        if (make_delta) *p -= (float)labels[i];
    }
    if (make_delta && weights) weigh(probabilities, rows, CK_LANES, weights);
    return loss;
}

double ck_squared_error(
    float *predictions, size_t rows, size_t columns, const float *targets,
    const float *weights, int make_delta) {
    const size_t stride = ck_stride(columns);
    double loss = 0;
    for (size_t i = 0; i < rows; i++) {
        for (size_t c = 0; c < columns; c++) {
            float *at = predictions + i * stride + c;
            const float difference = *at - targets[i * columns + c];
            const double square = (double)difference * difference;
            loss += weights ? weights[i] * square : square;
            if (make_delta) *at = difference;
        }
    }
    if (make_delta && weights) weigh(predictions, rows, stride, weights);
    return loss / (2 * (double)columns);
}

CK_CLONES
int ck_are_finite(const float *z, size_t rows, size_t columns, const float *bias) {
    const size_t stride = ck_stride(columns);
    // Zero times a number that is not finite is NaN.
    ck_vector zeros = {};
    for (size_t c = 0; c < stride; c += CK_LANES) {
        const ck_vector b = *(const ck_vector *)(bias + c);
        for (size_t i = 0; i < rows; i++) {
            zeros += (*(const ck_vector *)(z + i * stride + c) + b) * 0.0f;
        }
    }
    return ck_sum(zeros) == 0;
}

void ck_most_likely(
    const float *z, size_t rows, size_t columns, const float *bias, int32_t *best) {
    const size_t stride = ck_stride(columns);
    for (size_t i = 0; i < rows; i++) {
        const float *row = z + i * stride;
        float largest = row[0] + bias[0], sum = largest;
        size_t at = 0;
        for (size_t c = 1; c < columns; c++) {
            const float value = row[c] + bias[c];
            sum += value;
            at = value > largest ? c : at;
            largest = value > largest ? value : largest;
        }
        best[i] = sum != sum || largest == INFINITY ? 0 : (int32_t)at;
    }
}

void ck_likely(const float *z, size_t rows, const float *bias, int32_t *best) {
    for (size_t i = 0; i < rows; i++) best[i] = z[i * CK_LANES] + bias[0] > 0;
}
