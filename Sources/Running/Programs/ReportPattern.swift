package import Engine

/// A Lua pattern with names: `epoch=(?epoch) acc=(?accuracy)`. Each name stands for a number.
///
/// All else means what it means to `string.find`: classes, sets, repetitions, `%b`, `%f`, anchors,
/// captures (whose values are not used).
///
/// Source: the matcher of Lua 5.4, lstrlib.c.
package struct ReportPattern: Sendable {
    /// As it was given.
    package let source: String
    /// The names in it, in order.
    package let names: [String]
    private let pattern: [PatternItem]
    private let isAnchored: Bool

    /// - Throws: `SettingError` where it is no pattern, or names nothing.
    package init(_ source: String) throws {
        self.source = source
        var parser = PatternParser(source)
        (pattern, isAnchored) = (try parser.pattern(), parser.isAnchored)
        names = parser.names
        guard !names.isEmpty else {
            throw SettingError(
                field: "\"\(source)\"", expected: "a name such as (?epoch)", got: "none")
        }
    }

    /// The numbers by name; nil where the line does not match.
    package func fields(in line: [UInt8]) -> [Name: Value]? {
        line.withUnsafeBufferPointer { bytes in
            var matcher = PatternMatcher(bytes)
            for start in 0...(isAnchored ? 0 : bytes.count) {
                guard matcher.matches(pattern[...], at: start) != nil else {
                    if matcher.isExhausted { return nil }
                    continue
                }
                return Dictionary(
                    zip(names, matcher.numbers).map { (Name($0), $1) },
                    uniquingKeysWith: { _, last in last })
            }
            return nil
        }
    }
}
