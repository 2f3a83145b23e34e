/// The events of one study, in order. They are only ever appended.
///
/// One process at a time decides about a study. It takes a lease, and every append says which lease
/// it is under and how many events it knows of: a process that has lost its lease, or that does not
/// know the last events, cannot append.
///
/// Rules, which `EngineTesting` checks:
/// - events come back in the order they were appended, all of a call's or none;
/// - an append that expects another position, or is under a lease that has been replaced, changes
///   nothing and throws `JournalError`;
/// - reading while writing gives a beginning of the sequence;
/// - an event that a newer program wrote is an error that says so, never left out.
public protocol EventLog: Sendable {
    /// Takes the right to append. Every lease taken before is replaced.
    func takeLease() throws -> Lease

    /// Appends events after those that are there, all or none.
    ///
    /// - Parameters:
    ///   - position: how many events there are, superseded ones included.
    ///   - lease: what `takeLease` returned last.
    /// - Throws: `JournalError`, with the log unchanged.
    func append(_ events: [Event], expecting position: Int, under lease: Lease) throws

    /// The events from number `first` (counted from 0) on.
    func events(from first: Int) throws -> [Event]
}

/// The right to append to one study's events.
public struct Lease: Hashable, Sendable {
    /// Greater than that of any lease of the study taken before.
    public let number: Int

    /// A lease, made by a journal.
    public init(number: Int) { self.number = number }

    /// The lease that is taken after another, nil for the first.
    package init(after last: Lease?) { number = (last?.number ?? 0) + 1 }
}

/// Why events cannot be appended.
public enum JournalError: Error, Equatable, CustomStringConvertible {
    /// There are other events than the caller knows of.
    case position(expected: Int, got: Int)
    /// Another decider holds the lease.
    case fenced(held: Int, got: Int)
    /// Another program holds a lock that writing needs, and will let it go: to be tried again.
    case locked(String)
    /// The server that keeps the study cannot be reached now: to be tried again.
    case unreachable(String)

    /// Whether the same call may succeed later, with nothing lost and nothing done twice.
    public var isTemporary: Bool {
        switch self {
        case .locked, .unreachable: true
        case .position, .fenced: false
        }
    }

    public var description: String {
        switch self {
        case .position(let expected, let got):
            "study: expected to append event \(expected), the next one is event \(got): "
                + "another process writes this study"
        case .locked(let place):
            "\(place): another program holds the lock for writing"
        case .unreachable(let reason): reason
        case .fenced(let held, let got):
            "study: expected lease \(held), got lease \(got): another process has taken over"
        }
    }

    /// Checks what an append says.
    ///
    /// - Parameters:
    ///   - position: what the caller expects.
    ///   - count: how many events there are.
    ///   - lease: what the caller holds.
    ///   - held: the lease taken last; nil when none was.
    /// - Throws: `JournalError`.
    public static func check(
        position: Int, count: Int, lease: Lease, held: Lease?
    ) throws {
        guard lease == held else {
            throw fenced(held: held?.number ?? 0, got: lease.number)
        }
        guard position == count else { throw Self.position(expected: position, got: count) }
    }
}
