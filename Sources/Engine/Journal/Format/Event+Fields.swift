/// What an event is made of besides its kind, its trial and its time: the one description behind
/// lines of JSON and rows of a database.
///
/// A change of the format: a new field gets a default on reading; what means something else gets
/// another name, or is told apart as in `Outcome`; `Event.version` goes up, and studies of the
/// version before go into the golden files of the tests.
extension Event {
    /// The version this engine writes, and the highest it reads.
    ///
    /// Version 4 brought resources that are no whole numbers, with `resolution`. An event without any
    /// is still written as version 3, see `writtenVersion`.
    ///
    /// Version 3 brought metrics that are texts or booleans. A trial that was stopped alone came later:
    /// it is written as interrupted, which earlier programs take for stopped, with `alone`.
    ///
    /// Reasons of a model came later in version 2: a program that knows none refuses the type "model".
    ///
    /// Version 2 brought `resumed`, attempts, and objects for what ended, was retried, interrupted
    /// and finished.
    public static let version = 4

    /// The lowest version whose programs understand the event.
    package var writtenVersion: Int {
        let isWhole =
            switch self {
            case .created(let definition), .extended(let definition): definition.hyperband.isWhole
            case .reported(let reported): reported.report.resource.isWhole
            case .decided(let decision): decision.rung.isWhole && decision.resource.isWhole
            case .promoted(let promotion): promotion.rung.isWhole
            case .started, .ended, .retried, .interrupted, .finished, .resumed: true
            }
        return isWhole ? 3 : 4
    }

    /// The trial it is about; nil where there is none.
    package var trial: Int? {
        switch self {
        case .started(let start): start.trial
        case .reported(let reported): reported.trial
        case .decided(let decision): decision.trial
        case .promoted(let promotion): promotion.trial
        case .ended(let end): end.trial
        case .retried(let retry): retry.trial
        case .created, .extended, .interrupted, .finished, .resumed: nil
        }
    }

    /// Its fields but trial and time.
    package var fields: JSON {
        switch self {
        case .created(let definition), .extended(let definition): return JSON(definition)
        case .started(let start):
            return Self.fields(start)
        case .reported(let reported): return Self.fields(reported)
        case .decided(let decision):
            var writer = ObjectWriter()
            decision.write(to: &writer)
            return .object(writer.members)
        case .promoted(let promotion):
            var writer = ObjectWriter()
            promotion.write(to: &writer)
            var members = writer.members
            if let reason = promotion.reason { members["reason"] = JSON(reason) }
            return .object(members)
        case .ended(let end): return end.outcome.fields
        case .retried(let retry): return .object(["error": .text(retry.error)])
        case .interrupted(let reason), .finished(let reason):
            return .object(["reason": .text(reason.rawValue)])
        case .resumed(let first): return .object(["from": .integer(first)])
        }
    }

    private static func fields(_ start: Start) -> JSON {
        var fields: [Name: JSON] = [
            "configuration": JSON(start.configuration), "bracket": .integer(start.bracket),
        ]
        if start.origin != .unrecorded { fields["origin"] = .text(start.origin.rawValue) }
        if let reason = start.reason { fields["reason"] = JSON(reason) }
        return .object(fields)
    }

    private static func fields(_ reported: ReportedEvent) -> JSON {
        var fields: [Name: JSON] = [
            "resource": JSON(reported.report.resource),
            "metrics": JSON(reported.report.metrics),
        ]
        if reported.attempt != 1 { fields["attempt"] = .integer(reported.attempt) }
        return .object(fields)
    }

    /// The event of that kind that these fields tell.
    ///
    /// - Throws: `FormatError`, `SettingError`.
    package init(_ kind: EventKind, _ fields: JSON, trial: Int?, time: Int?) throws {
        func known(_ value: Int?, _ name: String) throws -> Int {
            guard let value else { throw FormatError(name, expected: "an integer", got: nil) }
            return value
        }
        switch kind {
        case .created: self = .created(try fields.definition())
        case .extended: self = .extended(try fields.definition())
        case .interrupted: self = .interrupted(try Self.reason(fields))
        case .finished: self = .finished(try Self.reason(fields))
        case .resumed: self = .resumed(from: try fields.integer("from"))
        case .started, .reported, .decided, .promoted, .ended, .retried:
            self = try Self.ofTrial(
                kind, fields: fields, trial: known(trial, "trial"), time: known(time, "time"))
        }
    }

    private static func ofTrial(
        _ kind: EventKind, fields: JSON, trial: Int, time: Int
    ) throws -> Event {
        var reader = ObjectReader(object: fields)
        switch kind {
        case .started:
            return .started(
                .init(
                    trial: trial, configuration: try fields.member("configuration").configuration(),
                    bracket: try fields.integer("bracket"), time: time,
                    origin: Origin(
                        rawValue: try fields.text("origin", or: Origin.unrecorded.rawValue)),
                    reason: try fields.reason()))
        case .decided: return .decided(try Decision(&reader, trial: trial, time: time))
        case .promoted:
            let reason = try fields.reason()
            return .promoted(try Promotion(&reader, trial: trial, time: time, reason: reason))
        case .retried:
            // Format 1 had the message alone.
            let error = try fields.asText ?? fields.text("error")
            return .retried(.init(trial: trial, error: error, time: time))
        case .ended:
            return .ended(.init(trial: trial, outcome: try Outcome(fields), time: time))
        case .reported, .created, .extended, .interrupted, .finished, .resumed:
            return .reported(try report(fields, trial: trial, time: time))
        }
    }

    private static func report(_ fields: JSON, trial: Int, time: Int) throws -> ReportedEvent {
        ReportedEvent(
            trial: trial, attempt: try fields.integer("attempt", or: 1),
            report: Report(
                resource: try fields.resource("resource"),
                metrics: try fields.member("metrics").metrics(), time: time))
    }

    /// Format 1 had the reason alone.
    private static func reason(_ fields: JSON) throws -> EndReason {
        let object = fields.asText == nil ? fields : .object(["reason": fields])
        return try object.word("reason")
    }
}

extension Outcome {
    /// How a trial ended, by name.
    private enum Word: String, CaseIterable {
        case reachedMaximum, returned, failed, interrupted
    }

    fileprivate var fields: JSON {
        let (name, error): (Word, String?) =
            switch self {
            case .reachedMaximum: (.reachedMaximum, nil)
            case .returned: (.returned, nil)
            case .failed(let message): (.failed, message)
            case .interrupted, .stopped: (.interrupted, nil)
            }
        var fields: [Name: JSON] = ["outcome": .text(name.rawValue)]
        if self == .stopped { fields["alone"] = .boolean(true) }
        if let error { fields["error"] = .text(error) }
        return .object(fields)
    }

    /// Format 1 had an object of one name, the outcome's.
    fileprivate init(_ fields: JSON) throws {
        var fields = fields
        if fields["outcome"] == nil {
            let (name, content) = try fields.tagged()
            fields = .object(["outcome": .text(name), "error": content])
        }
        switch try fields.word("outcome") as Word {
        case .reachedMaximum: self = .reachedMaximum
        case .returned: self = .returned
        case .failed: self = .failed(try fields.text("error"))
        case .interrupted: self = fields["alone"] == .boolean(true) ? .stopped : .interrupted
        }
    }
}
