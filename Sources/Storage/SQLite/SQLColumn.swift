internal import CSQLite
package import Engine

/// What a column of a row holds, until the statement's next step.
///
/// Asked of the value itself, which one call finds: SQLite's functions for columns find it again each
/// time. They would also lock, which a connection used by one thread at a time need not.
package struct SQLColumn {
    private let value: OpaquePointer?
    /// `SQLITE_INTEGER`, `SQLITE_NULL` …
    private let type: Int32

    init(_ value: OpaquePointer?) {
        self.value = value
        type = sqlite3_value_type(value)
    }

    /// Whether it is NULL.
    package var isNull: Bool { type == SQLITE_NULL }

    /// Whether it is a real.
    var isReal: Bool { type == SQLITE_FLOAT }

    /// The integer, where it is one; nil else.
    package var integer: Int? { type == SQLITE_INTEGER ? Int(sqlite3_value_int64(value)) : nil }

    /// The resource, where it is one; nil else.
    var resource: Resource? {
        switch type {
        case SQLITE_INTEGER: Resource(Int(sqlite3_value_int64(value)))
        case SQLITE_FLOAT: Resource(real)
        default: nil
        }
    }

    /// The number as a real; 0 where there is none.
    package var real: Double { sqlite3_value_double(value) }

    /// The text, where it is one in UTF-8; nil else.
    package var text: String? {
        guard type == SQLITE_TEXT else { return nil }
        return bytes { String(validating: $0, as: UTF8.self) }
    }

    /// The bytes of a text or a blob.
    func bytes<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
        let start = sqlite3_value_blob(value)
        let count = Int(sqlite3_value_bytes(value))
        guard let start else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        return try body(
            UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count))
    }

    /// Adds what it is to a sum.
    func add(to sum: inout RowChecksum) {
        switch type {
        case SQLITE_INTEGER: sum.add(Int(sqlite3_value_int64(value)))
        case SQLITE_FLOAT: sum.add(sqlite3_value_double(value))
        case SQLITE_TEXT: bytes { sum.add($0.span, tag: 3) }
        case SQLITE_BLOB: bytes { sum.add($0.span, tag: 4) }
        default: sum.addNull()
        }
    }

    /// The number it is; NaN where it is none.
    package var number: Number {
        switch type {
        case SQLITE_INTEGER: .integer(Int(sqlite3_value_int64(value)))
        case SQLITE_FLOAT: .real(real)
        default: .real(.nan)
        }
    }

    /// The values of a column `more`.
    var named: [Name: Value] {
        get throws {
            guard type == SQLITE_TEXT else { return [:] }
            guard case .object(let members) = try bytes({ try JSON(parsing: $0) }) else {
                throw RowError()
            }
            return try members.mapValues { try $0.value() }
        }
    }
}
