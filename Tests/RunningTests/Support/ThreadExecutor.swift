import Engine
import Platform
import Running

/// Trials on threads of their own, which send one message each and end.
final class ThreadExecutor: TrialExecutor {
    private let loop: StudyLoop
    private var epochs: [Int: Int] = [:]
    private var running: Set<Int> = []

    init(_ loop: StudyLoop) { self.loop = loop }

    func carryOut(_ command: Command) {
        switch command {
        case .start(let trial, _, _), .retry(let trial):
            epochs[trial] = 0
            compute(trial)
        case .continue(let trial): compute(trial)
        case .stop(let trial), .complete(let trial), .pause(let trial): running.remove(trial)
        case .decide, .studyEnded: break
        }
    }

    private func compute(_ trial: Int) {
        let epoch = epochs[trial, default: 0] + 1
        epochs[trial] = epoch
        running.insert(trial)
        let queue = loop.queue
        SystemThread.start {
            usleep(500)
            queue.post(.reported(trial: trial, fields: fields(epoch, error: Double(trial))))
        }
    }

    func refuse(_ message: TrialMessage, because refusal: Refusal) {}
    var hasWork: Bool { false }
    func step() -> Bool { false }
    var isBusy: Bool { !running.isEmpty }
    func wait(seconds: Double?) { loop.queue.wait(seconds: seconds) }
    func cancel() {}
    func close() {}
}
