#include "texts.h"

int32_t ck_text_code(const ck_texts *texts, const uint8_t *text, size_t count) {
    return ck_text_find(texts, text, count, false);
}

static void take_slot(const ck_texts *texts, ck_text_slot taken) {
    size_t mask = ((size_t)1 << (64 - texts->shift)) - 1;
    size_t slot = ck_text_slot_of(texts, taken.key);
    while (texts->slots[slot].number != 0) slot = (slot + 1) & mask;
    texts->slots[slot] = taken;
}

void ck_add_text(const ck_texts *texts, const uint8_t *text, size_t count, int32_t code) {
    take_slot(texts, (ck_text_slot){
        ck_text_key(texts, text, count, false), ck_text_length(count), (uint32_t)code + 1});
}

void ck_move_texts(const ck_text_slot *slots, size_t count, const ck_texts *texts) {
    for (size_t slot = 0; slot < count; slot++) {
        if (slots[slot].number != 0) take_slot(texts, slots[slot]);
    }
}
