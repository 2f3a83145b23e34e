internal import Engine

/// Reads a study's rows, checks every one, and says where they end.
///
/// Both sequences are read up to the first row that is not intact; why the reading ended
/// there is in `damage`.
struct StudyReader {
    let connection: ReadConnection
    /// Where the good rows end.
    var ends = TableEnds()
    /// What the rows tell.
    var assembly: StudyAssembly
    /// What is wrong, the first of it first.
    private(set) var damage: [String] = []

    init(_ connection: ReadConnection, for purpose: StudyAssembly.Purpose) {
        self.connection = connection
        assembly = StudyAssembly(for: purpose)
    }

    /// Reads on where another reader came to its end.
    ///
    /// - Parameters:
    ///   - ends: where it ended.
    ///   - assembly: what it read.
    init(_ connection: ReadConnection, after ends: TableEnds, with assembly: StudyAssembly) {
        (self.connection, self.ends, self.assembly) = (connection, ends, assembly)
    }

    /// Reads the rows behind those that were read, as `read` does.
    ///
    /// - Throws: `Event.UnknownEvent` where a newer program wrote an event.
    mutating func readMore() throws {
        (ends.metrics, ends.parameters) = (.metrics, .parameters)
        try read()
    }

    /// Reads all, in the thread that calls.
    ///
    /// - Throws: `Event.UnknownEvent` where a newer program wrote an event.
    mutating func read() throws {
        let counts = counts()
        do { try readNames() } catch { damage.append(DamageLocation.names) }
        assembly.reserve(reports: counts?.reports ?? 0, events: counts?.events ?? 0)
        do { try readReports() } catch {
            damage.append(DamageLocation.report(ends.reports + 1))
        }
        if let counts, ends.reports != counts.reports {
            damage.append(DamageLocation.report(ends.reports + 1))
        }
        do { try readEvents() } catch let error as Event.UnknownEvent { throw error } catch {
            damage.append(DamageLocation.event(ends.events))
        }
        if let counts, ends.events != counts.events {
            damage.append(DamageLocation.event(ends.events))
        }
        if counts == nil { damage.append(DamageLocation.counts) }
        ends.isInterrupted = assembly.isInterrupted
        ends.feasibility = assembly.definition.map { Feasibility($0) }
        ends.checkpoints = counts?.checkpoints ?? 0
        ends.artifacts = counts?.artifacts ?? 0
    }

    private mutating func readReports() throws {
        var rows = try ReportRows(
            ends.metrics, on: connection, after: ends.reports, sum: ends.reportSum)
        while let arrival = try rows.next() {
            assembly.take([arrival])
            (ends.reports, ends.reportSum) = (rows.count, rows.goodSum)
        }
    }

    private mutating func readEvents() throws {
        var rows = try EventRows(
            ends.parameters, on: connection, after: ends.events, sum: ends.eventSum)
        while let event = try rows.next() {
            try assembly.take(event)
            (ends.events, ends.eventSum) = (rows.count, rows.goodSum)
        }
    }

    /// How many rows the file says there are; nil when that is not intact.
    func counts() -> (events: Int, reports: Int, checkpoints: Int, artifacts: Int)? {
        do {
            var rows = try CheckedRows<RowCountColumn>(
                from: RowCountColumn.table(format: connection.format), on: connection)
            guard try rows.step(), rows.isIntact(sum: .sum), let events = rows[.events].integer,
                let reports = rows[.reports].integer,
                let checkpoints = rows[.checkpoints].integer,
                let artifacts = rows[.artifacts].integer
            else { return nil }
            return (events, reports, checkpoints, artifacts)
        } catch { return nil }
    }

    /// Reads the columns' names and the layouts.
    mutating func readNames() throws {
        var names = try CheckedRows<NameColumn>("ORDER BY id", on: connection)
        while try names.step() {
            guard names.isIntact(sum: .sum), let owner = names[.owner].text,
                let name = names[.name].text,
                let kind = names[.kind].text.flatMap(DynamicColumns.Kind.init)
            else { throw RowError() }
            if owner == ends.metrics.owner {
                ends.metrics.addColumn(Name(name), kind)
            } else {
                ends.parameters.addColumn(Name(name), kind)
            }
        }
        var layouts = try CheckedRows<LayoutColumn>("ORDER BY id", on: connection)
        while try layouts.step() {
            guard layouts.isIntact(sum: .sum), let owner = layouts[.owner].text,
                let number = layouts[.number].integer, let text = layouts[.names].text
            else { throw RowError() }
            let names = try JSON(parsing: text).asArray?.map(\.asText) ?? [nil]
            guard !names.contains(nil) else { throw RowError() }
            try add(names.compactMap { $0.map { Name($0) } }, number, of: owner)
        }
    }

    private mutating func add(_ names: [Name], _ number: Int, of owner: String) throws {
        if owner == ends.metrics.owner {
            guard number == ends.metrics.layouts.count else { throw RowError() }
            // Programs of format 2 sorted names by what they look like.
            ends.metrics.addLayout(names.sorted())
        } else {
            guard number == ends.parameters.layouts.count else { throw RowError() }
            ends.parameters.addLayout(names)
        }
    }
}
