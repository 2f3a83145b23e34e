import Engine
import Foundation
import Storage
import Testing

/// Files with right checksums that no program has written: reading and opening them crashes nothing.
@Suite("Crafted files")
struct CraftedFileTests {
    private static let values = [
        "NULL", "-9223372036854775808", "-1", "0", "1", "9223372036854775807", "1e308", "-0.5",
        "''",
        "'x'", "'{}'", "'[]'", "'[null]'", "'{\"a\":{}}'", "x'00ff'",
        "'[9223372036854775807,-9223372036854775808,0,\"stop\",1e999,-1,0,1,[]]'",
        "9e999", "'nan'", "'[0.5,0,1e300,\"pause\",1,1,1,0,[-1]]'",
        "'" + String(repeating: "[", count: 100_000) + "'",
    ]

    /// The tables, with what a row's sum takes in.
    private static let tables: [(table: String, key: String, columns: [String])] = [
        ("study", "id", ["name", "created", "program", "script", "run", "ordinal"]),
        ("row_counts", "id", ["events", "reports", "checkpoints", "artifacts"]),
        ("columns", "id", ["owner", "name", "kind"]),
        ("layouts", "id", ["owner", "number", "names"]),
        ("checkpoints", "trial", ["trial", "resource", "content"]),
        (
            "reports", "sequence",
            [
                "sequence", "trial", "attempt", "resource", "feasible", "seconds", "layout", "more",
                "error",
            ]
        ),
        ("events", "number", ["number", "code", "trial", "time", "report", "detail"]),
        ("starts", "number", ["bracket", "layout", "more", "x", "n"]),
    ]

    private let scratch: Scratch
    private let bytes: Data

