#include "blocks.h"

CK_CLONES size_t ck_count_lines(const uint8_t *bytes, size_t count) {
    if (count == 0) return 1;
    const uint8_t *at = bytes, *last = bytes + count - 1;
    size_t lines = 1;
    for (; CK_HAS_ROOM(at, last, 64); at += 64) {
        ck_block64 block = ck_load64(at);
        uint64_t feeds = ck_equal64(block, '\n'), returns = ck_equal64(block, '\r');
        uint64_t behind = feeds >> 1 | (uint64_t)(at[64] == '\n') << 63;
        lines += (size_t)__builtin_popcountll(feeds | (returns & ~behind));
    }
    for (; at < last; at++) lines += (at[0] == '\n') | ((at[0] == '\r') & (at[1] != '\n'));
    return lines;
}

CK_CLONES size_t ck_ascii_prefix(const uint8_t *bytes, size_t count) {
    size_t at = 0;
    for (; count - at >= 64; at += 64) {
        ck_block64 block = ck_load64(bytes + at);
        if (__builtin_reduce_or(block) >= 0x80) break;
    }
    while (at < count && bytes[at] < 0x80) at++;
    return at;
}
