/// Folds a study's events while they are read, one after the other, so that no one has to hold them.
///
/// A resumption supersedes an interruption, or an end, and all behind it. So the fold holds back
/// events from there on: it is cheap to drop them again, and the study before them is there for a
/// process that resumes it.
///
/// An event that cannot follow ends the folding; what is wrong shows when the study is asked for.
public struct EventFold: Sendable {
    /// How many events there were, superseded ones included: the number of the next one.
    public private(set) var total = 0
    /// The latest virtual time before the interruption or the end.
    private(set) var time = 0
    /// The study before the interruption or the end.
    private var state: StudyState?
    private var hasBegun = false
    /// What may still be superseded: nothing, or an interruption or an end and what follows.
    private var tail: [Event] = []
    private var error: EventError?

    /// What the study was last defined as, before the interruption or the end; nil where no event
    /// says it.
    package var definition: StudyDefinition? { error == nil ? state?.definition : nil }

    /// A fold of no events yet.
    public init() {}

    /// The number of the interruption, or of the end, that a resumption would supersede; nil for a
    /// study that has neither.
    public var resumptionPoint: Int? { tail.isEmpty ? nil : total - tail.count }

    /// Adds the next event.
    ///
    /// - Complexity: that of `StudyState.apply`; O(1) for events that are held back.
    public mutating func add(_ event: Event) {
        let number = total
        total += 1
        guard error == nil else { return }
        do {
            if case .resumed(let first) = event {
                try drop(from: first, before: number)
            } else if number > 0, !tail.isEmpty || event.canBeSuperseded {
                tail.append(event)
            } else {
                try take(event, number)
            }
        } catch let error as EventError {
            self.error = error
        } catch {
            preconditionFailure("applying an event throws nothing else")
        }
    }

    private mutating func take(_ event: Event, _ number: Int) throws {
        // Whether there is a study is noted beside it: to look at an optional copies what is in it.
        if hasBegun {
            try state?.apply(event, number: number)
        } else {
            guard case .created(let definition) = event else {
                throw EventError(number: number, problem: "expected \"created\" first")
            }
            do { try definition.check() } catch {
                throw EventError(number: number, problem: "the study's definition: \(error)")
            }
            (state, hasBegun) = (StudyState(definition), true)
        }
        if let eventTime = event.time { time = max(time, eventTime) }
    }

    private mutating func drop(from first: Int, before number: Int) throws {
        guard !tail.isEmpty, first == number - tail.count else {
            throw EventError(
                number: number,
                problem: "a resumption from event \(first), which is no interruption and no end")
        }
        // Counted with what was dropped, so that the next number is right.
        tail.removeAll(keepingCapacity: true)
    }

    /// The study that the events tell, what is held back included.
    ///
    /// - Throws: `EventError` when they tell none: the first is not `created`, or one does not
    ///   follow from those before it.
    /// - Complexity: O(1) for a study that has ended or runs, else O(trials).
    public var study: StudyState {
        get throws {
            var study = try studyBefore
            for (offset, event) in tail.enumerated() {
                try study.apply(event, number: total - tail.count + offset)
            }
            return study
        }
    }

    /// The study before the interruption or the end.
    private var studyBefore: StudyState {
        get throws {
            if let error { throw error }
            guard let state else {
                throw EventError(number: 0, problem: "expected \"created\", got none")
            }
            return state
        }
    }

    /// The study before its interruption or its end, and why it ended if it was not interrupted.
    /// Leaves nothing behind: whoever changes the study has the only one.
    ///
    /// - Throws: as `study`.
    mutating func takeStudy() throws -> (study: StudyState, end: EndReason?) {
        let study = try studyBefore
        (state, hasBegun) = (nil, false)
        guard case .finished(let reason) = tail.first else { return (study, nil) }
        guard tail.count == 1 else {
            throw EventError(number: total - 1, problem: "an event after \"finished\"")
        }
        return (study, reason)
    }
}

extension StudyState {
    /// The study that the events tell.
    ///
    /// - Throws: `EventError` when they tell none: the first is not `created`, or one does not
    ///   follow from those before it.
    public init(events: some Sequence<Event>) throws {
        var fold = EventFold()
        for event in events { fold.add(event) }
        self = try fold.study
    }
}
