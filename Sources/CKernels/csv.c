#include <math.h>

#include "cells.h"
#include "numbers.h"
#include "texts.h"

ck_number_kind ck_number(const uint8_t *text, size_t count, uint8_t point, double *value) {
    const uint8_t *at = text;
    ck_number_kind kind = ck_scan(&at, text + count, point, value);
    return at == text + count ? kind : CK_NO_NUMBER;
}

CK_CLONES size_t ck_csv_cell(ck_csv_format format, const uint8_t *bytes, size_t count) {
    return (size_t)(ck_cell_end(format, bytes, bytes + count) - bytes);
}

// Three digits behind what groups them, from 0 to 999; −1 if that is not what stands there.
CK_INLINE int32_t read_group(uint8_t thousands, const uint8_t *at, const uint8_t *end) {
    if (end - at < 4 || *at != thousands || !ck_is_digit(at[1]) || !ck_is_digit(at[2]) ||
        !ck_is_digit(at[3])) return -1;
    return (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
}

// Reads a number whose integer part is in groups: one to three digits, then three each.
//
// Returns: the byte behind it, NULL if it is none or a long one.
static __attribute__((noinline)) const uint8_t *read_grouped(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, double *value) {
    ck_decimal number = {0, 0, *at == '-'};
    if (number.is_negative || *at == '+') at++;
    const uint8_t *first = at;
    at = ck_digits(at, end, &number.digits);
    size_t count = (size_t)(at - first);
    if (count == 0 || count > 3) return NULL;
    for (int32_t group; count <= 16 && (group = read_group(format.thousands, at, end)) >= 0;) {
        number.digits = number.digits * 1000 + (uint64_t)group;
        count += 3;
        at += 4;
    }
    if (at < end && ck_is_digit(*at)) return NULL;
    if (at < end && *at == format.point) {
        const uint8_t *fraction = ++at;
        at = ck_digits(at, end, &number.digits);
        number.power = fraction - at;
        count += (size_t)(at - fraction);
        if (!ck_exponent(&at, end, &number.power)) return NULL;
    }
    if (count > 19) return NULL;
    return ck_value(number, value) == CK_NUMBER ? at : NULL;
}

// What stands before a number's fraction. Outside of quotes a separator separates; behind digits there
// is no digit, so that '0' is no point.
CK_INLINE uint8_t point_of(ck_csv_format format, bool is_quoted) {
    return is_quoted || format.point != format.separator ? format.point : '0';
}

// Reads up to `most` numbers as most are written, each followed by a separator: the loop that most
// tables are read by. `are_quoted` is a constant where this is inlined.
//
// Returns: how many, and moves `*at` behind their separators.
CK_INLINE size_t read_numbers(
    ck_csv_format format, const uint8_t **at, const uint8_t *end, float *target, size_t most,
    bool are_quoted) {
    const uint8_t *p = *at;
    uint8_t point = point_of(format, are_quoted);
    size_t count = 0;
    for (; count < most && CK_HAS_ROOM(p, end, CK_NUMBER_ROOM + 3); count++) {
        if (are_quoted && *p != '"') break;
        ck_decimal number;
        const uint8_t *behind = ck_common_number(p + are_quoted, point, &number);
        if (behind == NULL) break;
        double value;
        if ((*behind | 0x20) == 'e') {
            if (!ck_exponent(&behind, end, &number.power) || end - behind < 2) break;
            if (ck_value(number, &value) != CK_NUMBER || !isfinite((float)value)) break;
        } else {
            value = ck_plain_value(number);
        }
        if (are_quoted && *behind++ != '"') break;
        if (*behind != format.separator) break;
        target[count] = (float)value;
        p = behind + 1;
    }
    *at = p;
    return count;
}

// Reads a plain cell, quoted or not: a number that a float holds, with nothing but blanks around it;
// or blanks alone, for which `blank` stands unless it is infinite.
//
// Returns: the byte behind it, NULL if it is neither.
static __attribute__((noinline)) const uint8_t *read_number(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, float blank, float *target) {
    bool is_quoted = at < end && *at == '"';
    if (is_quoted) at++;
    at = ck_pass_blanks(format, at, end);
    uint8_t point = point_of(format, is_quoted);
    const uint8_t *first = at;
    // A missing number, the most usual of blanks.
    if (at < end && *at == format.separator && !is_quoted && !isinf(blank)) {
        *target = blank;
        return at;
    }
    double number;
    ck_number_kind kind = ck_scan(&at, end, point, &number);
    if (kind == CK_NUMBER) {
        if (end - at > 1 && *at == format.thousands && ck_is_digit(at[1]) &&
            (is_quoted || format.thousands != format.separator)) {
            double grouped;
            at = read_grouped(format, first, end, &grouped);
            if (at == NULL) return NULL;
            number = grouped;
        }
        float value = (float)number;
        if (!isfinite(value)) return NULL;
        *target = value;
        at = ck_pass_blanks(format, at, end);
    } else if (kind == CK_NO_NUMBER && !isinf(blank) &&
               (at == end || *at == (is_quoted ? '"' : format.separator) ||
                ck_is_end_of_line(*at))) {
        *target = blank;
    } else {
        return NULL;
    }
    if (!is_quoted) return at;
    return at < end && *at == '"' ? at + 1 : NULL;
}

// Reads a cell whose text has a number, quoted or not.
//
// Returns: the byte behind it, NULL if its text has no number or is to be put together.
CK_INLINE const uint8_t *read_text(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, const ck_texts *texts,
    int32_t *code) {
    const uint8_t *behind;
    if (at < end && *at == '"') {
        bool has_quotes = false;
        behind = ck_pass_quoted(at, end, &has_quotes);
        if (behind == NULL || has_quotes || !ck_is_end_of_cell(format, behind, end)) return NULL;
        *code = ck_text_find(
            texts, at + 1, (size_t)(behind - at) - 2, CK_HAS_ROOM(at, end, 9));
    } else {
        behind = ck_cell_end(format, at, end);
        if (!ck_is_end_of_cell(format, behind, end)) return NULL;
        *code = ck_text_find(texts, at, (size_t)(behind - at), CK_HAS_ROOM(at, end, 8));
    }
    return *code < 0 ? NULL : behind;
}

// Reads the cells of a row from `column` on.
//
// Returns: the column of the cell that `*at` is then at, which is to be asked for; or `table.count` or
// more where there are too many. −1 where the row ends at `*at`, after `*cells` cells.
CK_INLINE ptrdiff_t read_cells(
    ck_csv_table table, const uint8_t **at, const uint8_t *end, size_t column,
    const ck_csv_target *target, size_t *cells) {
    const ck_csv_format format = table.format;
    const uint8_t *p = *at;
    while (column < table.count) {
        const ck_csv_column *kind = &table.columns[column];
        const uint8_t *behind = NULL;
        size_t passed = 1;
        switch (kind->kind) {
        case CK_CSV_NUMBER: {
            float *place = &target->row[kind->place];
            size_t numbers = p < end && *p == '"'
                ? read_numbers(format, &p, end, place, kind->count, true)
                : read_numbers(format, &p, end, place, kind->count, false);
            column += numbers;
            // The last one may end the row, or this is another kind of number.
            if (numbers == kind->count) continue;
            behind = read_number(format, p, end, kind[numbers].blank, place + numbers);
            break;
        }
        case CK_CSV_VALUE:
            behind = read_number(format, p, end, kind->blank, target->value);
            break;
        case CK_CSV_LABEL:
        case CK_CSV_FEATURE:
        case CK_CSV_KNOWN: {
            int32_t code;
            behind = read_text(format, p, end, kind->texts, &code);
            if (behind == NULL || kind->kind == CK_CSV_KNOWN) break;
            if (kind->kind == CK_CSV_LABEL) {
                *target->code = code;
            } else if (kind->texts->values[code] >= 0) {
                target->row[kind->texts->values[code]] = 1;
            } else {
                behind = NULL;
            }
            break;
        }
        case CK_CSV_SKIP: {
            ck_passed cells_passed = ck_pass_cells(format, p, end, kind->count);
            p = cells_passed.start;
            behind = cells_passed.behind;
            passed = cells_passed.cells;
            if (behind == NULL || !ck_is_end_of_cell(format, behind, end)) {
                column += behind == NULL ? passed : passed - 1;
                behind = NULL;
            }
            break;
        }
        default: break;
        }
        if (behind == NULL) break;
        if (behind < end && *behind == format.separator) {
            column += passed;
            p = behind + 1;
            continue;
        }
        if (behind < end && !ck_is_end_of_line(*behind)) break;
        *at = behind;
        *cells = column + passed;
        return -1;
    }
    *at = p;
    return (ptrdiff_t)column;
}

// Passes over an end of line and the empty lines behind it, and counts line feeds.
CK_INLINE const uint8_t *pass_lines(const uint8_t *at, const uint8_t *end, size_t *lines) {
    for (; at < end && ck_is_end_of_line(*at); at++) *lines += *at == '\n';
    return at;
}

CK_INLINE bool is_comment(ck_csv_format format, const uint8_t *at, const uint8_t *end) {
    if (format.comment == '\n') return false;
    at = ck_pass_blanks(format, at, end);
    return at < end && *at == format.comment;
}

CK_CLONES ck_csv_stop ck_csv_rows(
    ck_csv_table table, const uint8_t *bytes, size_t count, size_t column, ck_csv_target target) {
    const uint8_t *at = bytes, *end = bytes + count;
    ck_csv_stop stop = {0, 0, 0, 0, 0, CK_CSV_ASKS};
    while (true) {
        size_t cells;
        ptrdiff_t asks = read_cells(table, &at, end, column, &target, &cells);
        stop.position = (size_t)(at - bytes);
        if (asks >= 0) {
            stop.column = (size_t)asks;
            return stop;
        }
        if (cells != table.count || stop.kept == target.room) {
            stop.column = cells;
            stop.reason = CK_CSV_ENDS;
            return stop;
        }
        if (target.is_dropped) {
            memset(target.row, 0, target.width * sizeof(float));
        } else {
            stop.kept++;
            target.row += target.width;
            if (target.value != NULL) target.value++;
            if (target.code != NULL) target.code++;
        }
        stop.rows++;
        at = pass_lines(at, end, &stop.lines);
        stop.position = (size_t)(at - bytes);
        if (at == end || is_comment(table.format, at, end)) {
            stop.reason = CK_CSV_BETWEEN;
            return stop;
        }
        target.is_dropped = 0;
        column = 0;
    }
}
