// Decimal numbers as doubles, each the nearest one, as strtod gives it.
//
// Sources: Clinger 1990, "How to read floating point numbers accurately"; Lemire 2021, "Number parsing
// at a gigabyte per second"; Mushtak and Lemire 2023, "Fast number parsing without fallback".
#ifndef CK_NUMBERS_H
#define CK_NUMBERS_H

#include "blocks.h"
#include "powers.h"

#define CK_NUMBER_INLINE static inline __attribute__((always_inline))

CK_NUMBER_INLINE bool ck_is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

static const uint64_t ck_ten_to[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
};

// Bit 7 of the first of eight bytes that is no digit is the lowest bit that is set; 0 for eight digits.
//
// A sum or a difference carries into bytes above a byte that is no digit, never above a digit.
CK_NUMBER_INLINE uint64_t ck_no_digits(uint64_t word) {
    return ((word + 0x4646464646464646) | (word - 0x3030303030303030)) & 0x8080808080808080;
}

// The number of the first `count` digits of a word, from 1 to 8: pairs, fours and the eight are added
// up, with zeros in place of the digits that are not there.
//
// Source: Lemire 2021, "Number parsing at a gigabyte per second".
CK_NUMBER_INLINE uint64_t ck_eight(uint64_t word, unsigned count) {
    word = (word - 0x3030303030303030) << (64 - 8 * count);
    word = word * 10 + (word >> 8);
    const uint64_t mask = 0x000000FF000000FF;
    return ((word & mask) * (100 + ((uint64_t)1000000 << 32)) +
            ((word >> 16) & mask) * (1 + ((uint64_t)10000 << 32))) >> 32;
}