    init() throws {
        scratch = try Scratch()
        let path = scratch.path("x.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: 2)
        try journal.close()
        bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test("no value of any column crashes", arguments: tables.indices)
    func values(index: Int) throws {
        let (table, key, columns) = Self.tables[index]
        let path = scratch.path("crafted.db")
        for column in columns {
            for value in Self.values {
                for row in ["min", "max"] {
                    try bytes.write(to: URL(fileURLWithPath: path))
                    let database = try Database(path)
                    let keys = try database.rows("SELECT \(row)(\(key)) AS key FROM \(table)")
                    guard let number = keys.first?["key"]?.number else { continue }
                    // A key may be taken, or be no number.
                    guard
                        (try? database.run(
                            "UPDATE \(table) SET \(column) = \(value) WHERE \(key) = \(number.double)"
                        ))
                            != nil
                    else { continue }
                    try seal(database, only: table)
                    database.close()
                    look(path)
                }
            }
        }
    }

    /// Reads the study, opens it, salvages it, and adds to it.
    private func look(_ path: String) {
        if let file = try? StudyFile.readStudy(at: path, keepsEvents: true) {
            _ = try? file.study
            _ = try? Replay(file.events)
        }
        _ = try? StudyFile.entry(at: path)
        if let journal = try? SQLiteJournal.open(at: path, onSalvage: { _, _ in }) {
            resume(journal)
            _ = try? journal.checkpoint(of: 2)
            journal.receive(
                ReceivedReport(
                    trial: 1, resource: Resource(.max), metrics: Metrics(["error": 1, "b": 2])))
            try? journal.close()
        }
        for ending in ["crafted.db-wal", "crafted.db-shm", "crafted.db.lock"] {
            try? FileManager.default.removeItem(atPath: scratch.path(ending))
        }
    }

    /// Resumes the study as far as it can be, and ends it again.
    private func resume(_ journal: SQLiteJournal) {
        guard let beginning = try? journal.beginning(),
            let definition = beginning.fold.definition,
            var conductor = try? Conductor(resuming: beginning, in: journal, with: definition),
            (try? conductor.start()) != nil
        else { return }
        _ = try? conductor.stop(.stopped)
    }

    // MARK: Sums

    /// Gives all rows, or those of a table, the sums that belong to what they hold.
    private func seal(_ database: Database, only changed: String? = nil) throws {
        for (table, _, columns) in Self.tables.prefix(5) where (changed ?? table) == table {
            for row in try database.rows("SELECT rowid AS row, * FROM \(table)") {
                var sum = Sum()
                try add(columns, of: table, row: row, database, to: &sum)
                try database.run(
                    "UPDATE \(table) SET sum = \(sum.close()) WHERE rowid = \(text(row["row"]))")
            }
        }
        if changed == nil || changed == "reports" {
            try chain(database, "reports", cells: ["error"])
        }
        if changed == nil || changed == "events" || changed == "starts" {
            try chain(database, "events", cells: [])
        }
    }

    private func chain(_ database: Database, _ table: String, cells: [String]) throws {
        let columns = Self.tables.first { $0.table == table }?.columns ?? []
        var sum = Sum()
        for row in try database.rows("SELECT rowid AS row, * FROM \(table) ORDER BY rowid") {
            try add(columns.filter { !cells.contains($0) }, of: table, row: row, database, to: &sum)
            try add(cells: cells, of: table, row: row, database, to: &sum)
            if table == "events", row["code"] == .integer(3) {
                let starts = try database.rows(
                    "SELECT rowid AS row, * FROM starts WHERE rowid = \(text(row["row"]))")
                if let start = starts.first {
                    try add(
                        ["bracket", "layout", "more"], of: "starts", row: start, database, to: &sum)
                    try add(cells: ["x", "n"], of: "starts", row: start, database, to: &sum)
                }
            }
            try database.run(
                "UPDATE \(table) SET sum = \(sum.close()) WHERE rowid = \(text(row["row"]))")
        }
    }

    private func text(_ value: Value?) -> String {
        if case .integer(let value) = value { "\(value)" } else { "0" }
    }

    private func add(
        cells: [String], of table: String, row: [String: Value], _ database: Database,
        to sum: inout Sum
    ) throws {
        for (place, cell) in cells.enumerated() where row[cell] != nil {
            sum.add(1, UInt64(place))
            try add([cell], of: table, row: row, database, to: &sum)
        }
    }

    private func add(
        _ columns: [String], of table: String, row: [String: Value], _ database: Database,
        to sum: inout Sum
    ) throws {
        for column in columns {
            let cell = try database.rows(
                "SELECT typeof(\(column)) AS type, hex(\(column)) AS hex FROM \(table) "
                    + "WHERE rowid = \(text(row["row"]))"
            ).first
            guard case .string(let type) = cell?["type"] else { continue }
            switch (type, row[column]) {
            case ("integer", .integer(let value)): sum.add(1, UInt64(bitPattern: Int64(value)))
            case ("real", .real(let value)): sum.add(2, value.bitPattern)
            case ("text", _), ("blob", _):
                guard case .string(let hex) = cell?["hex"] else { continue }
                sum.add(type == "text" ? 3 : 4, UInt64(hex.utf8.count / 2))
                sum.bytes += bytes(hex)
            default: sum.bytes.append(0)
            }
        }
    }

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(16 * digits[$0] + digits[$0 + 1])
        }
    }

    /// A CRC-32 over rows, as `docs/studies.md` says.
    private struct Sum {
        var bytes: [UInt8] = []
        private var value: UInt32 = 0

        mutating func add(_ tag: UInt8, _ bits: UInt64) {
            bytes.append(tag)
            bytes += withUnsafeBytes(of: bits.littleEndian) { Array($0) }
        }

        mutating func close() -> Int {
            var crc: UInt32 = ~value
            for byte in bytes {
                crc ^= UInt32(byte)
                for _ in 0..<8 {
                    let isOdd = crc & 1 == 1
                    crc >>= 1
                    if isOdd { crc ^= 0xedb8_8320 }
                }
            }
            value = ~crc
            bytes = []
            return Int(Int32(bitPattern: value))
        }
    }

    @Test("the sums of this test are those of the program")
    func sums() throws {
        let path = scratch.path("crafted.db")
        try bytes.write(to: URL(fileURLWithPath: path))
        let database = try Database(path)
        try seal(database)
        database.close()
        #expect(try StudyFile.read(at: path).damage == nil)
    }
}
