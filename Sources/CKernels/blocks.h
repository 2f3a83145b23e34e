// Which bytes of a block are one of some, as the bits of a word: bit i stands for byte i.
#ifndef CK_BLOCKS_H
#define CK_BLOCKS_H

#include <stdbool.h>

#include "vectors.h"

typedef uint8_t ck_block64 __attribute__((ext_vector_type(64)));
typedef uint8_t ck_block32 __attribute__((ext_vector_type(32)));
typedef bool ck_bits64 __attribute__((ext_vector_type(64)));
typedef bool ck_bits32 __attribute__((ext_vector_type(32)));

// Words of bytes are read as little-endian numbers, so that elsewhere nothing has room for them.
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define CK_HAS_ROOM(at, end, count) ((end) - (at) >= (count))
#else
#define CK_HAS_ROOM(at, end, count) ((void)(at), (void)(end), false)
#endif

CK_INLINE ck_block64 ck_load64(const uint8_t *at) {
    ck_block64 block;
    memcpy(&block, at, sizeof block);
    return block;
}

CK_INLINE ck_block32 ck_load32(const uint8_t *at) {
    ck_block32 block;
    memcpy(&block, at, sizeof block);
    return block;
}

CK_INLINE uint64_t ck_equal64(ck_block64 block, uint8_t byte) {
    ck_bits64 bits = __builtin_convertvector(block == (ck_block64)byte, ck_bits64);
    uint64_t word;
    memcpy(&word, &bits, sizeof word);
    return word;
}

CK_INLINE uint32_t ck_equal32(ck_block32 block, uint8_t byte) {
    ck_bits32 bits = __builtin_convertvector(block == (ck_block32)byte, ck_bits32);
    uint32_t word;
    memcpy(&word, &bits, sizeof word);
    return word;
}

// Eight bytes as a number, the first of them the lowest.
CK_INLINE uint64_t ck_word(const uint8_t *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

#endif
