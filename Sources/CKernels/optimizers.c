#include "vectors.h"

// The sum of the lanes, always in the same order.
CK_INLINE double sum_of_lanes(ck_vector v) {
    double sum = 0;
    for (int lane = 0; lane < CK_LANES; lane++) sum += (double)v[lane];
    return sum;
}

CK_CLONES
double ck_adam_step(
    const ck_adam *adam, size_t count, const float *gradient, float *weights, float *mean,
    float *square) {
    const float beta_1 = adam->beta_1, beta_2 = adam->beta_2;
    const float rest_1 = adam->rest_1, rest_2 = adam->rest_2, step = adam->step;
    ck_vector squares = {};
    for (size_t k = 0; k < count; k += CK_LANES) {
        ck_vector w = *(ck_vector *)(weights + k);
        ck_vector g = *(const ck_vector *)(gradient + k);
        squares += w * w;
        g = (g + adam->penalty * w) * adam->scale;
        ck_vector m = beta_1 * *(ck_vector *)(mean + k) + rest_1 * g;
        ck_vector v = beta_2 * *(ck_vector *)(square + k) + rest_2 * (g * g);
        *(ck_vector *)(mean + k) = m;
        *(ck_vector *)(square + k) = v;
        *(ck_vector *)(weights + k) = w - step * m / (__builtin_elementwise_sqrt(v) + adam->epsilon);
    }
    return sum_of_lanes(squares);
}

CK_CLONES
double ck_sgd_step(
    const ck_sgd *sgd, size_t count, const float *gradient, float *weights, float *velocity) {
    ck_vector squares = {};
    for (size_t k = 0; k < count; k += CK_LANES) {
        ck_vector w = *(ck_vector *)(weights + k);
        ck_vector g = *(const ck_vector *)(gradient + k);
        squares += w * w;
        g = (g + sgd->penalty * w) * sgd->scale;
        ck_vector v = sgd->momentum * *(ck_vector *)(velocity + k) - sgd->learning_rate * g;
        *(ck_vector *)(velocity + k) = v;
        *(ck_vector *)(weights + k) =
            w + (sgd->nesterov ? sgd->momentum * v - sgd->learning_rate * g : v);
    }
    return sum_of_lanes(squares);
}
