import Engine
import Running

/// Trials as functions of their number and the epoch; a step is one message of one trial.
final class ScriptedExecutor: TrialExecutor {
    /// What a trial does at an epoch.
    enum Action {
        case report([Name: Value])
        case end(TrialEnding)
        /// It waits for something that never comes.
        case hang
    }

    private let loop: StudyLoop
    private let act: (_ trial: Int, _ epoch: Int) -> Action
    /// Whether messages go through the queue, as those of other threads do.
    private let usesQueue: Bool
    private var epochs: [Int: Int] = [:]
    private var ready: [Int] = []
    /// Which of so many ready trials takes the next step.
    var choose: (Int) -> Int = { _ in 0 }
    /// Called with every command before it is carried out.
    var onCommand: (Command) -> Void = { _ in }
    /// A trial whose message was refused fails; else it continues.
    var failsRefused = false
    private(set) var refusals: [String] = []
    private(set) var isCancelled = false
    private(set) var isClosed = false

    init(_ loop: StudyLoop, usesQueue: Bool = false, act: @escaping (Int, Int) -> Action) {
        (self.loop, self.usesQueue, self.act) = (loop, usesQueue, act)
    }

    func carryOut(_ command: Command) {
        onCommand(command)
        switch command {
        case .start(let trial, _, _), .retry(let trial):
            epochs[trial] = 0
            ready.append(trial)
        case .continue(let trial): if epochs[trial] != nil { ready.append(trial) }
        case .stop(let trial), .complete(let trial):
            epochs[trial] = nil
            ready.removeAll { $0 == trial }
        case .pause, .decide, .studyEnded: break
        }
    }

    func refuse(_ message: TrialMessage, because refusal: Refusal) {
        refusals.append("\(refusal)")
        guard failsRefused else { return ready.append(message.trial) }
        loop.queue.post(
            .ended(trial: message.trial, .failed(message: "\(refusal)", details: nil)))
    }

    var hasWork: Bool { !ready.isEmpty }

    func step() -> Bool {
        guard !ready.isEmpty else { return false }
        let trial = ready.remove(at: choose(ready.count))
        let epoch = (epochs[trial] ?? 0) + 1
        epochs[trial] = epoch
        switch act(trial, epoch) {
        case .report(let fields): send(.reported(trial: trial, fields: fields))
        case .end(let ending): send(.ended(trial: trial, ending))
        case .hang: break
        }
        return true
    }

    private func send(_ message: TrialMessage) {
        if usesQueue { loop.queue.post(message) } else { loop.take(message) }
    }

    var isBusy: Bool { false }
    func wait(seconds: Double?) {}
    func cancel() { isCancelled = true }
    func close() { isClosed = true }
}
