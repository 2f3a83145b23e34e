// Decimal numbers as doubles, each the nearest one, as strtod gives it.
//
// Sources: Clinger 1990, "How to read floating point numbers accurately"; Lemire 2021, "Number parsing
// at a gigabyte per second"; Mushtak and Lemire 2023, "Fast number parsing without fallback".
#ifndef CK_NUMBERS_H
#define CK_NUMBERS_H

#include <stdbool.h>
#include <string.h>

#include "ckernels.h"
#include "powers.h"

#define CK_NUMBER_INLINE static inline __attribute__((always_inline))

CK_NUMBER_INLINE bool ck_is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

// Reads digits into `value`, which wraps around beyond 19 significant ones.
//
// Returns: the first byte that is no digit.
CK_NUMBER_INLINE const uint8_t *ck_digits(
    const uint8_t *at, const uint8_t *end, uint64_t *value) {
    uint64_t digits = *value;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    // Eight at a time: are they all digits, then pairs, fours and the eight are added up.
    while (end - at >= 8) {
        uint64_t eight;
        memcpy(&eight, at, 8);
        const uint64_t high = 0xF0F0F0F0F0F0F0F0;
        uint64_t above = ((eight + 0x0606060606060606) & high) >> 4;
        if (((eight & high) | above) != 0x3333333333333333) break;
        eight -= 0x3030303030303030;
        eight = eight * 10 + (eight >> 8);
        const uint64_t mask = 0x000000FF000000FF;
        eight = ((eight & mask) * (100 + ((uint64_t)1000000 << 32)) +
                 ((eight >> 16) & mask) * (1 + ((uint64_t)10000 << 32))) >> 32;
        digits = digits * 100000000 + (uint32_t)eight;
        at += 8;
    }
#endif
    while (at < end && ck_is_digit(*at)) digits = digits * 10 + (uint64_t)(*at++ - '0');
    *value = digits;
    return at;
}

// The double nearest to digits · 10^power, for digits > 0 and a power from CK_LOWEST_POWER to
// CK_HIGHEST_POWER, where every result is a normal number.
CK_NUMBER_INLINE double ck_nearest(uint64_t digits, int power) {
    int shift = __builtin_clzll(digits);
    digits <<= shift;
    const uint64_t *five = ck_powers_of_five[power - CK_LOWEST_POWER];
    unsigned __int128 product = (unsigned __int128)digits * five[0];
    uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
    // 55 bits decide, unless all below them are ones.
    if ((high & 0x1FF) == 0x1FF) {
        uint64_t rest = (uint64_t)(((unsigned __int128)digits * five[1]) >> 64);
        low += rest;
        if (rest > low) high++;
    }
    int upper = (int)(high >> 63);
    int drop = upper + 9;
    uint64_t mantissa = high >> drop;
    int exponent = (((152170 + 65536) * power) >> 16) + 63 + upper - shift + 1023;
    // Half way between two numbers the even one is the nearest.
    if (low <= 1 && power >= -4 && power <= 23 && (mantissa & 3) == 1 &&
        mantissa << drop == high) {
        mantissa &= ~(uint64_t)1;
    }
    mantissa += mantissa & 1;
    mantissa >>= 1;
    if (mantissa >= (uint64_t)2 << 52) {
        mantissa = (uint64_t)1 << 52;
        exponent++;
    }
    mantissa &= ~((uint64_t)1 << 52);
    uint64_t bits = mantissa | (uint64_t)exponent << 52;
    double value;
    memcpy(&value, &bits, 8);
    return value;
}

// How many digits are significant, from the first one on: all but leading zeros.
CK_NUMBER_INLINE size_t ck_significant(const uint8_t *at, size_t count, uint8_t point) {
    for (; count > 0 && (*at == '0' || *at == point); at++) count -= *at == '0';
    return count;
}

// Reads the longest number at `*at` and moves `*at` behind it: a sign, digits with or without a
// point, and an exponent that is complete.
CK_NUMBER_INLINE ck_number_kind ck_scan(
    const uint8_t **at, const uint8_t *end, uint8_t point, double *value) {
    static const double tens[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    };
    const uint8_t *p = *at;
    bool is_negative = p < end && *p == '-';
    if (is_negative || (p < end && *p == '+')) p++;
    const uint8_t *first = p;
    uint64_t digits = 0;
    // Most numbers have few digits before the point.
    while (p < end && ck_is_digit(*p)) digits = digits * 10 + (uint64_t)(*p++ - '0');
    size_t count = (size_t)(p - first);
    int64_t power = 0;
    if (p < end && *p == point) {
        const uint8_t *fraction = ++p;
        p = ck_digits(p, end, &digits);
        power = fraction - p;
        count += (size_t)(p - fraction);
    }
    if (count == 0) return CK_NO_NUMBER;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        bool is_small = p < end && *p == '-';
        if (is_small || (p < end && *p == '+')) p++;
        if (p == end || !ck_is_digit(*p)) return CK_NO_NUMBER;
        int64_t exponent = 0;
        for (; p < end && ck_is_digit(*p); p++) {
            if (exponent < 100000) exponent = exponent * 10 + (*p - '0');
        }
        power += is_small ? -exponent : exponent;
    }
    *at = p;
    if (count > 19 && ck_significant(first, count, point) > 19) return CK_HARD_NUMBER;
    double size;
    if (digits == 0) {
        size = 0;
    } else if (digits <= (uint64_t)1 << 53 && power >= -22 && power <= 22) {
        size = power < 0 ? (double)digits / tens[-power] : (double)digits * tens[power];
    } else if (power >= CK_LOWEST_POWER && power <= CK_HIGHEST_POWER) {
        size = ck_nearest(digits, (int)power);
    } else {
        return CK_HARD_NUMBER;
    }
    *value = is_negative ? -size : size;
    return CK_NUMBER;
}

#endif
