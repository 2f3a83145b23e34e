internal import Engine
internal import Foundation
internal import Platform

/// How a study of many reports is read: reports on one thread, events on another, and put together
/// on the one that asked.
///
/// The two tables are sums of their own, and a report's row never changes, so the second connection
/// may see more reports than the first: it reads as many as the first knows of.
extension StudyReader {
    /// Fewer are read as fast by one thread.
    private static let fewestEvents = 5_000
    /// So many rows are handed on at a time.
    private static let rowsInPart = 1_024

    /// Reads a study's file, by whichever way is fastest.
    ///
    /// - Throws: `Event.UnknownEvent` where a newer program wrote an event.
    static func read(
        _ connection: ReadConnection, for purpose: StudyAssembly.Purpose
    ) throws -> StudyReader {
        if let reader = readInParallel(connection, for: purpose) { return reader }
        var reader = StudyReader(connection, for: purpose)
        try reader.read()
        return reader
    }

    /// Nil when there is not enough to read, or anything is not intact: what and where
    /// is said by reading one after the other.
    private static func readInParallel(
        _ connection: ReadConnection, for purpose: StudyAssembly.Purpose
    ) -> StudyReader? {
        var reader = StudyReader(connection, for: purpose)
        guard let counts = reader.counts(), counts.events >= fewestEvents, !connection.isOfCopy,
            (try? reader.readNames()) != nil,
            let second = try? ReadConnection(connection.path)
        else { return nil }
        reader.assembly.reserve(reports: counts.reports, events: counts.events)
        let (metrics, parameters) = (reader.ends.metrics, reader.ends.parameters)
        let reports = RowThread<ReceivedReport>(second) { connection, send in
            var rows = try ReportRows(metrics, on: connection)
            while rows.count < counts.reports {
                rows.renewNames()
                var part: [ReceivedReport] = []
                part.reserveCapacity(rowsInPart)
                while part.count < rowsInPart, rows.count < counts.reports,
                    let arrival = try rows.next()
                {
                    part.append(arrival)
                }
                guard !part.isEmpty, send(part) else { break }
            }
            return (rows.count, rows.goodSum)
        }
        let events = RowThread<StoredEvent>(connection) { connection, send in
            var rows = try EventRows(parameters, on: connection)
            while true {
                rows.renewPaths()
                var part: [StoredEvent] = []
                part.reserveCapacity(rowsInPart)
                while part.count < rowsInPart, let event = try rows.next() { part.append(event) }
                guard !part.isEmpty, send(part) else { break }
            }
            return (rows.count, rows.goodSum)
        }
        let isIntact = (try? reader.assembly.putTogether(reports, events)) != nil
        let (reportsRead, eventsRead) = (reports.end(), events.end())
        guard isIntact, let reportsRead, let eventsRead, reportsRead.count == counts.reports,
            eventsRead.count == counts.events, second.isStill
        else { return nil }
        (reader.ends.reports, reader.ends.reportSum) = reportsRead
        (reader.ends.events, reader.ends.eventSum) = eventsRead
        reader.ends.isInterrupted = reader.assembly.isInterrupted
        reader.ends.feasibility = reader.assembly.definition.map { Feasibility($0) }
        reader.ends.checkpoints = counts.checkpoints
        reader.ends.artifacts = counts.artifacts
        return reader
    }
}

extension StudyAssembly {
    /// Takes all that two threads read.
    ///
    /// - Throws: `RowError` when an event speaks of a report that is not there.
    fileprivate mutating func putTogether(
        _ reports: RowThread<ReceivedReport>, _ events: RowThread<StoredEvent>
    ) throws {
        while let part = events.receive() {
            for event in part {
                if case .report(let number, _) = event {
                    while arrivals.count < number, let more = reports.receive() { take(more) }
                }
                try take(event)
            }
        }
        while let more = reports.receive() { take(more) }
    }
}

/// Reads rows on a thread of its own and hands them on in parts.
private final class RowThread<Row> {
    /// How many rows were read, and the sum over them.
    typealias Outcome = (count: Int, sum: UInt32)

    private let pipe = BoundedQueue<[Row]>(limit: 16)
    private let result = BoundedQueue<Outcome>(limit: 1)

    /// - Parameters:
    ///   - connection: used by this thread alone until `end` has returned.
    ///   - read: sends rows until there are none left or none is wanted.
    init(
        _ connection: ReadConnection,
        _ read: sending @escaping (ReadConnection, (sending [Row]) -> Bool) throws -> Outcome
    ) {
        nonisolated(unsafe) let (connection, read) = (connection, read)
        let (pipe, result) = (pipe, result)
        let thread = Thread {
            if let outcome = try? read(connection, { pipe.send($0) }) {
                _ = result.send(outcome)
            }
            pipe.end()
            result.end()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// The next rows; nil behind the last.
    func receive() -> [Row]? { pipe.receive() }

    /// Waits until the thread has ended; nil when a row was not intact.
    func end() -> Outcome? {
        pipe.end()
        return result.receive()
    }
}
