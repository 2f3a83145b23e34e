import Engine
import Foundation
import Running

/// Computes each epoch of a trial on a thread of its own.
final class ThreadExecutor: TrialExecutor {
    /// What a trial reports at an epoch; nil where it returns.
    typealias Train = @Sendable (Configuration, _ epoch: Int) throws -> [Name: Value]?

    private let loop: StudyLoop
    private let train: Train
    private var trials: Set<Int> = []

    init(_ loop: StudyLoop, train: @escaping Train) { (self.loop, self.train) = (loop, train) }

    func carryOut(_ command: Command) {
        switch command {
        case .start(let trial, _, _), .retry(let trial), .continue(let trial): compute(trial)
        case .pause(let trial), .stop(let trial), .complete(let trial): trials.remove(trial)
        case .decide, .studyEnded: break
        }
    }

    private func compute(_ id: Int) {
        guard let trial = loop.state.trial(id) else { return }
        trials.insert(id)
        let epoch = loop.reportedResource(of: id).whole + 1
        Thread.detachNewThread { [queue = loop.queue, train] in
            do {
                let fields = try train(trial.configuration, epoch)
                queue.post(
                    fields.map { .reported(trial: id, fields: $0) } ?? .ended(trial: id, .returned))
            } catch {
                queue.post(.ended(trial: id, .failed(message: "\(error)", details: nil)))
            }
        }
    }

    /// A report that the study does not take fails its trial.
    func refuse(_ message: TrialMessage, because refusal: Refusal) {
        loop.queue.post(
            .ended(trial: message.trial, .failed(message: "\(refusal)", details: nil)))
    }

    // All work is done on other threads.
    var hasWork: Bool { false }
    func step() -> Bool { false }
    var isBusy: Bool { !trials.isEmpty }
    func wait(seconds: Double?) { loop.queue.wait(seconds: seconds) }
    func cancel() {}
    func close() { trials = [] }
}
