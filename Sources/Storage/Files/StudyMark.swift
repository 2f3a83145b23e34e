internal import Platform

/// How much of a study its writer has made durable.
///
/// It stands in bytes of the file's header that SQLite keeps free and carries along. The log may be cut
/// or lost where nothing else tells that it was longer; the mark does. It is written after each
/// transaction, so that the file and its log never hold less.
///
/// Source: "Database File Format", §1.3.
struct StudyMark: Equatable {
    private static let place = 72..<92

    /// How many events and reports there are at least.
    let events: Int
    let reports: Int

    init(events: Int, reports: Int) { (self.events, self.reports) = (events, reports) }

    /// The mark of a file; nil where it has none, or none that is intact.
    init?(of file: StudyDescriptor) {
        let bytes = file.bytes(Self.place)
        guard bytes.count == Self.place.count else { return nil }
        let words = bytes.withUnsafeBytes { bytes in
            (0..<2).map {
                Int(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int.self))
            }
        }
        (events, reports) = (words[0], words[1])
        guard bytes == self.bytes else { return nil }
    }

    /// The mark of a file that may be written meanwhile; nil where it has none.
    init?(of path: String) {
        guard let file = try? StudyDescriptor(path, O_RDONLY) else { return nil }
        self.init(of: file)
    }

    func write(to file: StudyDescriptor) { file.write(bytes, at: Self.place.lowerBound) }

    /// Two words and a CRC-32 of them.
    private var bytes: [UInt8] {
        var bytes = [events, reports].flatMap { word in
            withUnsafeBytes(of: word.littleEndian) { Array($0) }
        }
        let sum = bytes.withUnsafeBytes { RowCRC.sum(after: 0, $0) }
        bytes += withUnsafeBytes(of: sum.littleEndian) { Array($0) }
        return bytes
    }

    /// Whether a study of so many rows has lost some of those that were durable.
    func isAhead(of ends: TableEnds) -> Bool {
        events > ends.events || reports > ends.reports
    }
}
