internal import Engine
internal import Foundation

/// An event as its row in `events` holds it. A start has its configuration in `starts`, a report
/// its metrics in `reports`.
struct EventRow {
    var code: EventCode
    var trial: Int?
    var time: Int?
    /// The report's number in `reports`.
    var report: Int?
    var detail: String?

    init(
        _ code: EventCode, trial: Int? = nil, time: Int? = nil, report: Int? = nil,
        detail: String? = nil
    ) {
        (self.code, self.trial, self.time) = (code, trial, time)
        (self.report, self.detail) = (report, detail)
    }

    /// - Parameter sequence: where the inbox has the report of a report's event; nil when it has
    ///   not, and the event holds it itself.
    init(_ event: Event, sequence: (Event.ReportedEvent) -> Int?) throws {
        switch event {
        case .created(let definition): self.init(.created, detail: try json(definition))
        case .extended(let definition): self.init(.extended, detail: try json(definition))
        case .started(let start): self.init(.started, trial: start.trial, time: start.time)
        case .reported(let event):
            let report = sequence(event)
            self.init(
                .reported, trial: event.trial, time: event.report.time, report: report,
                detail: report == nil ? try json(event.report) : nil)
        case .decided(let decision):
            self.init(
                .decided, trial: decision.trial, time: decision.time,
                detail: DecisionCodec(decision).text)
        case .promoted(let promotion):
            self.init(
                .promoted, trial: promotion.trial, time: promotion.time,
                detail: DecisionCodec(promotion).text)
        case .ended(let end):
            self.init(.ended, trial: end.trial, time: end.time, detail: try json(end.outcome))
        case .retried(let retry):
            self.init(
                .retried, trial: retry.trial, time: retry.time, detail: try json(retry.error))
        case .interrupted(let reason): self.init(.interrupted, detail: try json(reason))
        case .finished(let reason): self.init(.finished, detail: try json(reason))
        case .resumed(let first): self.init(.resumed, detail: "\(first)")
        }
    }

    /// The event, but for starts, decisions, promotions, and reports of the inbox.
    ///
    /// - Throws: when the row holds no such event.
    func event() throws -> Event {
        switch code {
        case .created: return .created(try read(StudyDefinition.self))
        case .extended: return .extended(try read(StudyDefinition.self))
        case .interrupted: return .interrupted(try read(EndReason.self))
        case .finished: return .finished(try read(EndReason.self))
        case .resumed: return .resumed(from: try read(Int.self))
        case .reported:
            return .reported(.init(trial: try number(trial), report: try read(Report.self)))
        case .ended:
            return .ended(
                .init(
                    trial: try number(trial), outcome: try read(Outcome.self),
                    time: try number(time)))
        case .retried:
            return .retried(
                .init(
                    trial: try number(trial), error: try read(String.self),
                    time: try number(time)))
        case .started, .decided, .promoted: throw RowError()
        }
    }

    private func number(_ value: Int?) throws -> Int {
        guard let value else { throw RowError() }
        return value
    }

    private func read<T: Decodable>(_ type: T.Type) throws -> T {
        try JSONDecoder().decode(type, from: Data((detail ?? "").utf8))
    }
}

/// A row that holds nothing a program ever wrote.
struct RowError: Error {}

/// A value's JSON, the same bytes for the same value.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
