internal import Engine
internal import Foundation
internal import GRDBSQLite

/// Reads a study's rows, checks every one, and leaves behind what a writer needs to go on.
///
/// Both sequences are read up to the first row that is not as it was written; why the reading ended
/// there is in `damage`.
struct StudyReader {
    private let connection: OpaquePointer
    /// What goes on after the last good row.
    private(set) var writer = StudyWriter()
    private(set) var arrivals: [Arrival] = []
    private(set) var events: [Event] = []
    /// What is wrong, the first of it first.
    private(set) var damage: [String] = []
    private var referred: [Bool] = []

    init(_ connection: OpaquePointer) { self.connection = connection }

    /// Reads all.
    ///
    /// - Throws: `Event.UnknownEvent` where a newer program wrote an event.
    mutating func read() throws {
        let kept = counts()
        attempt("names") { try $0.readNames() }
        // The counts have been checked; the bounds are for a file that somebody made up.
        arrivals.reserveCapacity(min(kept?.reports ?? 0, 4_000_000))
        events.reserveCapacity(min(kept?.events ?? 0, 8_000_000))
        do { try readReports() } catch { damage.append("report \(writer.reportCount + 1)") }
        if let kept, writer.reportCount != kept.reports {
            damage.append("report \(writer.reportCount + 1)")
        }
        referred = Array(repeating: false, count: arrivals.count)
        var unknown: Event.UnknownEvent?
        do { try readEvents() } catch let error as Event.UnknownEvent {
            unknown = error
        } catch { damage.append("event \(writer.eventCount)") }
        if let unknown { throw unknown }
        if let kept, writer.eventCount != kept.events {
            damage.append("event \(writer.eventCount)")
        }
        if kept == nil { damage.append("counts") }
        for (index, arrival) in arrivals.enumerated() where !referred[index] {
            writer.open[ReportKey(arrival)] = (index + 1, arrival.metrics)
        }
        writer.checkpointCount = kept?.checkpoints ?? 0
    }

    private mutating func attempt(_ what: String, _ body: (inout Self) throws -> Void) {
        do { try body(&self) } catch { damage.append(what) }
    }

    private func counts() -> (events: Int, reports: Int, checkpoints: Int)? {
        do {
            var rows = try SQLStatement(
                "SELECT events, reports, checkpoints, sum FROM kept", on: connection)
            guard try rows.step() else { return nil }
            var sum = RowSum()
            for column in 0..<3 { rows.add(column, to: &sum) }
            guard rows.integer(3) == sum.close(), let events = rows.integer(0),
                let reports = rows.integer(1), let checkpoints = rows.integer(2)
            else { return nil }
            return (events, reports, checkpoints)
        } catch { return nil }
    }

