package import Engine
internal import Platform

/// Has agents run the trials of a study that this process decides about.
///
/// Orders are written in the transaction that makes durable what has led to them, under the decider's
/// lease. Messages stay on the board until all that follows from them is durable: a decider that takes
/// over finds them there.
package final class AgentExecutor<Board: AgentBoard>: TrialExecutor {
    /// Seconds between two looks at the board, while messages come and after a while without.
    private static var shortestLook: Double { 0.005 }
    private static var longestLook: Double { 0.05 }
    /// Seconds between two looks at the agents' leases.
    private static var leaseLook: Double { 1 }
    /// After the server was away for so many seconds, agents have the time of a lease to renew theirs.
    private static var absence: Double { 2 }

    private let loop: StudyLoop
    private let journal: any DeciderJournal
    private var board: Board
    private let control: DeciderControl
    /// By trial, what is to be ordered.
    private var orders: [Int: AgentOrder.Action] = [:]
    /// By trial, how many of its reports did not wait for the answer that is still to come.
    private var unasked: [Int: Int] = [:]
    /// Trials that their agents give away.
    private var givenAway: Set<Int> = []
    /// Messages that were taken and are still on the board, each with its trial where it ends one.
    private var taken: [Int: (trial: Int, attempt: Int)?] = [:]
    /// By agent, the serial number of the last message that was taken.
    private var lastSerial: [Int: Int] = [:]
    /// Trials for which an agent waits for orders.
    private var awaited: Set<Int> = []
    private var pause = 0.005
    private var nextLook = ContinuousClock.now
    private var nextLeases = ContinuousClock.now
    private var lastLook = ContinuousClock.now
    private var isTaking = false
    /// How many of the commands that wait for the journal are among the orders.
    private var noted = 0
    private var isAway = false
    /// Why the board cannot be used any more.
    package private(set) var failure: (any Error)?

    /// An executor of a loop that has not begun, whose journal is a `DeciderJournal`.
    ///
    /// - Throws: what the board throws.
    package init(_ loop: StudyLoop, on board: Board, control: DeciderControl) throws {
        guard let journal = loop.journal as? any DeciderJournal else {
            preconditionFailure("orders are written with what has led to them")
        }
        (self.loop, self.journal) = (loop, journal)
        (self.board, self.control) = (board, control)
        awaited = Set(try self.board.openTrials())
    }

    // MARK: - Orders

    /// Does nothing: what is ordered was written with what has led to it.
    package func carryOut(_ command: Command) {}

    /// Writes what is ordered in one transaction with what the loop has written.
    package func sync(_ journal: any Journal, before commands: [Command]) throws {
        // Of commands that were taken note of, a repeated call only finds more behind them.
        for command in commands.dropFirst(noted) { note(command) }
        noted = commands.count
        // What a decision changes that is still worked out is in no event yet.
        try write(isForgetting: !loop.isDeciding)
        noted = 0
    }

    private func note(_ command: Command) {
        guard let trial = command.trial else { return }
        switch command {
        case .start:
            orders[trial] = givenAway.remove(trial) == nil ? .start : .move
            awaited.insert(trial)
        case .retry: orders[trial] = .retry
        case .continue:
            // The agent has let a trial compute on that only reports on its way.
            if let count = unasked[trial] {
                unasked[trial] = count > 1 ? count - 1 : nil
            } else {
                orders[trial] = .continue(at: loop.reportedResource(of: trial))
            }
        case .pause: orders[trial] = .pause
        case .stop, .complete:
            orders[trial] = command == .stop(trial: trial) ? .stop : .complete
            (unasked[trial], _) = (nil, awaited.remove(trial))
        case .decide, .studyEnded: break
        }
    }

    /// Has the trial told, where it is to blame.
    package func refuse(_ message: TrialMessage, because refusal: Refusal) {
        let trial = message.trial
        if case .reported = message, let count = unasked[trial] {
            unasked[trial] = count > 1 ? count - 1 : nil
        }
        switch refusal {
        // Agents send what is right: it was received before.
        case .report(.field, _):
            orders[trial] = .continue(at: loop.reportedResource(of: trial))
        case .report(.notRunning(_, let state), _):
            switch state {
            // Its decision is still to come.
            case .running?, .paused?: break
            case nil, .completed?, .stopped?, .failed?: orders[trial] = .stop
            }
        case .memory, .checkpoint, .elsewhere: orders[trial] = .refuse("\(refusal)")
        }
    }

    // MARK: - Turns of the loop

    /// Whether orders are to be written.
    package var hasWork: Bool { isTaking || !orders.isEmpty }

    /// Agents may come at any time.
    package var isBusy: Bool { failure == nil && !control.isLeaving }

    /// Looks at the board, at most so often as that is worth it.
    package func step() -> Bool {
        guard isBusy, nextLook <= .now || (!orders.isEmpty && !isAway) else { return false }
        if lastLook.duration(to: .now) > .seconds(Self.absence) {
            nextLeases = .now + .seconds(Board.leaseSeconds)
        }
        do {
            let count = try look()
            let hasCome = (count ?? 0) > 0
            if count == 0, loop.isSettled { control.drained() }
            (isAway, lastLook) = (false, .now)
            pause = hasCome ? Self.shortestLook : min(2 * pause, Self.longestLook)
            nextLook = .now + .seconds(pause)
            return hasCome
        } catch let error as JournalError where error.isTemporary {
            control.drained()
            isAway = true
            nextLook = .now + .seconds(0.2)
        } catch {
            failure = error
        }
        return false
    }

    /// - Returns: how many messages have come; nil where that was not looked at.
    private func look() throws -> Int? {
        if !orders.isEmpty || loop.isSettled { try write(isForgetting: loop.isSettled) }
        guard nextLook <= .now || pause == Self.shortestLook else { return nil }
        let messages = try board.messages(besides: Set(taken.keys))
        isTaking = true
        for message in messages { take(message) }
        isTaking = false
        // What an agent has sent counts, also where it is gone.
        if messages.isEmpty, nextLeases <= .now, loop.isSettled { try lookAtLeases() }
        return messages.count
    }

    /// Makes durable what was written and what is ordered, and removes messages if all that follows from
    /// them is among that.
    private func write(isForgetting: Bool) throws {
        let written = orders.sorted { $0.key < $1.key }.map { trial, action in
            AgentOrder(trial: trial, action, attempt: loop.attempt(of: trial))
        }
        let numbers = isForgetting ? finished.sorted() : []
        try journal.sync(ordering: written, forgetting: numbers)
        orders = [:]
        for number in numbers { taken[number] = nil }
    }

    /// Messages of which nothing can be lost any more once what was written is durable. The end of a trial
    /// waits for its turn on the virtual clock.
    private var finished: [Int] {
        taken.filter { _, end in
            guard let end else { return true }
            guard let trial = loop.state.trial(end.trial) else { return true }
            switch trial.state {
            case .running, .paused: return trial.failures.count >= end.attempt
            case .completed, .stopped, .failed: return true
            }
        }.map(\.key)
    }

    private func lookAtLeases() throws {
        for trial in try board.freeTrials(under: loop.lease) {
            unasked[trial] = nil
            loop.lost(trial)
        }
        for trial in awaited {
            switch loop.state.trial(trial)?.state {
            case .running?, .paused?: continue
            case nil, .completed?, .stopped?, .failed?: break
            }
            awaited.remove(trial)
            orders[trial] = .stop
        }
        nextLeases = .now + .seconds(Self.leaseLook)
    }

    // MARK: - Messages

    private func take(_ received: ReceivedMessage) {
        let message = received.message
        let isKnown = message.serial <= lastSerial[received.agent, default: 0]
        guard received.isOfHolder, !isKnown else {
            taken[received.number] = .some(nil)
            return
        }
        lastSerial[received.agent] = message.serial
        let (trial, attempt) = (message.trial, message.attempt)
        if let checkpoint = message.checkpoint {
            loop.take(.checkpoint(trial: trial, content: checkpoint))
        }
        switch message.content {
        case .reported(let fields, let kept, let waits):
            taken[received.number] = .some(nil)
            if !waits { unasked[trial, default: 0] += 1 }
            loop.take(.reported(trial: trial, fields: fields, kept: kept))
        case .returned:
            taken[received.number] = .some((trial: trial, attempt: Int.max))
            loop.take(.ended(trial: trial, .returned))
        case .failed(let text, let details):
            taken[received.number] = .some((trial: trial, attempt: attempt))
            // Of an attempt whose failure is in the history the next one runs already.
            guard attempt >= loop.attempt(of: trial) else {
                orders[trial] = .retry
                return
            }
            loop.take(.ended(trial: trial, .failed(message: text, details: details)))
        case .givenAway:
            taken[received.number] = .some(nil)
            givenAway.insert(trial)
            unasked[trial] = nil
            loop.lost(trial)
        }
    }

    /// Waits until the board is looked at next, or the queue is woken.
    package func wait(seconds: Double?) {
        let rest = max(0, ContinuousClock.now.duration(to: nextLook) / .seconds(1))
        loop.queue.wait(seconds: min(seconds ?? rest, rest))
        // Whoever wakes it has something.
        if pause > Self.shortestLook { nextLook = min(nextLook, .now) }
    }

    /// Does nothing: agents end their trials themselves.
    package func cancel() {}

    /// Writes the last orders, and wakes agents so that they see the end.
    package func close() {
        guard failure == nil else { return }
        do {
            try write(isForgetting: loop.isSettled)
            try board.wakeAgents()
        } catch {
            // The study has ended: agents see that by themselves, a little later.
        }
    }
}
