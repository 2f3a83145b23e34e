internal import CLibPQ
internal import Engine

/// What a statement has given back.
final class QueryResult {
    private let pointer: OpaquePointer

    /// Takes over a result of libpq's.
    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { libpq_clear(pointer) }

    /// How many rows it has.
    var rowCount: Int { Int(libpq_ntuples(pointer)) }

    /// How many rows the statement has changed.
    var changes: Int { Int(String(cString: libpq_cmdTuples(pointer))) ?? 0 }

    /// Its rows, in order.
    var rows: [QueryRow] { (0..<rowCount).map { QueryRow(self, $0) } }

    /// The first row; nil where there is none.
    var first: QueryRow? { rowCount > 0 ? QueryRow(self, 0) : nil }

    /// Whether the statement was carried out.
    var isDone: Bool {
        let status = libpq_resultStatus(pointer)
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
    }

    /// A field of an error, by its letter: `C` for the SQLSTATE, `M` for the message.
    func errorField(_ letter: Unicode.Scalar) -> String? {
        libpq_resultErrorField(pointer, Int32(letter.value)).map { String(cString: $0) }
    }

    /// The bytes of a value, which go with the result; nil for NULL.
    fileprivate func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
        let (row, column) = (Int32(row), Int32(column))
        guard libpq_getisnull(pointer, row, column) == 0,
            let start = libpq_getvalue(pointer, row, column)
        else { return nil }
        let count = Int(libpq_getlength(pointer, row, column))
        return UnsafeRawBufferPointer(start: start, count: count).assumingMemoryBound(
            to: UInt8.self)
    }
}

/// A row of a result. Columns are counted from 0.
struct QueryRow {
    private let result: QueryResult
    private let row: Int

    init(_ result: QueryResult, _ row: Int) { (self.result, self.row) = (result, row) }

    /// Calls `body` with the bytes of a value; nil for NULL.
    func bytes<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T? {
        defer { withExtendedLifetime(result) {} }
        return try result.bytes(row, column).map(body)
    }

    /// A value as text; nil for NULL.
    func text(_ column: Int) -> String? {
        bytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// An integer; nil for NULL and for what is none.
    func integer(_ column: Int) -> Int? { text(column).flatMap { Int($0) } }

    /// A resource; nil for NULL and for what is none.
    func resource(_ column: Int) -> Resource? { real(column).flatMap { Resource($0) } }

    /// A real, also `NaN` and `Infinity`; nil for NULL and for what is none.
    func real(_ column: Int) -> Double? { text(column).flatMap { Double($0) } }

    /// Whether a boolean is true.
    func isTrue(_ column: Int) -> Bool { text(column) == "t" }
}
