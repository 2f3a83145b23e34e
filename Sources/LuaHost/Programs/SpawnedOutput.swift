internal import Platform
internal import Synchronization

/// What a child has written and the script has not read.
///
/// Only so much is kept: a child that writes more waits, until the script reads.
final class SpawnedOutput: Sendable {
    /// How much one read takes.
    enum Amount {
        /// A line, with its end or without.
        case line(keepsEnd: Bool)
        /// All that comes.
        case all
        /// At most so many bytes.
        case bytes(Int)
    }

    private struct State {
        var bytes: [UInt8] = []
        var start = 0
        var limit = 1 << 20
        var isClosed = false
        /// The reader was told to wait.
        var isHeld = false

        var rest: ArraySlice<UInt8> { bytes[start...] }

        mutating func take(_ count: Int) -> ArraySlice<UInt8> {
            let taken = bytes[start..<start + count]
            start += count
            if start == bytes.count {
                (bytes, start) = ([], 0)
            } else if start > 1 << 16, start > bytes.count / 2 {
                bytes.removeFirst(start)
                start = 0
            }
            return taken
        }
    }
    private let state = Mutex(State())
    private let charge = MemoryCharge()
    /// Tells of more output, and of its end.
    let signal: ChangeSignal

    init(signal: ChangeSignal) { self.signal = signal }

    /// Takes what has come.
    ///
    /// - Returns: false where no more is wanted for now.
    func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
        defer { signal.notify() }
        return state.withLock { state in
            state.bytes += bytes
            state.isHeld = state.rest.count >= state.limit
            return !state.isHeld
        }
    }

    /// Nothing more comes.
    func close() {
        state.withLock { $0.isClosed = true }
        signal.notify()
    }

    /// Whether the reader was told to wait, and there is room now; true once each time.
    func takeRoom() -> Bool {
        state.withLock { state in
            guard state.isHeld, state.rest.count < state.limit else { return false }
            state.isHeld = false
            return true
        }
    }

    /// Takes what one read wants.
    ///
    /// - Returns: nil where that is not there yet; an empty list at the end.
    /// - Throws: `OutOfMemory` for a line, or for all, that the budget has no room for.
    func take(_ amount: Amount) throws -> ArraySlice<UInt8>? {
        let (taken, isFull) = state.withLock { state -> (ArraySlice<UInt8>?, Int?) in
            if let count = Self.count(amount, state) { return (state.take(count), nil) }
            return (nil, state.rest.count >= state.limit ? state.limit : nil)
        }
        if let isFull { try allow(2 * isFull) }
        return taken
    }

    /// Lets a child write on whose output no one will read.
    ///
    /// - Throws: `OutOfMemory`.
    func makeRoom() throws {
        let full = state.withLock { $0.rest.count >= $0.limit ? $0.limit : nil }
        if let full { try allow(2 * full) }
    }

    private func allow(_ limit: Int) throws {
        try charge.add(limit / 2, purpose: "the output of a program")
        state.withLock { $0.limit = max($0.limit, limit) }
    }

    /// How many bytes a read takes now; nil where it waits.
    private static func count(_ amount: Amount, _ state: State) -> Int? {
        let rest = state.rest
        switch amount {
        case .line:
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                return end + 1 - rest.startIndex
            }
            return state.isClosed ? rest.count : nil
        case .all: return state.isClosed ? rest.count : nil
        case .bytes(let count):
            return !rest.isEmpty || state.isClosed || count == 0 ? min(count, rest.count) : nil
        }
    }
}
