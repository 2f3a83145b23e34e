// The cells of a table as text: where they end.
#ifndef CK_CELLS_H
#define CK_CELLS_H

#include "blocks.h"

CK_INLINE bool ck_is_end_of_line(uint8_t byte) { return byte == '\n' || byte == '\r'; }

// Whether a cell ends there, and nothing stands between it and the next one or the end of its line.
CK_INLINE bool ck_is_end_of_cell(ck_csv_format format, const uint8_t *at, const uint8_t *end) {
    return at == end || *at == format.separator || ck_is_end_of_line(*at);
}

// Passes over spaces and tabs that do not separate.
CK_INLINE const uint8_t *ck_pass_blanks(
    ck_csv_format format, const uint8_t *at, const uint8_t *end) {
    while (at < end && (*at == ' ' || *at == '\t') && *at != format.separator) at++;
    return at;
}

// Where an unquoted cell ends: at a separator, an end of line, what begins a comment, or the end.
CK_INLINE const uint8_t *ck_cell_end(
    ck_csv_format format, const uint8_t *at, const uint8_t *end) {
    for (; CK_HAS_ROOM(at, end, 32); at += 32) {
        ck_block32 block = ck_load32(at);
        uint32_t ends = ck_equal32(block, format.separator) | ck_equal32(block, '\n') |
                        ck_equal32(block, '\r') | ck_equal32(block, format.comment);
        if (ends != 0) return at + __builtin_ctz(ends);
    }
    while (at < end && *at != format.separator && *at != format.comment &&
           !ck_is_end_of_line(*at)) at++;
    return at;
}

// Passes over a quoted cell on one line, which begins at `at`.
//
// Returns: the byte behind its last quote, NULL if there is none on the line. `has_quotes` becomes true
// where there are quotes inside.
CK_INLINE const uint8_t *ck_pass_quoted(
    const uint8_t *at, const uint8_t *end, bool *has_quotes) {
    at++;
    while (at < end) {
        if (CK_HAS_ROOM(at, end, 32)) {
            ck_block32 block = ck_load32(at);
            uint32_t found = ck_equal32(block, '"') | ck_equal32(block, '\n');
            if (found == 0) {
                at += 32;
                continue;
            }
            at += __builtin_ctz(found);
        }
        if (*at == '\n') return NULL;
        if (*at == '"') {
            if (at + 1 == end || at[1] != '"') return at + 1;
            *has_quotes = true;
            at++;
        }
        at++;
    }
    return NULL;
}

// Cells that were passed over.
typedef struct {
    size_t cells;            // how many
    const uint8_t *start;    // where the last of them begins, or the one that was not passed
    const uint8_t *behind;   // the byte behind the last of them; NULL for a cell that was not passed
} ck_passed;

// Passes over up to `most` cells, at least one, by blocks: as long as a separator follows each.
CK_INLINE ck_passed ck_pass_cells(
    ck_csv_format format, const uint8_t *at, const uint8_t *end, size_t most) {
    size_t left = most;
    while (true) {
        if (at < end && *at == '"') {
            bool has_quotes;
            const uint8_t *behind = ck_pass_quoted(at, end, &has_quotes);
            if (behind == NULL) return (ck_passed){most - left, at, NULL};
            left--;
            if (left == 0 || behind == end || *behind != format.separator) {
                return (ck_passed){most - left, at, behind};
            }
            at = behind + 1;
            continue;
        }
        const uint8_t *start = at, *block_start = at;
        bool is_quoted = false;
        for (; CK_HAS_ROOM(block_start, end, 64); block_start += 64) {
            ck_block64 block = ck_load64(block_start);
            uint64_t separators = ck_equal64(block, format.separator);
            uint64_t ends = ck_equal64(block, '\n') | ck_equal64(block, '\r') |
                            ck_equal64(block, format.comment);
            // A quote counts where a cell begins.
            uint64_t begins = separators << 1 | (start == block_start);
            uint64_t stops = ends | (ck_equal64(block, '"') & begins);
            uint64_t passed = separators & (stops - 1) & ~stops;
            size_t count = (size_t)__builtin_popcountll(passed);
            if (count >= left) {
                for (size_t i = 1; i < left; i++) passed &= passed - 1;
                const uint8_t *behind = block_start + __builtin_ctzll(passed);
                return (ck_passed){most, start, behind};
            }
            left -= count;
            if (count > 0) start = block_start + 64 - __builtin_clzll(passed);
            if (stops == 0) continue;
            const uint8_t *stop = block_start + __builtin_ctzll(stops);
            is_quoted = stop == start && *stop == '"';
            if (!is_quoted) return (ck_passed){most - left + 1, start, stop};
            break;
        }
        if (is_quoted || (start == block_start && start != at)) {
            at = start;
            continue;
        }
        const uint8_t *behind = ck_cell_end(format, block_start, end);
        left--;
        if (left == 0 || behind == end || *behind != format.separator) {
            return (ck_passed){most - left, start, behind};
        }
        at = behind + 1;
    }
}

#endif
