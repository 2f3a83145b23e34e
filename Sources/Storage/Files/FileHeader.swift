internal import Platform

/// What the first bytes of a SQLite file say that SQLite itself believes without a check.
///
/// Source: "Database File Format", §1.3.
enum FileHeader {
    private static let length = 100
    /// What kind of journal its writers and its readers use: 1 for a rollback journal, 2 for a log.
    private static let versions = 18...19
    /// The first page of the list of free pages.
    private static let firstFreePage = 32
    /// How many there are.
    private static let freePageCount = 36
    /// How texts are encoded: a study's are UTF-8, which is 1.
    static let textEncoding = 56

    /// What is wrong; nil when nothing is.
    ///
    /// A file of another version is only read by SQLite, never written. Free pages that are
    /// counted and are not there end the first transaction that needs one. In another encoding all texts
    /// are others; one that there is none of is taken for UTF-8 until the tables change.
    static func damage(at path: String) -> String? {
        guard let file = start(ofFileAt: path) else { return "no header" }
        guard file[versions].allSatisfy({ (1...2).contains($0) }) else {
            return "versions \(file[versions].map { "\($0)" }.joined(separator: " and "))"
        }
        let header = WriteAheadLog.firstPage(forStudyAt: path) ?? file
        let encoding = word(textEncoding, of: header)
        guard encoding == 1 else { return "text encoding \(encoding)" }
        guard word(firstFreePage, of: header) == 0 else { return nil }
        let count = word(freePageCount, of: header)
        return count == 0 ? nil : "\(count) free pages, the first of which is missing"
    }

    /// Whether a SQLite file says of its texts that they are not UTF-8.
    static func saysOtherEncoding(at path: String) -> Bool {
        guard let file = start(ofFileAt: path), file.starts(with: "SQLite format 3\0".utf8) else {
            return false
        }
        return word(textEncoding, of: file) != 1
    }

    private static func start(ofFileAt path: String) -> [UInt8]? {
        let bytes = (try? StudyDescriptor(path, O_RDONLY))?.bytes(0..<length)
        return bytes?.count == length ? bytes : nil
    }

    private static func word(_ place: Int, of bytes: [UInt8]) -> UInt32 {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
