internal import Platform

/// What other threads tell the thread that decides about a study, and what it tells them.
package final class DeciderControl: Sendable {
    private struct State: Sendable {
        var isLeaving = false
        /// When the study was to be ended.
        var interrupted: ContinuousClock.Instant?
        /// All that agents have sent was taken since.
        var isDrained = false
        var queue: MessageQueue?
        var hasDecided = false
        var notes: [String] = []
        var failure: (any Error)?
    }
    private let state = Monitor(State())
    private let onNote: @Sendable () -> Void
    /// Seconds after which an end no longer waits for what agents have sent.
    private static let patience = 2.0

    /// A control of a thread that has not begun.
    ///
    /// - Parameter onNote: called after each note, and after a failure, on the thread that decides.
    package init(onNote: @escaping @Sendable () -> Void) { self.onNote = onNote }

    /// The process leaves the study: another one is to decide about it.
    package var isLeaving: Bool { state.read(\.isLeaving) }

    /// The study is to be ended, as nothing else runs it, and what was sent is taken.
    package var isInterrupted: Bool {
        state.read { state in
            guard let interrupted = state.interrupted else { return false }
            return state.isDrained || interrupted.duration(to: .now) > .seconds(Self.patience)
        }
    }

    /// Nothing that agents have sent is left.
    func drained() {
        guard state.read({ $0.interrupted != nil && !$0.isDrained }) else { return }
        state.change { $0.isDrained = true }
    }

    /// Has the thread end: with the study, or without it.
    package func end(interrupting: Bool) {
        state.change { state in
            if interrupting {
                state.interrupted = state.interrupted ?? .now
            } else if state.interrupted == nil {
                state.isLeaving = true
            }
        }
        wake()
    }

    /// Lets so many seconds pass, or less where the process leaves.
    package func waitUntilLeaving(seconds: Double) {
        _ = state.wait(seconds: seconds) { $0.isLeaving || $0.interrupted != nil ? () : nil }
    }

    /// Has the thread look at the board now. From any thread.
    package func wake() { state.read(\.queue)?.wake() }

    /// The queue of the loop that decides; nil while none does.
    package func follow(_ queue: MessageQueue?) {
        state.change { state in
            state.queue = queue
            if queue != nil { state.hasDecided = true }
        }
    }

    /// Whether this process decides now.
    package var isDeciding: Bool { state.read { $0.queue != nil } }

    /// Whether it has decided at any time.
    package var hasDecided: Bool { state.read(\.hasDecided) }

    /// Takes note of what a user has to know.
    package func log(_ note: String) {
        state.change { $0.notes.append(note) }
        onNote()
    }

    /// Nothing can be decided here any more.
    package func fail(_ error: any Error) {
        state.change { $0.failure = error }
        onNote()
    }

    /// Why nothing can be decided here any more; nil as long as something can.
    package var failure: (any Error)? { state.read(\.failure) }

    /// The notes since the last call.
    func takeNotes() -> [String] {
        guard state.read({ !$0.notes.isEmpty }) else { return [] }
        return state.change { state in
            defer { state.notes = [] }
            return state.notes
        }
    }
}
