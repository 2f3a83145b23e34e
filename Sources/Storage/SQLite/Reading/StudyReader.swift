internal import Engine
internal import Foundation
internal import GRDBSQLite

/// Reads a study's rows, checks every one, and leaves behind what a writer needs to go on.
///
/// Both sequences are read up to the first row that is not as it was written; why the reading ended
/// there is in `damage`.
struct StudyReader {
    let connection: OpaquePointer
    /// What goes on after the last good row.
    var writer = StudyWriter()
    /// What the rows tell.
    var assembly: StudyAssembly
    /// What is wrong, the first of it first.
    private(set) var damage: [String] = []

    init(_ connection: OpaquePointer, for purpose: StudyAssembly.Purpose) {
        self.connection = connection
        assembly = StudyAssembly(for: purpose)
    }

    /// Reads all, in the thread that calls.
    ///
    /// - Throws: `Event.UnknownEvent` where a newer program wrote an event.
    mutating func read() throws {
        let kept = counts()
        attempt(DamageLocation.names) { try $0.readNames() }
        assembly.reserve(reports: kept?.reports ?? 0, events: kept?.events ?? 0)
        do { try readReports() } catch {
            damage.append(DamageLocation.report(writer.reportCount + 1))
        }
        if let kept, writer.reportCount != kept.reports {
            damage.append(DamageLocation.report(writer.reportCount + 1))
        }
        do { try readEvents() } catch let error as Event.UnknownEvent { throw error } catch {
            damage.append(DamageLocation.event(writer.eventCount))
        }
        if let kept, writer.eventCount != kept.events {
            damage.append(DamageLocation.event(writer.eventCount))
        }
        if kept == nil { damage.append(DamageLocation.counts) }
        writer.open = assembly.open
        writer.isInterrupted = assembly.isInterrupted
        writer.checkpointCount = kept?.checkpoints ?? 0
    }

    private mutating func readReports() throws {
        var rows = try ReportRows(writer.metrics, on: connection)
        while let arrival = try rows.next() {
            assembly.take([arrival])
            writer.reportSum = RowChecksum(after: rows.goodSum)
            writer.reportCount = rows.count
        }
    }

    private mutating func readEvents() throws {
        var rows = try EventRows(writer.parameters, on: connection)
        while let event = try rows.next() {
            try assembly.take(event)
            writer.eventSum = RowChecksum(after: rows.goodSum)
            writer.eventCount = rows.count
        }
    }

    private mutating func attempt(_ what: String, _ body: (inout Self) throws -> Void) {
        do { try body(&self) } catch { damage.append(what) }
    }

    /// How many rows the file says there are; nil when that is not as it was written.
    func counts() -> (events: Int, reports: Int, checkpoints: Int)? {
        do {
            var rows = try SQLStatement(
                "SELECT events, reports, checkpoints, sum FROM kept", on: connection)
            guard try rows.step() else { return nil }
            var sum = RowChecksum()
            for column in 0..<3 { rows.add(column, to: &sum) }
            guard rows.integer(3) == sum.close(), let events = rows.integer(0),
                let reports = rows.integer(1), let checkpoints = rows.integer(2)
            else { return nil }
            return (events, reports, checkpoints)
        } catch { return nil }
    }

    /// Reads the columns' names and the layouts.
    mutating func readNames() throws {
        var rows = try SQLStatement(
            "SELECT owner, name, kind, sum FROM columns ORDER BY id", on: connection)
        while try rows.step() {
            var sum = RowChecksum()
            for column in 0..<3 { rows.add(column, to: &sum) }
            guard rows.integer(3) == sum.close(), let owner = rows.text(0),
                let name = rows.text(1), let kind = rows.text(2).flatMap(DynamicColumns.Kind.init)
            else { throw RowError() }
            if owner == "reports" {
                writer.metrics.addColumn(name, kind)
            } else {
                writer.parameters.addColumn(name, kind)
            }
        }
        rows = try SQLStatement(
            "SELECT owner, number, names, sum FROM layouts ORDER BY id", on: connection)
        while try rows.step() {
            var sum = RowChecksum()
            for column in 0..<3 { rows.add(column, to: &sum) }
            guard rows.integer(3) == sum.close(), let owner = rows.text(0),
                let number = rows.integer(1), let text = rows.text(2)
            else { throw RowError() }
            let names = try JSONDecoder().decode([String].self, from: Data(text.utf8))
            if owner == "reports" {
                guard number == writer.metrics.layouts.count else { throw RowError() }
                writer.metrics.addLayout(names)
            } else {
                guard number == writer.parameters.layouts.count else { throw RowError() }
                writer.parameters.addLayout(names)
            }
        }
    }

    /// A trial's checkpoint; nil when there is none.
    static func checkpoint(
        of trial: Int, on connection: OpaquePointer, path: String
    ) throws -> Checkpoint? {
        var rows = try SQLStatement(
            "SELECT trial, resource, content, sum FROM checkpoints WHERE trial = ?", on: connection)
        rows.bind(trial)
        guard try rows.step() else { return nil }
        guard let checkpoint = checkpoint(rows) else {
            throw StorageError.damaged(path: path, what: "checkpoint of trial \(trial)")
        }
        return checkpoint
    }

    /// All checkpoints that are as they were written, and whether those are all there were.
    static func checkpoints(
        on connection: OpaquePointer, expected: Int
    ) -> ([Checkpoint], areWhole: Bool) {
        var checkpoints: [Checkpoint] = []
        do {
            var rows = try SQLStatement(
                "SELECT trial, resource, content, sum FROM checkpoints ORDER BY rowid",
                on: connection)
            while try rows.step() {
                guard let checkpoint = Self.checkpoint(rows) else { continue }
                checkpoints.append(checkpoint)
            }
        } catch { return (checkpoints, false) }
        return (checkpoints, checkpoints.count == expected)
    }

    private static func checkpoint(_ rows: borrowing SQLStatement) -> Checkpoint? {
        var sum = RowChecksum()
        for column in 0..<3 { rows.add(column, to: &sum) }
        guard rows.integer(3) == sum.close(), let trial = rows.integer(0),
            let resource = rows.integer(1)
        else { return nil }
        return Checkpoint(
            trial: trial, resource: resource, content: rows[2].bytes { Array($0) })
    }

    /// What the file says about the study; nil when that is not as it was written.
    static func note(on connection: OpaquePointer) -> StudyMetadata? {
        guard
            var rows = try? SQLStatement(
                "SELECT name, created, program, script, run, ordinal, sum FROM study",
                on: connection), (try? rows.step()) == true
        else { return nil }
        var sum = RowChecksum()
        for column in 0..<6 { rows.add(column, to: &sum) }
        guard rows.integer(6) == sum.close(), let ordinal = rows.integer(5) else { return nil }
        let text = (0..<5).map { rows.text($0) ?? "" }
        return StudyMetadata(
            name: text[0], created: text[1], program: text[2], script: text[3], run: text[4],
            ordinal: ordinal)
    }
}
