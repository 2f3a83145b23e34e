internal import Platform

/// The processes that trials of a run have started, counted until nothing is left of them.
final class TrialProcesses {
    private var ending = 0

    /// Processes of trials that have ended are not gone yet.
    var isBusy: Bool { ending > 0 }

    /// Ends groups, and calls `body` on the script's thread once all of them are gone: at once where
    /// they are gone already.
    ///
    /// - Parameter later: has something run on the script's thread, from any thread.
    func end(
        _ groups: [ProcessGroup],
        later: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
        _ body: @escaping () -> Void
    ) {
        let groups = groups.filter { !$0.isGone }
        guard !groups.isEmpty else { return body() }
        let rest = Rest(count: groups.count, of: self, body)
        ending += 1
        for group in groups {
            group.end()
            group.whenGone { later { rest.countDown() } }
        }
    }

    /// Belongs to the script's thread: other threads only pass it on.
    private final class Rest: @unchecked Sendable {
        private var count: Int
        private let owner: TrialProcesses
        private let body: () -> Void

        init(count: Int, of owner: TrialProcesses, _ body: @escaping () -> Void) {
            (self.count, self.owner, self.body) = (count, owner, body)
        }

        func countDown() {
            count -= 1
            guard count == 0 else { return }
            owner.ending -= 1
            body()
        }
    }
}
