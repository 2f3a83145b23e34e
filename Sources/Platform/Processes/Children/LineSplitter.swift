/// Makes lines of bytes that come in pieces.
package struct LineSplitter {
    /// One line, or a part of one that is too long.
    package enum Part: Equatable {
        /// A line without its end.
        case line([UInt8])
        /// A piece of a line that is longer than the limit, its end with it.
        case piece([UInt8])
    }

    private var rest: [UInt8] = []
    private var isLong = false
    private let limit: Int

    /// - Parameter limit: the bytes of the longest line that is kept.
    package init(limit: Int) { self.limit = limit }

    /// Bytes that are kept.
    package var count: Int { rest.count }

    /// Takes more bytes, and gives the lines that they complete.
    ///
    /// - Parameters:
    ///   - skim: is shown each line that lies in `bytes` from its begin to its end, and with its end;
    ///     true where nothing more is to become of it, so that no copy is made.
    ///   - body: is given all other lines.
    /// - Complexity: O(bytes).
    package mutating func add(
        _ bytes: UnsafeRawBufferPointer,
        skimming skim: (UnsafeRawBufferPointer) -> Bool = { _ in false }, _ body: (Part) -> Void
    ) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = Self.newline(in: bytes, from: start)
            if let end, !isLong, rest.isEmpty, end - start <= limit,
                skim(UnsafeRawBufferPointer(rebasing: bytes[start...end]))
            {
                start = end + 1
                continue
            }
            let stop = end.map { $0 + 1 } ?? bytes.endIndex
            rest += bytes[start..<(end ?? bytes.endIndex)]
            start = stop
            if isLong || rest.count > limit {
                if end != nil { rest.append(UInt8(ascii: "\n")) }
                body(.piece(rest))
                isLong = end == nil
                rest = []
            } else if end != nil {
                body(.line(rest))
                rest.removeAll(keepingCapacity: true)
            }
        }
    }

    /// The last line, which has no end; nil where there is none.
    package mutating func finish() -> Part? {
        defer { (rest, isLong) = ([], false) }
        guard !rest.isEmpty else { return nil }
        return isLong ? .piece(rest) : .line(rest)
    }

    private static func newline(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress,
            let found = memchr(base + start, 0x0a, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
