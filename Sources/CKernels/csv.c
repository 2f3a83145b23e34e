#include <math.h>

#include "numbers.h"
#include "vectors.h"

ck_number_kind ck_number(const uint8_t *text, size_t count, uint8_t point, double *value) {
    const uint8_t *at = text;
    ck_number_kind kind = ck_scan(&at, text + count, point, value);
    return at == text + count ? kind : CK_NO_NUMBER;
}

static inline bool is_end_of_line(uint8_t byte) { return byte == '\n' || byte == '\r'; }

size_t ck_csv_cell(ck_csv_format format, const uint8_t *bytes, size_t count) {
    size_t at = 0;
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

// Reads a plain cell: a number that a float holds, with nothing but blanks around it.
//
// Returns: the byte behind it, NULL if it is none.
static inline const uint8_t *read_number(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, float *target) {
    at = pass_blanks(format, at, end);
    double number;
    if (ck_scan(&at, end, format.point, &number) != CK_NUMBER) return NULL;
    float value = (float)number;
    if (!isfinite(value)) return NULL;
    *target = value;
    return pass_blanks(format, at, end);
}

ck_csv_stop ck_csv_numbers(
    ck_csv_format format, const uint8_t *bytes, size_t count, ck_csv_row row,
    size_t column, float *target) {
    const uint8_t *at = bytes, *end = bytes + count;
    for (; column < row.columns; column++) {
        int32_t place = row.places[column];
        if (place == CK_CSV_ASK) break;
        const uint8_t *behind;
        if (place == CK_CSV_SKIP) {
            if (at < end && *at == '"') break;
            behind = at + ck_csv_cell(format, at, (size_t)(end - at));
        } else {
            behind = read_number(format, at, end, &target[place]);
            if (behind == NULL) break;
        }
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