    private mutating func readNames() throws {
        var rows = try SQLStatement(
            "SELECT owner, name, kind, sum FROM columns ORDER BY id", on: connection)
        while try rows.step() {
            var sum = RowSum()
            for column in 0..<3 { rows.add(column, to: &sum) }
            guard rows.integer(3) == sum.close(), let owner = rows.text(0),
                let name = rows.text(1), let kind = rows.text(2).flatMap(NamedColumns.Kind.init)
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
            var sum = RowSum()
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
        var sum = RowSum()
        for column in 0..<3 { rows.add(column, to: &sum) }
        guard rows.integer(3) == sum.close(), let trial = rows.integer(0),
            let resource = rows.integer(1)
        else { return nil }
        return Checkpoint(
            trial: trial, resource: resource, content: rows.bytes(2) { Array($0) })
    }

    /// What the file says about the study; nil when that is not as it was written.
    static func note(on connection: OpaquePointer) -> StudyNote? {
        guard
            var rows = try? SQLStatement(
                "SELECT name, created, program, script, run, ordinal, sum FROM study",
                on: connection), (try? rows.step()) == true
        else { return nil }
        var sum = RowSum()
        for column in 0..<6 { rows.add(column, to: &sum) }
        guard rows.integer(6) == sum.close(), let ordinal = rows.integer(5) else { return nil }
        let text = (0..<5).map { rows.text($0) ?? "" }
        return StudyNote(
            name: text[0], created: text[1], program: text[2], script: text[3], run: text[4],
            ordinal: ordinal)
    }

    // MARK: Reports

    private mutating func readReports() throws {
        var rows = try SQLStatement("SELECT * FROM reports ORDER BY rowid", on: connection)
        // One for all rows, because a copy would make room for its bytes anew.
        var sum = RowSum()
        while try rows.step() {
            guard rows.integer(0) == arrivals.count + 1 else { throw RowError() }
            for column in 0..<6 { rows.add(column, to: &sum) }
            rows.addCells(from: 7, to: &sum)
            guard rows.integer(6) == sum.close(), let trial = rows.integer(1),
                let resource = rows.integer(2), let layout = rows.integer(4),
                writer.metrics.layouts.indices.contains(layout)
            else { throw RowError() }
            let names = writer.metrics.layouts[layout].names
            let places = writer.metrics.layouts[layout].places
            let rest = try rows.more(5)
            let values = try places.indices.map { index in
                guard let place = places[index], !rows.isNull(7 + place) else {
                    guard let number = rest[names[index]]?.number else { throw RowError() }
                    return number
                }
                return rows.number(7 + place)
            }
            arrivals.append(
                Arrival(
                    trial: trial, resource: resource,
                    metrics: Metrics(sortedNames: names, values: values), seconds: rows.real(3)))
            writer.reportSum = RowSum(after: sum.value)
            writer.reportCount = arrivals.count
        }
    }

    // MARK: Events

    private mutating func readEvents() throws {
        var rows = try SQLStatement("SELECT * FROM events ORDER BY rowid", on: connection)
        var starts = try SQLStatement("SELECT * FROM starts ORDER BY rowid", on: connection)
        var sum = RowSum()
        while try rows.step() {
            guard rows.integer(0) == events.count else { throw RowError() }
            for column in 0..<6 { rows.add(column, to: &sum) }
            let code = rows.integer(1).flatMap(EventCode.init)
            var start: (Configuration, bracket: Int)?
            if code == .started {
                guard try starts.step() else { throw RowError() }
                start = try configuration(starts, &sum)
            }
            // A newer program may sum up more than this one knows of.
            if code == nil, let name = rows.text(1) {
                throw Event.UnknownEvent(version: Event.version + 1, type: name)
            }
            guard rows.integer(6) == sum.close(), let code else { throw RowError() }
            events.append(try event(rows, code, start))
            writer.eventSum = RowSum(after: sum.value)
            writer.eventCount = events.count
        }
    }

    private mutating func event(
        _ rows: borrowing SQLStatement, _ code: EventCode, _ start: (Configuration, bracket: Int)?
    ) throws -> Event {
        if code == .reported, let report = rows.integer(4) {
            guard arrivals.indices.contains(report - 1), let time = rows.integer(3) else {
                throw RowError()
            }
            referred[report - 1] = true
            let arrival = arrivals[report - 1]
            return .reported(
                .init(
                    trial: arrival.trial,
                    report: Report(
                        resource: arrival.resource, metrics: arrival.metrics, time: time)))
        }
        if let (configuration, bracket) = start {
            guard let trial = rows.integer(2), let time = rows.integer(3) else { throw RowError() }
            return .started(
                .init(trial: trial, configuration: configuration, bracket: bracket, time: time))
        }
        if code == .decided || code == .promoted {
            guard let trial = rows.integer(2), let time = rows.integer(3) else { throw RowError() }
            return try rows.bytes(5) { text -> Event in
                code == .decided
                    ? .decided(try DecisionText.decision(text, trial: trial, time: time))
                    : .promoted(try DecisionText.promotion(text, trial: trial, time: time))
            }
        }
        return try EventRow(
            code, trial: rows.integer(2), time: rows.integer(3), detail: rows.text(5)
        )
        .event()
    }

    private func configuration(
        _ rows: borrowing SQLStatement, _ sum: inout RowSum
    ) throws -> (Configuration, bracket: Int) {
        guard rows.integer(0) == events.count, let bracket = rows.integer(1),
            let layout = rows.integer(2), writer.parameters.layouts.indices.contains(layout)
        else { throw RowError() }
        let paths = writer.parameters.layouts[layout].names
        let places = writer.parameters.layouts[layout].places
        for column in 1..<4 { rows.add(column, to: &sum) }
        rows.addCells(from: 4, to: &sum)
        let rest = try rows.more(3)
        let values = try places.indices.map { index in
            guard let place = places[index], !rows.isNull(4 + place) else {
                guard let value = rest[paths[index]] else { throw RowError() }
                return value
            }
            return rows.value(4 + place, writer.parameters.columns[place].kind)
        }
        return (Configuration(paths: paths, values: values), bracket)
    }
}

extension SQLStatement {
    /// Adds the named columns, which begin at `first`, as `RowSum.add(_: [Cell])` does.
    fileprivate func addCells(from first: Int, to sum: inout RowSum) {
        for column in first..<max(first, columnCount) where !isNull(column) {
            sum.add(column - first)
            add(column, to: &sum)
        }
    }

    /// The values of the column `more`.
    fileprivate func more(_ column: Int) throws -> [String: Value] {
        guard let text = text(column) else { return [:] }
        return try JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
    }

    fileprivate func number(_ column: Int) -> Number {
        switch type(column) {
        case SQLITE_INTEGER: .integer(integer(column) ?? 0)
        case SQLITE_FLOAT: .real(real(column))
        default: .real(.nan)
        }
    }

    fileprivate func value(_ column: Int, _ kind: NamedColumns.Kind) -> Value {
        switch type(column) {
        case SQLITE_INTEGER:
            kind == .boolean ? .boolean(integer(column) != 0) : .integer(integer(column) ?? 0)
        case SQLITE_FLOAT: .real(real(column))
        default: .string(text(column) ?? "")
        }
    }
}
