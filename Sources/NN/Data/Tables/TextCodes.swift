internal import CKernels
internal import Platform

/// Numbers texts in the order in which they are first met. Texts are their bytes.
///
/// The loops in C look up texts in its table and leave those to Swift that have no number.
///
/// - Invariant: `table` points into the buffers, and half of the slots are free at least.
/// - Complexity: O(length of the text) for each.
final class TextCodes {
    /// The table as C sees it, valid as long as the object.
    let table: UnsafeMutablePointer<ck_texts>
    private(set) var count = 0
    private var bytes: AlignedBuffer<UInt8>
    /// Where each text begins, and where the last one ends.
    private var starts: AlignedBuffer<Int>
    /// What stands for each text, at first its number.
    private var values: AlignedBuffer<Int32>
    private var slots: AlignedBuffer<ck_text_slot>
    private let purpose: String

    /// - Parameter purpose: what the texts are, as an error says it.
    /// - Throws: ``OutOfMemory``.
    init(purpose: String) throws {
        self.purpose = purpose
        bytes = try .empty()
        starts = try AlignedBuffer(count: 8, purpose: purpose)
        values = try AlignedBuffer(count: 7, purpose: purpose)
        slots = try AlignedBuffer(count: 1 << 4, purpose: purpose)
        table = .allocate(capacity: 1)
        table.initialize(
            to: ck_texts(
                bytes: bytes.pointer, starts: starts.pointer, values: values.pointer,
                slots: slots.pointer, shift: 60, multiplier: Self.multiplier, place: Self.place))
    }

    deinit { table.deallocate() }

    // Others in each process, so that no file can be made of texts of one hash.
    private static let multiplier = UInt64.random(in: .min ... .max) | 1
    private static let place = UInt64.random(in: 1 << 32..<(1 << 61) - 1)

    /// The bytes of the text of that number, valid until the next is added.
    subscript(code: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: bytes.pointer + starts[code], count: starts[code + 1] - starts[code])
    }

    /// What stands for the text of that number.
    func value(of code: Int) -> Int32 { values[code] }

    /// Lets something stand for the text of that number.
    func setValue(_ value: Int32, of code: Int) { values[code] = value }

    /// The number of a text.
    ///
    /// - Returns: also whether the text is met for the first time.
    /// - Throws: ``OutOfMemory``.
    func code(of text: UnsafeBufferPointer<UInt8>) throws -> (code: Int, isNew: Bool) {
        let known = ck_text_code(table, text.baseAddress, text.count)
        guard known < 0 else { return (Int(known), false) }
        try makeRoom(for: text.count)
        let start = starts[count]
        if let first = text.baseAddress {
            (bytes.pointer + start).update(from: first, count: text.count)
        }
        starts[count + 1] = start + text.count
        values[count] = Int32(count)
        ck_add_text(table, text.baseAddress, text.count, Int32(count))
        count += 1
        return (count - 1, true)
    }

    /// Makes room for one text more.
    private func makeRoom(for size: Int) throws {
        if starts[count] + size > bytes.count {
            try bytes.grow(to: max(64, 2 * bytes.count, starts[count] + size), purpose: purpose)
            table.pointee.bytes = UnsafePointer(bytes.pointer)
        }
        if count == values.count {
            try starts.grow(to: 2 * count + 1, purpose: purpose)
            table.pointee.starts = UnsafePointer(starts.pointer)
            try values.grow(to: 2 * count, purpose: purpose)
            table.pointee.values = UnsafePointer(values.pointer)
        }
        if 2 * (count + 1) > slots.count {
            let more = try AlignedBuffer<ck_text_slot>(count: 2 * slots.count, purpose: purpose)
            table.pointee.slots = more.pointer
            table.pointee.shift -= 1
            ck_move_texts(slots.pointer, slots.count, table)
            slots = more
        }
    }
}
