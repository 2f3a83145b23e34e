// Texts that have a number each, in a table with open addressing.
//
// A slot holds all that most look-ups need: the bytes of a text of up to eight, the hash of a longer one.
#ifndef CK_TEXTS_H
#define CK_TEXTS_H

#include <string.h>

#include "blocks.h"

// The hash of a long text: its bytes, seven at a time, are the coefficients of a polynomial, whose
// value modulo 2^61 − 1 is taken at a random place, so that no file can be made of texts of one hash.
//
// Source: Carter and Wegman 1979, "Universal classes of hash functions".
CK_INLINE uint64_t ck_text_hash(uint64_t place, const uint8_t *text, size_t count) {
    const uint64_t prime = ((uint64_t)1 << 61) - 1;
    uint64_t hash = count & prime;
    while (count > 0) {
        size_t part = count < 7 ? count : 7;
        uint64_t word = 0;
        if (count >= 8) {
            word = ck_word(text) & (((uint64_t)1 << 56) - 1);
        } else {
            memcpy(&word, text, part);
        }
        unsigned __int128 product = (unsigned __int128)(hash + word) * place;
        hash = (uint64_t)(product & prime) + (uint64_t)(product >> 61);
        hash = (hash & prime) + (hash >> 61);
        text += part;
        count -= part;
    }
    return hash;
}

// What a slot holds of a text. `has_room`: eight bytes may be read.
CK_INLINE uint64_t ck_text_key(
    const ck_texts *texts, const uint8_t *text, size_t count, bool has_room) {
    if (count > 8) return ck_text_hash(texts->place, text, count);
    uint64_t word = 0;
    if (count == 0) return word;
    if (has_room) return ck_word(text) & (~(uint64_t)0 >> (64 - 8 * count));
    memcpy(&word, text, count);
    return word;
}

CK_INLINE uint32_t ck_text_length(size_t count) {
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

// The slot of a key, or the first one that it may have.
//
// Source: Dietzfelbinger et al. 1997, "A reliable randomized algorithm for the closest-pair problem":
// the highest bits of a product with a random odd number.
CK_INLINE size_t ck_text_slot_of(const ck_texts *texts, uint64_t key) {
    return (size_t)((key * texts->multiplier) >> texts->shift);
}

// The number of a text, −1 if it has none.
CK_INLINE int32_t ck_text_find(
    const ck_texts *texts, const uint8_t *text, size_t count, bool has_room) {
    uint64_t key = ck_text_key(texts, text, count, has_room);
    uint32_t length = ck_text_length(count);
    size_t mask = ((size_t)1 << (64 - texts->shift)) - 1;
    for (size_t slot = ck_text_slot_of(texts, key);; slot = (slot + 1) & mask) {
        ck_text_slot found = texts->slots[slot];
        if (found.number == 0) return -1;
        if (found.key != key || found.length != length) continue;
        int32_t code = (int32_t)found.number - 1;
        if (count <= 8) return code;
        if (texts->starts[code + 1] - texts->starts[code] == count &&
            memcmp(texts->bytes + texts->starts[code], text, count) == 0) return code;
    }
}

#endif
