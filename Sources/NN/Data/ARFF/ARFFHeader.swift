internal import Platform

/// The attributes of a file in Weka's format.
struct ARFFHeader {
    /// What values an attribute has.
    enum Kind: Equatable {
        case number
        /// One of these.
        case nominal([[UInt8]])
        case text
        /// A date or a relation, which become no features.
        case other(String)
    }

    let path: String
    private(set) var names: [String] = []
    private(set) var kinds: [Kind] = []
    /// The first attribute's line.
    private(set) var line = 0

    /// More are no table but a damaged file.
    private static let mostAttributes = 1 << 20

    /// Reads the lines up to `@data`.
    ///
    /// - Parameter charge: pays for what is kept of each attribute.
    init(
        _ scanner: inout ARFFScanner, path: String, encoding: TextEncoding, charge: MemoryCharge
    ) throws {
        self.path = path
        while scanner.beginLine() {
            let line = scanner.line
            guard case .word(let word, isQuoted: false)? = scanner.next() else {
                throw malformed(
                    line, expected: "@relation, @attribute or @data", got: "something else")
            }
            let keyword = String(decoding: word, as: UTF8.self)
            switch keyword.lowercased() {
            case "@relation": scanner.restOfLine()
            case "@attribute":
                guard names.count < Self.mostAttributes else {
                    throw malformed(
                        line, expected: "at most \(Self.mostAttributes) attributes", got: "more")
                }
                if names.isEmpty { self.line = line }
                try readAttribute(&scanner, encoding, line: line, charge: charge)
            case "@data":
                scanner.restOfLine()
                guard !names.isEmpty else {
                    throw malformed(line, expected: "@attribute first", got: "@data")
                }
                return
            default: throw malformed(line, expected: "@relation, @attribute or @data", got: keyword)
            }
        }
        throw malformed(nil, expected: "@data after the attributes", got: "the end of the file")
    }

    private mutating func readAttribute(
        _ scanner: inout ARFFScanner, _ encoding: TextEncoding, line: Int, charge: MemoryCharge
    ) throws {
        guard case .word(let name, _)? = scanner.next() else {
            throw malformed(line, expected: "the name of an attribute", got: "none")
        }
        try charge.add(256 + 2 * name.count, purpose: "the attributes of \(path)")
        names.append(encoding.text(name))
        switch scanner.next() {
        case .open?: kinds.append(.nominal(try values(&scanner, line: line, charge: charge)))
        case .word(let word, isQuoted: false)?:
            let type = String(decoding: word, as: UTF8.self)
            switch type.lowercased() {
            case "numeric", "real", "integer": kinds.append(.number)
            case "string": kinds.append(.text)
            case "date", "relational": kinds.append(.other(type.lowercased()))
            default:
                throw malformed(
                    line, expected: "numeric, string or { values } as the type of \(names.last!)",
                    got: type)
            }
            scanner.restOfLine()
        default:
            throw malformed(
                line, expected: "numeric, string or { values } as the type of \(names.last!)",
                got: "none")
        }
    }

    /// The values of a nominal attribute, up to the closing brace.
    private func values(
        _ scanner: inout ARFFScanner, line: Int, charge: MemoryCharge
    ) throws -> [[UInt8]] {
        var values: [[UInt8]] = []
        var known: Set<[UInt8]> = []
        while true {
            switch scanner.next() {
            case .word(let value, _)?:
                try charge.add(160 + 2 * value.count, purpose: "the attributes of \(path)")
                guard known.insert(value).inserted else {
                    throw malformed(
                        line, expected: "each value of \(names.last!) once",
                        got: "\(String(decoding: value, as: UTF8.self)) twice")
                }
                values.append(value)
            case .close?:
                scanner.restOfLine()
                guard !values.isEmpty else {
                    throw malformed(
                        line, expected: "at least one value of \(names.last!)", got: "none")
                }
                return values
            default:
                throw malformed(line, expected: "a closing brace after the values", got: "none")
            }
        }
    }

    func malformed(
        _ line: Int?, expected: String, got: String, hint: String? = nil
    ) -> DatasetError {
        .malformed(path: path, line: line, expected: expected, got: got, hint: hint)
    }
}
