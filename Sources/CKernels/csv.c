#include <math.h>

#include "numbers.h"
#include "vectors.h"

ck_number_kind ck_number(const uint8_t *text, size_t count, uint8_t point, double *value) {
    const uint8_t *at = text;
    ck_number_kind kind = ck_scan(&at, text + count, point, value);
    return at == text + count ? kind : CK_NO_NUMBER;
}

static inline bool is_end_of_line(uint8_t byte) { return byte == '\n' || byte == '\r'; }

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static const uint64_t ones = 0x0101010101010101;

// A word in which the top bit of the first byte that is `byte` is the lowest bit that is set.
//
// Source: Mycroft's test for a zero byte; borrows reach only bytes above the first one.
static inline uint64_t first_equal(uint64_t word, uint8_t byte) {
    uint64_t difference = word ^ (ones * byte);
    return (difference - ones) & ~difference & (ones << 7);
}
#endif

size_t ck_csv_cell(ck_csv_format format, const uint8_t *bytes, size_t count) {
    size_t at = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; at + 8 <= count; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, 8);
        uint64_t ends = first_equal(word, format.separator) | first_equal(word, format.comment) |
                        first_equal(word, '\n') | first_equal(word, '\r');
        if (ends != 0) return at + (size_t)(__builtin_ctzll(ends) >> 3);
    }
#endif
    while (at < count && bytes[at] != format.separator && bytes[at] != format.comment &&
           !is_end_of_line(bytes[at])) at++;
    return at;
}

// Passes over spaces and tabs that do not separate.
static inline const uint8_t *pass_blanks(
    ck_csv_format format, const uint8_t *at, const uint8_t *end) {
    while (at < end && (*at == ' ' || *at == '\t') && *at != format.separator) at++;
    return at;
}

// Passes over a quoted cell on one line.
//
// Returns: the byte behind its last quote, NULL if there is none on the line.
static inline const uint8_t *pass_quoted(const uint8_t *at, const uint8_t *end) {
    for (at++; at < end && *at != '\n'; at++) {
        if (*at != '"') continue;
        if (at + 1 == end || at[1] != '"') return at + 1;
        at++;
    }
    return NULL;
}

// Reads a number whose integer part is in groups: one to three digits, then three each.
//
// Returns: the byte behind it, NULL if it is none or a long one.
static const uint8_t *read_grouped(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, double *number) {
    uint8_t text[48];
    size_t count = 0, first = 0;
    if (at < end && (*at == '-' || *at == '+')) text[count++] = *at++;
    for (; at < end && ck_is_digit(*at) && first < 3; first++) text[count++] = *at++;
    if (first == 0) return NULL;
    while (end - at > 3 && *at == format.thousands && ck_is_digit(at[1]) && ck_is_digit(at[2]) &&
           ck_is_digit(at[3])) {
        if (count + 3 > sizeof text) return NULL;
        memcpy(text + count, at + 1, 3);
        count += 3;
        at += 4;
    }
    if (at < end && ck_is_digit(*at)) return NULL;
    if (at < end && *at == format.point) {
        do {
            if (count == sizeof text) return NULL;
            text[count++] = *at++;
        } while (at < end && (ck_is_digit(*at) || *at == 'e' || *at == 'E' || *at == '-' ||
                              *at == '+'));
    }
    return ck_number(text, count, format.point, number) == CK_NUMBER ? at : NULL;
}

// Reads a plain cell, quoted or not: a number that a float holds, with nothing but blanks around it;
// or blanks alone, for which `blank` stands unless it is infinite.
//
// Returns: the byte behind it, NULL if it is neither.
static inline const uint8_t *read_number(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, float blank, float *target) {
    bool is_quoted = at < end && *at == '"';
    if (is_quoted) at++;
    at = pass_blanks(format, at, end);
    // Outside of quotes a separator separates. Behind digits there is no digit: '0' is no point.
    uint8_t point = is_quoted || format.point != format.separator ? format.point : '0';
    const uint8_t *first = at;
    double number;
    ck_number_kind kind = ck_scan(&at, end, point, &number);
    if (kind == CK_NUMBER) {
        if (end - at > 1 && *at == format.thousands && ck_is_digit(at[1]) &&
            (is_quoted || format.thousands != format.separator)) {
            at = read_grouped(format, first, end, &number);
            if (at == NULL) return NULL;
        }
        float value = (float)number;
        if (!isfinite(value)) return NULL;
        *target = value;
        at = pass_blanks(format, at, end);
    } else if (kind == CK_NO_NUMBER && !isinf(blank) &&
               (at == end || *at == (is_quoted ? '"' : format.separator) || is_end_of_line(*at))) {
        *target = blank;
    } else {
        return NULL;
    }
    if (!is_quoted) return at;
    return at < end && *at == '"' ? at + 1 : NULL;
}

ck_csv_stop ck_csv_numbers(
    ck_csv_format format, const uint8_t *bytes, size_t count, ck_csv_row row,
    size_t column, float *target) {
    const uint8_t *at = bytes, *end = bytes + count;
    for (; column < row.columns; column++) {
        int32_t place = row.places[column];
        if (place == CK_CSV_ASK) break;
        const uint8_t *behind;
        if (place != CK_CSV_SKIP) {
            behind = read_number(format, at, end, row.blanks[column], &target[place]);
        } else if (at < end && *at == '"') {
            behind = pass_quoted(at, end);
        } else {
            behind = at + ck_csv_cell(format, at, (size_t)(end - at));
        }
        if (behind == NULL) break;
        if (behind == end || is_end_of_line(*behind)) {
            return (ck_csv_stop){(size_t)(behind - bytes), column + 1, 1};
        }
        if (*behind != format.separator) break;
        at = behind + 1;
    }
    return (ck_csv_stop){(size_t)(at - bytes), column, 0};
}

CK_CLONES size_t ck_count_lines(const uint8_t *bytes, size_t count) {
    size_t lines = 1;
    for (size_t start = 0; start + 1 < count;) {
        // As many as a byte counts, so that a vector counts as many as it has bytes.
        size_t end = count - 1 - start > 255 ? start + 255 : count - 1;
        uint8_t ends = 0;
        for (size_t i = start; i < end; i++) {
            ends += (bytes[i] == '\n') | ((bytes[i] == '\r') & (bytes[i + 1] != '\n'));
        }
        lines += ends;
        start = end;
    }
    return lines;
}
