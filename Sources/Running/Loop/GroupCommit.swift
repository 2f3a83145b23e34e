internal import Engine

/// Commands that wait until what led to them is durable, so that many reports share one transaction.
///
/// An object: the loop asks it several times a report, and would copy a value each time.
final class GroupCommit {
    /// No report waits longer: half of what is promised.
    private static let longest = Duration.milliseconds(10)

    /// What waits, in order.
    private(set) var commands: [Command] = []
    private var since: ContinuousClock.Instant?
    /// A command is due at once: more than a trial's leave to compute on.
    private(set) var isUrgent = false
    /// Why nothing can be made durable any more.
    var failure: RunError?

    /// Commands wait, or something is written that is not durable yet.
    var isDue: Bool { since != nil || !commands.isEmpty }

    /// Something is written that is not durable yet.
    var isUnsynced: Bool { since != nil }

    /// Commands wait, and need not wait for others.
    var isReady: Bool { isUrgent || (since == nil && !commands.isEmpty) || isOverdue }

    /// Something has waited as long as it may.
    private var isOverdue: Bool { since.map { $0.duration(to: .now) >= Self.longest } ?? false }

    /// Something was written that is not durable yet.
    func wrote() { if since == nil { since = .now } }

    /// Puts commands behind those that wait.
    func add(_ commands: [Command]) {
        if !commands.isEmpty { isUrgent = true }
        self.commands += commands
    }

    /// Puts commands behind those that wait. That the trial which has reported continues can wait for
    /// others.
    func add(_ commands: [Command], afterReportOf trial: Int) {
        if commands.contains(where: { $0 != .continue(trial: trial) }) { isUrgent = true }
        self.commands += commands
    }

    /// All is durable; gives the commands that waited for it.
    func take() -> [Command] {
        defer { (commands, since, isUrgent) = ([], nil, false) }
        return commands
    }

    /// - Throws: why nothing can be made durable any more.
    func rethrow() throws { if let failure { throw failure } }
}
