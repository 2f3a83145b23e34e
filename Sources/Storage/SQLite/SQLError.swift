internal import CSQLite

/// What SQLite gave as the reason.
package struct SQLError: Error, CustomStringConvertible {
    /// SQLite's extended result code.
    package let code: Int32
    /// What SQLite says.
    package let description: String

    init(code: Int32, _ connection: OpaquePointer?) {
        self.code = connection.map { sqlite3_extended_errcode($0) } ?? code
        description = String(
            cString: connection.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
    }

    /// Whether the file is not what SQLite wrote.
    var isDamage: Bool { [SQLITE_CORRUPT, SQLITE_NOTADB].contains(code & 0xff) }
    var isNoDatabase: Bool { code & 0xff == SQLITE_NOTADB }
    /// Whether another program holds a lock on the file.
    var isBusy: Bool { code & 0xff == SQLITE_BUSY }
    /// Whether the file, or one beside it, cannot be opened or written.
    var isRefusal: Bool { [SQLITE_CANTOPEN, SQLITE_READONLY].contains(code & 0xff) }
}