// Reads digits into `value`, which wraps around beyond 19 significant ones.
//
// Returns: the first byte that is no digit.
CK_NUMBER_INLINE const uint8_t *ck_digits(
    const uint8_t *at, const uint8_t *end, uint64_t *value) {
    uint64_t digits = *value;
    while (CK_HAS_ROOM(at, end, 8)) {
        uint64_t word = ck_word(at), others = ck_no_digits(word);
        unsigned count = others == 0 ? 8 : (unsigned)__builtin_ctzll(others) >> 3;
        if (count > 0) digits = digits * ck_ten_to[count] + (uint32_t)ck_eight(word, count);
        at += count;
        if (count < 8) {
            *value = digits;
            return at;
        }
    }
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

// A number as it is written: ±digits · 10^power.
typedef struct {
    uint64_t digits;
    int64_t power;
    bool is_negative;
} ck_decimal;

// The powers of ten that a double holds.
static const double ck_tens[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

// Signs are as good as random: nothing depends on one but its bit.
CK_NUMBER_INLINE double ck_signed(double size, bool is_negative) {
    uint64_t bits;
    memcpy(&bits, &size, sizeof bits);
    bits |= (uint64_t)is_negative << 63;
    memcpy(&size, &bits, sizeof bits);
    return size;
}

// The double nearest to a number.
CK_NUMBER_INLINE ck_number_kind ck_value(ck_decimal number, double *value) {
    uint64_t digits = number.digits;
    int64_t power = number.power;
    double size;
    if (digits <= (uint64_t)1 << 53 && power >= -22 && power <= 22) {
        double whole = (double)(int64_t)digits;
        size = power <= 0 ? whole / ck_tens[-power] : whole * ck_tens[power];
    } else if (digits == 0) {
        size = 0;
    } else if (power >= CK_LOWEST_POWER && power <= CK_HIGHEST_POWER) {
        size = ck_nearest(digits, (int)power);
    } else {
        return CK_HARD_NUMBER;
    }
    *value = ck_signed(size, number.is_negative);
    return CK_NUMBER;
}

// The same for a power from −19 to 0, which every number without an exponent has.
CK_NUMBER_INLINE double ck_plain_value(ck_decimal number) {
    double size = number.digits <= (uint64_t)1 << 53
        ? (double)(int64_t)number.digits / ck_tens[-number.power]
        : ck_nearest(number.digits, (int)number.power);
    return ck_signed(size, number.is_negative);
}

// Reads an exponent where there is one, and adds it to `power`.
//
// Returns: false for an e without digits.
CK_NUMBER_INLINE bool ck_exponent(const uint8_t **at, const uint8_t *end, int64_t *power) {
    const uint8_t *p = *at;
    if (p == end || (*p | 0x20) != 'e') return true;
    p++;
    bool is_small = p < end && *p == '-';
    if (is_small || (p < end && *p == '+')) p++;
    if (p == end || !ck_is_digit(*p)) return false;
    int64_t exponent = 0;
    for (; p < end && ck_is_digit(*p); p++) {
        if (exponent < 100000) exponent = exponent * 10 + (*p - '0');
    }
    *power += is_small ? -exponent : exponent;
    *at = p;
    return true;
}

// How many bytes ck_common_number may read.
#define CK_NUMBER_ROOM 32

// Reads the sign and the digits of most numbers without a branch for each: one to seven before the point,
// and at most 19 altogether.
//
// Returns: the byte behind the digits; NULL for another number, or none.
CK_NUMBER_INLINE const uint8_t *ck_common_number(
    const uint8_t *at, uint8_t point, ck_decimal *number) {
    number->is_negative = *at == '-';
    at += number->is_negative | (*at == '+');
    uint64_t word = ck_word(at), others = ck_no_digits(word);
    if (others == 0) return NULL;
    unsigned before = (unsigned)__builtin_ctzll(others) >> 3;
    if (before == 0) return NULL;
    if (at[before] != point) {
        number->digits = ck_eight(word, before);
        number->power = 0;
        return at + before;
    }
    // The digits on both sides of the point, put together.
    uint64_t left = ((uint64_t)1 << (8 * before)) - 1;
    word = (word & left) | (ck_word(at + 1) & ~left);
    others = ck_no_digits(word);
    if (others != 0) {
        unsigned count = (unsigned)__builtin_ctzll(others) >> 3;
        number->digits = ck_eight(word, count);
        number->power = (int64_t)before - count;
        return at + 1 + count;
    }
    uint64_t digits = ck_eight(word, 8);
    unsigned count = 8;
    word = ck_word(at + 9);
    others = ck_no_digits(word);
    if (others == 0) {
        digits = digits * ck_ten_to[8] + ck_eight(word, 8);
        count = 16;
        word = ck_word(at + 17);
        others = ck_no_digits(word);
        if (others == 0) return NULL;
    }
    unsigned more = (unsigned)__builtin_ctzll(others) >> 3;
    if (count + more > 19) return NULL;
    if (more > 0) digits = digits * ck_ten_to[more] + ck_eight(word, more);
    count += more;
    number->digits = digits;
    number->power = (int64_t)before - count;
    return at + 1 + count;
}

// As ck_scan, byte by byte where there is no room for words, for numbers of any length.
static __attribute__((noinline)) ck_number_kind ck_scan_carefully(
    const uint8_t **at, const uint8_t *end, uint8_t point, double *value) {
    const uint8_t *p = *at;
    ck_decimal number = {0, 0, p < end && *p == '-'};
    if (number.is_negative || (p < end && *p == '+')) p++;
    const uint8_t *first = p;
    p = ck_digits(p, end, &number.digits);
    size_t count = (size_t)(p - first);
    if (p < end && *p == point) {
        const uint8_t *fraction = ++p;
        p = ck_digits(p, end, &number.digits);
        number.power = fraction - p;
        count += (size_t)(p - fraction);
    }
    if (count == 0 || !ck_exponent(&p, end, &number.power)) return CK_NO_NUMBER;
    *at = p;
    if (count > 19 && ck_significant(first, count, point) > 19) return CK_HARD_NUMBER;
    return ck_value(number, value);
}

// Reads the longest number at `*at` and moves `*at` behind it: a sign, digits with or without a
// point, and an exponent that is complete.
CK_NUMBER_INLINE ck_number_kind ck_scan(
    const uint8_t **at, const uint8_t *end, uint8_t point, double *value) {
    ck_decimal number;
    if (CK_HAS_ROOM(*at, end, CK_NUMBER_ROOM)) {
        const uint8_t *behind = ck_common_number(*at, point, &number);
        if (behind != NULL) {
            if (!ck_exponent(&behind, end, &number.power)) return CK_NO_NUMBER;
            *at = behind;
            return ck_value(number, value);
        }
    }
    // Copies, so that those of the usual way stay in registers.
    const uint8_t *place = *at;
    double found;
    ck_number_kind kind = ck_scan_carefully(&place, end, point, &found);
    if (kind == CK_NUMBER) *value = found;
    *at = place;
    return kind;
}

#endif
