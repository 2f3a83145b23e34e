package import Engine
internal import Platform

/// Runs trials of a study that another thread, or another process, decides about.
///
/// The loop claims trials as long as it has free slots, sends what they report, and carries out what is
/// ordered. A trial computes on by itself where nothing is to be decided, also while the server is away;
/// one that waits for a decision gives its slot to another that can compute.
package final class AgentLoop: TrialHost {
    /// What the loop needs to know.
    package struct Options {
        /// How many trials run at a time.
        package var slots: Int
        /// The study's address.
        package var place: String
        /// Which reports keep what they were given to keep.
        package var keeps: KeepRule
        /// What messages about the study begin with, and what else an observer is told.
        package var run: RunOptions
        /// Reads a trial's checkpoint from the server.
        package var readCheckpoint: (Int) throws -> Checkpoint?

        /// Options of an agent.
        package init(
            slots: Int, place: String, keeps: KeepRule, run: RunOptions,
            readCheckpoint: @escaping (Int) throws -> Checkpoint?
        ) {
            (self.slots, self.place, self.keeps, self.run) = (slots, place, keeps, run)
            self.readCheckpoint = readCheckpoint
        }
    }

    /// Where messages come from other threads.
    package let queue: MessageQueue
    /// True: the study has begun before this process joins it.
    package let isResumed = true
    /// A simulation has no agents.
    package let isSettled = true
    let options: Options
    let link: AgentLink
    let control: DeciderControl
    let clock = WallClock()
    var fold: EventFold
    var log: RunLog
    private let onEvent: ((Event, StudyState) -> Void)?
    var trials: [Int: HeldTrial] = [:]
    /// By trial, what an attempt that has failed has kept, for the next one.
    var failedCheckpoints: [Int: Checkpoint] = [:]
    var executor: (any TrialExecutor)?
    var sent = 0
    var isAway = false
    /// Why nothing can be done any more.
    var failure: (any Error)?
    /// Resource used in all trials, of the events so far.
    private var resource: Resource = 0
    /// Seconds that slots of this agent waited for decisions, and that they computed.
    var idle = IdleTime()

    /// - Parameters:
    ///   - beginning: the study's events so far, `created` among them.
    ///   - link: what the loop's messages go through; it wakes `queue`.
    ///   - control: of the thread that decides where this process does.
    ///   - onEvent: called with every event, and with the study that it has led to.
    package init(
        _ options: Options, beginning: EventFold, link: AgentLink, control: DeciderControl,
        queue: MessageQueue, observer: any RunObserver,
        onEvent: ((Event, StudyState) -> Void)? = nil
    ) {
        (self.options, fold, self.link, self.control) = (options, beginning, link, control)
        (self.queue, self.onEvent) = (queue, onEvent)
        log = RunLog(observer, title: options.run.title)
        for trial in state.trials { resource += trial.resource }
    }

    // MARK: - What executors ask

    /// The study's address.
    package var place: String? { options.place }

    /// The study, as far as its events have come here.
    package var state: StudyState {
        do { return try fold.study } catch { preconditionFailure("the events were read: \(error)") }
    }

    /// The resource of a trial's last report here; 0 before its first.
    package func reportedResource(of trial: Int) -> Resource { trials[trial]?.reported ?? 0 }

    /// The virtual time of a trial in one of the agent's slots.
    package func virtualTime(of trial: Int) -> Int? {
        guard let held = trials[trial], held.hasSlot, let known = state.trial(trial) else {
            return nil
        }
        return state.virtualTime(of: known, at: held.reported)
    }

    /// The checkpoint that was taken here, else the one that is stored.
    ///
    /// - Throws: `RunError`.
    package func checkpoint(of trial: Int) throws -> Checkpoint? {
        if let checkpoint = trials[trial]?.checkpoint { return checkpoint }
        do { return try options.readCheckpoint(trial) } catch { throw RunError.journal(error) }
    }

    /// Whether a report may keep something, as far as the study is known here.
    package func mayKeep(_ fields: [Name: Value]) -> Bool {
        KeptArtifacts.mayKeep(fields, in: state, under: options.keeps)
    }

    /// Sends what is left and leaves the study.
    package func syncAtExit() { link.leave() }

    /// Follows the study.
    func take(_ events: [Event]) {
        for event in events {
            if case .reported(let reported) = event, let trial = state.trial(reported.trial) {
                resource += reported.report.resource - trial.resource
            }
            fold.add(event)
            tell(event)
        }
    }

    private func tell(_ event: Event) {
        switch event {
        case .ended(let end):
            guard case .failed(let text) = end.outcome else { break }
            log.failed(end.trial, Self.firstLine(text))
        case .retried(let retry):
            let definition = state.definition
            log.retried(
                retry.trial, Self.firstLine(retry.error),
                count: state.trial(retry.trial)?.failures.count ?? 1, limit: definition.retries)
        default: break
        }
        onEvent?(event, state)
    }

    private static func firstLine(_ text: String) -> String {
        text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? text
    }

    var progress: RunProgress {
        RunProgress(
            state, at: place, reports: state.reportCount, resource: resource, options: options.run,
            elapsed: clock.seconds)
    }
}
