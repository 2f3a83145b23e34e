internal import Platform
internal import Synchronization

/// The trials that wait for what happens outside of this process: a line, the end of a child.
///
/// What happens is told by other threads, and collected on the script's.
final class TrialWaits {
    /// What other threads tell.
    private final class Inbox: Sendable {
        enum Item {
            case changed(ticket: Int)
            case job(@Sendable () -> Void)
        }
        private let items = Mutex<[Item]>([])
        private let wake: @Sendable () -> Void

        init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

        func post(_ item: Item) {
            items.withLock { $0.append(item) }
            wake()
        }

        func takeAll() -> [Item] {
            items.withLock { items in
                defer { items = [] }
                return items
            }
        }
    }

    private struct Wait {
        let ticket: Int
        let since: ContinuousClock.Instant
    }
    private let inbox: Inbox
    private var waits: [Int: Wait] = [:]
    private var tickets = 0

    /// - Parameter wake: ends a wait of the script's thread, from any thread.
    init(wake: @escaping @Sendable () -> Void) { inbox = Inbox(wake: wake) }

    /// Whether a trial waits.
    var isEmpty: Bool { waits.isEmpty }

    /// The trials that wait.
    var trials: [Int] { Array(waits.keys) }

    /// Since when a trial has waited; nil for one that does not.
    func duration(of trial: Int) -> Duration? { waits[trial]?.since.duration(to: .now) }

    /// Has a trial wait for the first change after `version`.
    func add(_ trial: Int, until signal: ChangeSignal, changesAfter version: Int) {
        tickets += 1
        waits[trial] = Wait(ticket: tickets, since: .now)
        signal.whenChanged(since: version) { [inbox, tickets] in
            inbox.post(.changed(ticket: tickets))
        }
    }

    /// Has `body` run on the script's thread, from any thread.
    var later: @Sendable (@escaping @Sendable () -> Void) -> Void {
        { [inbox] body in inbox.post(.job(body)) }
    }

    /// Collects what has happened.
    ///
    /// - Parameter ready: is given the trials whose waits are over, and how long they were.
    func collect(_ ready: (_ trial: Int, Duration) -> Void) {
        for item in inbox.takeAll() {
            switch item {
            case .job(let body): body()
            case .changed(let ticket):
                guard let (trial, wait) = waits.first(where: { $0.value.ticket == ticket }) else {
                    continue
                }
                waits[trial] = nil
                ready(trial, wait.since.duration(to: .now))
            }
        }
    }

    /// A trial waits for nothing any more.
    func forget(_ trial: Int) { waits[trial] = nil }
}
