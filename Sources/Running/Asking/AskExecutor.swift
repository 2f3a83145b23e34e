internal import DequeModule
package import Engine
internal import Platform

/// Trials that clients run: each asks for one, and tells its results.
///
/// A trial belongs to one client at a time, as long as its lease lasts: a word of the client's renews it.
/// Where it ends, the next client that asks gets the trial, from its last checkpoint.
package final class AskExecutor: TrialExecutor {
    /// A client's hold on a trial.
    private struct Hold {
        let attempt: Int
        /// Seconds without a word after which it ends.
        let lease: Double
        var deadline: ContinuousClock.Instant
        /// What waits for the answer to the trial's report.
        var reply: ((AskAnswer) -> Void)?
        /// The trial has reached the end of the study's scale.
        var isComplete = false
    }

    /// What the holder of a trial tells.
    package enum Told: Equatable, Sendable {
        case report([Name: Value])
        case checkpoint(Resource)
        case done
        case fail(String)
        case heartbeat
    }

    /// What clients may want to see of a study, as JSON.
    package struct Views {
        /// The points of the front.
        package let front: (StudyState) -> String
        /// One object about the study.
        package let study: (StudyState) -> String

        /// How a study is shown.
        package init(
            front: @escaping (StudyState) -> String, study: @escaping (StudyState) -> String
        ) { (self.front, self.study) = (front, study) }
    }

    private let loop: StudyLoop
    private let inbox: AskInbox
    private let lease: Double
    private let folders: TrialFolders
    private let requests: StudyRequests
    private let added: AddedConfigurations
    private let isTurned: Bool
    private var configurations: [Int: Configuration] = [:]
    /// Trials that no client has.
    private var available: Deque<Int> = []
    private var holds: [Int: Hold] = [:]
    /// How often each trial was given to a client.
    private var attempts: [Int: Int] = [:]
    /// Trials whose last report is not decided about.
    private var undecided: Set<Int> = []

    /// - Parameters:
    ///   - inbox: where requests come from other threads.
    ///   - lease: seconds without a word after which a client has lost its trial.
    ///   - added: what the loop's policy starts first.
    ///   - isTurned: the caller turns the loop itself, between requests of its own.
    package init(
        _ loop: StudyLoop, inbox: AskInbox, lease: Double, folders: TrialFolders, views: Views,
        added: AddedConfigurations, isTurned: Bool = false
    ) {
        (self.loop, self.inbox, self.lease) = (loop, inbox, lease)
        (self.folders, self.added, self.isTurned) = (folders, added, isTurned)
        requests = StudyRequests(views: views, added: added)
    }

    // MARK: - The loop's side

    /// Has trials wait for clients, and answers those that wait for a decision.
    package func carryOut(_ command: Command) {
        if let trial = command.trial { undecided.remove(trial) }
        switch command {
        case .start(let trial, let configuration, _):
            configurations[trial] = configuration
            available.append(trial)
        case .retry(let trial): available.append(trial)
        case .continue(let trial):
            if holds[trial] != nil { answer(trial, .go) } else { available.append(trial) }
        case .pause(let trial):
            answer(trial, .paused)
            holds[trial] = nil
        case .stop(let trial):
            answer(trial, .stop(why: whyEnded(trial)))
            holds[trial] = nil
            available.removeAll { $0 == trial }
        case .complete(let trial):
            holds[trial]?.isComplete = true
            answer(trial, .go)
        case .decide, .studyEnded: break
        }
    }

    /// Answers the client with the error.
    package func refuse(_ message: TrialMessage, because refusal: Refusal) {
        undecided.remove(message.trial)
        answer(message.trial, .error("report: \(refusal)"))
    }

    /// Whether a client has asked for something.
    package var hasWork: Bool { !inbox.isEmpty }

    /// Clients may come at any time.
    package var isBusy: Bool { !isTurned }

    /// Takes the next request of a client.
    package func step() -> Bool {
        endLeases()
        guard let entry = inbox.next() else { return false }
        handle(entry.content, of: entry.holder, entry.reply)
        return true
    }

    /// Waits for a request, at most until a lease ends.
    package func wait(seconds: Double?) {
        let first = holds.values.map(\.deadline).min()
        let rest = first.map { max(0, ContinuousClock.now.duration(to: $0) / .seconds(1)) + 0.001 }
        guard inbox.isEmpty else { return }
        // An interrupt does not wake the queue.
        loop.queue.wait(seconds: [seconds, rest, 0.2].compactMap(\.self).min())
    }

    /// Does nothing: clients compute where they are.
    package func cancel() {}

    /// Tells the clients that hold trials to stop.
    package func close() {
        for trial in holds.keys.sorted() { answer(trial, .stop(why: whyEnded(trial))) }
        (holds, available) = ([:], [])
    }

    private func answer(_ trial: Int, _ answer: AskAnswer) {
        let reply = holds[trial]?.reply
        holds[trial]?.reply = nil
        reply?(answer)
    }

    private func endLeases() {
        for (trial, hold) in holds where hold.deadline <= .now {
            holds[trial] = nil
            // Where its report is undecided, the decision says what becomes of it.
            if !hold.isComplete, !undecided.contains(trial) { available.append(trial) }
            hold.reply?(.stop(why: Self.late(trial)))
        }
    }

    private static func late(_ trial: Int) -> String { "another client has trial \(trial)" }

    private func whyEnded(_ trial: Int) -> String {
        loop.state.whyEnded(trial, isComplete: false)
    }

    // MARK: - The clients' side

    /// Takes a request, and answers it at once or when that is decided.
    func handle(
        _ content: AskRequest.Content, of holder: AskRequest.Holder?,
        _ reply: @escaping (AskAnswer) -> Void
    ) {
        switch content {
        case .ask(let lease): reply(ask(lease: lease))
        case .front, .study, .add, .stop:
            if let answer = requests.answer(content, of: loop) { reply(answer) }
        case .told(let told):
            guard let holder else { return reply(.error("trial: expected a number, got nothing")) }
            tell(told, by: holder, reply)
        }
    }

    /// Takes what the holder of a trial tells, and answers it at once or when that is decided.
    package func tell(
        _ told: Told, of trial: AskedTrial, _ reply: @escaping (AskAnswer) -> Void
    ) { tell(told, by: .init(trial: trial.id, attempt: trial.attempt), reply) }

    private func tell(
        _ told: Told, by holder: AskRequest.Holder, _ reply: @escaping (AskAnswer) -> Void
    ) {
        guard var hold = holds[holder.trial], hold.attempt == holder.attempt else {
            return reply(refusal(of: holder))
        }
        hold.deadline = .now + .seconds(hold.lease)
        holds[holder.trial] = hold
        take(told, trial: holder.trial, held: hold, reply)
    }

    /// Answers what clients still ask when the study has ended, until `isDone`.
    package func answerRest(until isDone: () -> Bool) {
        while !isDone() {
            let version = inbox.signal.version
            while let entry = inbox.next() { handle(entry.content, of: entry.holder, entry.reply) }
            guard !inbox.isClosed else { return }
            inbox.signal.wait(since: version, seconds: 0.1)
        }
    }

    private func refusal(of holder: AskRequest.Holder) -> AskAnswer {
        guard attempts[holder.trial, default: 0] >= holder.attempt, holder.attempt > 0 else {
            return .error("trial: expected one that ask has given, got \(holder.trial)")
        }
        let isHeld = holds[holder.trial] != nil || available.contains(holder.trial)
        return .stop(why: isHeld ? Self.late(holder.trial) : whyEnded(holder.trial))
    }

    private func take(
        _ told: Told, trial: Int, held hold: Hold, _ reply: @escaping (AskAnswer) -> Void
    ) {
        switch told {
        case .heartbeat: reply(.ok)
        case .report(let fields): report(fields, trial: trial, held: hold, reply)
        case .checkpoint(let resource): reply(keep(resource, trial: trial, hold))
        case .done:
            holds[trial] = nil
            if !hold.isComplete { loop.take(.ended(trial: trial, .returned)) }
            reply(.ok)
        case .fail(let why):
            holds[trial] = nil
            if !hold.isComplete {
                loop.take(.ended(trial: trial, .failed(message: why, details: nil)))
            }
            reply(.ok)
        }
    }

    private func report(
        _ fields: [Name: Value], trial: Int, held hold: Hold,
        _ reply: @escaping (AskAnswer) -> Void
    ) {
        guard !hold.isComplete else {
            return reply(.stop(why: loop.state.whyEnded(trial, isComplete: true)))
        }
        let attribute = loop.state.definition.hyperband.timeAttribute
        let isRepeated =
            fields[Name(attribute)]?.number.flatMap { Resource($0) }.map {
                $0 > 0 && $0 <= loop.reportedResource(of: trial)
            }
            ?? false
        if undecided.contains(trial) {
            // It was made before, by this client or by one that is gone, and is not decided yet.
            guard isRepeated else {
                return reply(.error("report: the one before is not answered yet"))
            }
            hold.reply?(.stop(why: "the report was made again"))
            holds[trial]?.reply = reply
            return
        }
        guard !isRepeated else { return reply(.go) }
        holds[trial]?.reply = reply
        undecided.insert(trial)
        loop.take(.reported(trial: trial, fields: fields))
    }

    /// A trial that no client has, to its end or to a rung; else whether there may be one later.
    ///
    /// - Parameter lease: seconds without a word after which the client has lost it; nil: those of all.
    package func ask(lease: Double? = nil) -> AskAnswer {
        let lease = lease ?? self.lease
        endLeases()
        guard loop.state.endReason == nil else { return .none }
        while let trial = available.popFirst() {
            guard
                let configuration = loop.state.trial(trial)?.configuration ?? configurations[trial],
                let arguments = try? loop.state.definition.space.arguments(for: configuration)
            else { continue }
            do {
                let directory = try folders.folder(of: trial)
                let resource = try KeptResource(in: directory).resource
                let attempt = attempts[trial, default: 0] + 1
                attempts[trial] = attempt
                holds[trial] = Hold(
                    attempt: attempt, lease: lease, deadline: .now + .seconds(lease))
                return .trial(
                    AskedTrial(
                        id: trial, attempt: attempt, arguments: arguments, resource: resource,
                        lease: lease, directory: directory))
            } catch {
                available.prepend(trial)
                return .error("dir: \(error)")
            }
        }
        return .wait(Self.pause)
    }

    /// Seconds after which a client that got no trial may ask again.
    private static let pause = 0.1

    private func keep(_ resource: Resource, trial: Int, _ hold: Hold) -> AskAnswer {
        // Nothing continues from a trial that is complete.
        guard !hold.isComplete else { return .ok }
        guard resource.isWhole || !loop.state.definition.hyperband.isWhole else {
            return .error("checkpoint: expected an integer, got \(resource)")
        }
        let last = loop.reportedResource(of: trial)
        guard resource > 0, resource <= last, !undecided.contains(trial) else {
            let range = last.isWhole ? "1 to \(last)" : "more than 0 and at most \(last)"
            return .error("checkpoint: expected \(range), the last report, got \(resource)")
        }
        do {
            try KeptResource(in: try folders.folder(of: trial)).set(resource)
            return .ok
        } catch { return .error("checkpoint: \(error)") }
    }

    /// Has a configuration tried in the next slot that is free.
    package func add(_ configuration: Configuration) { added.add(configuration) }
}
