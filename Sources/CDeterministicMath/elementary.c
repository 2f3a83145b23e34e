#include "vectors.h"

// 2ⁿ for −1022 ≤ n ≤ 1023.
DM_INLINE double power_of_two(int64_t n) {
    const uint64_t bits = (uint64_t)(n + 1023) << 52;
    double result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

// As dm_exp_lanes; 2ⁿ in two halves, so that neither leaves the exponent's range.
double dm_exp(double x) {
    static const double terms[DM_EXP_COUNT] = DM_EXP_TERMS;
    if (x != x) return x;
    if (x > 709.79) return __builtin_inf();
    if (x < -745.2) return 0;
    const double n = (x * DM_PER_LN2 + DM_MAGIC) - DM_MAGIC;
    const double r = (x - n * DM_LN2_HIGH) - n * DM_LN2_LOW;
    const double square = r * r;
    double odd = terms[0], even = terms[1];
    for (int k = 2; k < DM_EXP_COUNT; k += 2) {
        odd = odd * square + terms[k];
        even = even * square + terms[k + 1];
    }
    const double p = 1.0 + (r + square * (odd * r + even));
    const int64_t whole = (int64_t)n, half = whole / 2;
    return (p * power_of_two(half)) * power_of_two(whole - half);
}

// x = 2ᵏ · (1 + f) with √½ ≤ 1 + f < √2, and ln(1 + f) = 2 artanh(s) with s = f / (2 + f), by its
// series up to s²¹, arranged so that f itself is added last.
// Source of the arrangement: Sun Microsystems, fdlibm, e_log.c, 1993.
double dm_log(double x) {
    if (x != x || x == __builtin_inf()) return x;
    if (x < 0) return __builtin_nan("");
    if (x == 0) return -__builtin_inf();
    int64_t k = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        k = -54;
    }
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    k += (int64_t)(bits >> 52) - 1023;
    bits = (bits & 0x000FFFFFFFFFFFFFu) | 0x3FF0000000000000u;
    double mantissa;
    memcpy(&mantissa, &bits, sizeof mantissa);
    if (mantissa > 1.41421356237309504880) {
        mantissa *= 0.5;
        k += 1;
    }
    const double f = mantissa - 1, s = f / (2 + f), z = s * s;
    double r = 0;
    for (int term = 10; term >= 1; term--) r = (r + 2.0 / (2 * term + 1)) * z;
    const double half_square = 0.5 * f * f, exponent = (double)k;
    return exponent * DM_LN2_HIGH
           - ((half_square - (s * (half_square + r) + exponent * DM_LN2_LOW)) - f);
}
