/// Folds a study's events while they are read, one after the other, so that nobody need hold them.
///
/// An event that cannot follow ends the folding; what is wrong shows when the study is asked for.
public struct EventFold: Sendable {
    /// How many events are part of the study: all, or those before an interruption.
    public private(set) var count = 0
    /// How many events there were.
    public private(set) var total = 0
    /// The latest virtual time of those that are part of the study.
    private(set) var time = 0
    private var state: StudyState?
    private var error: EventError?
    private let endsAtInterruption: Bool
    private var hasEnded = false

    /// A fold of no events yet.
    ///
    /// - Parameter endsAtInterruption: an interruption and what follows it is left out, as when the
    ///   study is to go on.
    public init(endsAtInterruption: Bool = false) {
        self.endsAtInterruption = endsAtInterruption
    }

    /// Adds the next event.
    public mutating func add(_ event: Event) {
        total += 1
        if case .interrupted = event, endsAtInterruption { hasEnded = true }
        guard !hasEnded, error == nil else { return }
        do {
            if state == nil {
                state = try Self.begin(with: event)
            } else {
                try state?.apply(event, number: count)
            }
            count += 1
            if let eventTime = event.time { time = max(time, eventTime) }
        } catch let error as EventError {
            self.error = error
        } catch {
            preconditionFailure("applying an event throws nothing else")
        }
    }

    private static func begin(with event: Event) throws -> StudyState {
        guard case .created(let definition) = event else {
            throw EventError(number: 0, problem: "expected \"created\" first")
        }
        do { try definition.check() } catch {
            throw EventError(number: 0, problem: "the study's definition: \(error)")
        }
        return StudyState(definition)
    }

    /// The study that the events tell.
    ///
    /// - Throws: `EventError` when they tell none: the first is not `created`, or one does not
    ///   follow from those before it.
    public var study: StudyState {
        get throws {
            if let error { throw error }
            guard let state else {
                throw EventError(number: 0, problem: "expected \"created\", got none")
            }
            return state
        }
    }

    /// The same, and leaves nothing behind: who changes it then has the only one.
    ///
    /// - Throws: as `study`.
    mutating func takeStudy() throws -> StudyState {
        let study = try study
        state = nil
        return study
    }
}

/// What a journal holds of a study, for who takes it up.
public struct StudyBeginning: Sendable {
    /// The events up to an interruption, folded.
    public internal(set) var fold: EventFold
    /// All reports received, in the order they came.
    public let arrivals: [ReceivedReport]

    /// A beginning.
    ///
    /// - Parameter fold: made with `endsAtInterruption`.
    public init(fold: EventFold, arrivals: [ReceivedReport]) {
        (self.fold, self.arrivals) = (fold, arrivals)
    }
}
