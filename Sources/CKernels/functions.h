// The exponential and its kin for whole vectors, to about one unit in the last place.
#ifndef CK_FUNCTIONS_H
#define CK_FUNCTIONS_H

#include "vectors.h"

// eˣ. Results too small for a float are 0, too large infinity, NaN stays NaN.
//
// x = n·ln 2 + r with |r| ≤ ½ ln 2; eʳ by a polynomial; times 2ⁿ in two halves, so that neither
// half leaves the exponent's range.
// Source: Moshier, Cephes Mathematical Library, expf, 1992.
CK_INLINE ck_vector ck_exp(ck_vector x) {
    const ck_vector low = (ck_vector){} - 104.0f;
    const ck_vector high = (ck_vector){} + 89.0f;
    ck_vector clamped = ck_select(x < low, low, x);
    clamped = ck_select(clamped > high, high, clamped);
    // Adding 1.5 · 2²³ rounds to an integer, which is then in the low bits.
    const float magic = 12582912.0f;
    ck_vector shifted = clamped * 1.44269504088896341f + magic;
    ck_vector n = shifted - magic;
    ck_vector r = clamped - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    ck_vector p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + (r + 1.0f);
    ck_integers exponent = (ck_integers)shifted - (ck_integers)((ck_vector){} + magic);
    ck_integers half = exponent >> 1;
    ck_integers rest = exponent - half;
    ck_vector scale_1 = (ck_vector)((half + 127) << 23);
    ck_vector scale_2 = (ck_vector)((rest + 127) << 23);
    ck_vector result = p * scale_1 * scale_2;
    return ck_select(x != x, x, result);
}

// 1 / (1 + e⁻ˣ)
CK_INLINE ck_vector ck_sigmoid(ck_vector x) { return 1.0f / (1.0f + ck_exp(-x)); }

// tanh x, by the exponential away from 0 and by the series' start near it, where the exponential
// would cancel.
CK_INLINE ck_vector ck_hyperbolic_tangent(ck_vector x) {
    ck_vector e = ck_exp(x * 2.0f);
    ck_vector far = 1.0f - 2.0f / (e + 1.0f);
    ck_vector s = x * x;
    ck_vector q = s * -5.70498872745e-3f + 2.06390887954e-2f;
    q = q * s + -5.37397155531e-2f;
    q = q * s + 1.33314422036e-1f;
    q = q * s + -3.33332819422e-1f;
    ck_vector near = x + x * s * q;
    return ck_select(s < 0.390625f, near, far);
}

#endif
