internal import CKernels

/// Reads the rows of a file in Weka's format.
struct ARFFRows: ~Copyable {
    private var scanner: ARFFScanner
    private let attributes: ARFFHeader
    private let header: TableHeader
    var table: TableReader
    /// By attribute whether its values matter.
    private let isRead: [Bool]
    /// The values of a nominal label.
    private let labels: Set<[UInt8]>?

    init(
        _ scanner: ARFFScanner, _ attributes: ARFFHeader, header: TableHeader,
        table: consuming TableReader
    ) {
        (self.scanner, self.attributes, self.header) = (scanner, attributes, header)
        isRead = attributes.names.indices.map {
            $0 == header.labelColumn || table.columns[$0].kind != CK_CSV_SKIP
        }
        if case .nominal(let values) = attributes.kinds[header.labelColumn] {
            labels = Set(values)
        } else {
            labels = nil
        }
        self.table = table
    }

    /// Reads all rows.
    ///
    /// - Throws: ``DatasetError`` for the first that is no row, and where there is none.
    mutating func read() throws {
        var rows = 0
        while scanner.beginLine() {
            let line = scanner.line
            table.beginRow(line: line)
            switch try token(line) {
            case .open: try readSparse(line)
            case let first: try readDense(first, line)
            }
            try table.endRow()
            rows += 1
        }
        guard rows > 0 else {
            throw header.malformed(nil, expected: "at least one row after @data", got: "none")
        }
    }

    /// The features of all rows.
    consuming func storage() throws -> FeatureStorage { try table.storage() }

    private mutating func token(_ line: Int) throws -> ARFFScanner.Token {
        guard let token = scanner.next() else {
            throw header.malformed(
                line, expected: "a closing quote before the end of the line", got: "none")
        }
        return token
    }

    private mutating func readDense(_ first: ARFFScanner.Token, _ line: Int) throws {
        let count = isRead.count
        var token = first
        var column = 0
        while token != .endOfLine {
            guard case .word(let value, let isQuoted) = token else {
                throw header.malformed(
                    line, expected: "\(count) values", got: "a brace after \(column)")
            }
            if column < count, isRead[column] { try take(value, isQuoted: isQuoted, as: column) }
            column += 1
            token = try self.token(line)
        }
        guard column == count else {
            throw header.malformed(line, expected: "\(count) values", got: "\(column)")
        }
    }

    /// `{ index value, … }`, where what is left out is 0 or the first value.
    private mutating func readSparse(_ line: Int) throws {
        var next = 0
        while true {
            switch try token(line) {
            case .close:
                try takeZeros(next..<isRead.count, line)
                guard try token(line) == .endOfLine else {
                    throw header.malformed(
                        line, expected: "the end of the line after }", got: "more")
                }
                return
            case .word(let word, _):
                let text = String(decoding: word, as: UTF8.self)
                guard let index = Int(text), (next..<isRead.count).contains(index) else {
                    throw header.malformed(
                        line,
                        expected: next < isRead.count
                            ? "an index from \(next) to \(isRead.count - 1)"
                            : "a closing brace after the last value", got: text)
                }
                guard case .word(let value, let isQuoted) = try token(line) else {
                    throw header.malformed(
                        line, expected: "a value after the index \(index)", got: "none")
                }
                try takeZeros(next..<index, line)
                if isRead[index] { try take(value, isQuoted: isQuoted, as: index) }
                next = index + 1
            default:
                throw header.malformed(
                    line, expected: "a closing brace after the values", got: "none")
            }
        }
    }

    /// Takes what is left out of a sparse row.
    private mutating func takeZeros(_ columns: Range<Int>, _ line: Int) throws {
        for column in columns where isRead[column] {
            switch attributes.kinds[column] {
            case .number where column != header.labelColumn: break
            case .number: try take([UInt8(ascii: "0")], isQuoted: false, as: column)
            case .nominal(let values): try take(values[0], isQuoted: true, as: column)
            case .text, .other:
                throw header.malformed(
                    line, expected: "a value of \(header.shown(column)), which is text", got: "none"
                )
            }
        }
    }

    private mutating func take(_ value: [UInt8], isQuoted: Bool, as column: Int) throws {
        let isMissing = !isQuoted && value == [UInt8(ascii: "?")]
        if column == header.labelColumn, !isMissing, let labels, !labels.contains(value) {
            throw header.malformed(
                table.line, expected: "one of the values of \(header.shown(column))",
                got: String(decoding: value, as: UTF8.self))
        }
        try (isMissing ? [] : value).withUnsafeBufferPointer { try table.read($0, column: column) }
    }
}
