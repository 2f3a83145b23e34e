package import Engine

/// What an executor asks whose trials run in other processes.
extension StudyLoop {
    /// The right to append to the study's events.
    package var lease: Lease { conductor.lease }

    /// Which attempt of a trial runs, from 1, also where a failure is not committed yet.
    package func attempt(of trial: Int) -> Int {
        let known = state.trial(trial)?.failures.count ?? 0
        return max(known, conductor.retries(of: trial)) + 1
    }

    /// Takes note that what ran a trial is gone: it is started again once there is something to compute.
    package func lost(_ trial: Int) {
        guard commit.failure == nil else { return }
        do { commit.add(try conductor.lost(trial)) } catch { commit.failure = .journal(error) }
    }
}
