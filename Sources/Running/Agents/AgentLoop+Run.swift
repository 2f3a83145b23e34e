package import Engine
internal import Platform

/// The turns of an agent's loop.
extension AgentLoop {
    /// Runs trials until the study has ended.
    ///
    /// - Returns: why it has ended; nil where this process is interrupted before.
    /// - Throws: what the board throws but for being away.
    package func run(_ executor: any TrialExecutor) throws -> EndReason? {
        self.executor = executor
        log.observer.began(progress)
        defer { end() }
        while !options.run.isInterrupted() {
            if let reason = try turn(executor) { return reason }
        }
        return nil
    }

    private func turn(_ executor: any TrialExecutor) throws -> EndReason? {
        for note in control.takeNotes() { log.observer.log(.notice, note) }
        for case .message(let message) in queue.takeAll() { take(message) }
        for arrival in link.takeArrivals() { take(arrival) }
        if let failure = failure ?? control.failure { throw failure }
        if let reason = state.endReason { return reason }
        giveSlots()
        guard !executor.step() else { return nil }
        log.observer.waiting { progress }
        let seconds = min(log.observer.interval ?? 1, 1)
        if executor.isBusy {
            executor.wait(seconds: seconds)
        } else {
            queue.wait(seconds: seconds)
        }
        return nil
    }

    private func take(_ arrival: AgentLink.Arrival) {
        switch arrival {
        case .events(let events): take(events)
        case .orders(let orders): for order in orders { carryOut(order) }
        case .claimed(let orders): start(orders)
        case .sent(let serial): takeSent(serial)
        case .lost: endAll()
        case .away(let reason):
            isAway = true
            log.observer.log(.warning, "\(reason); trials run on")
            letAllContinue()
        case .back:
            isAway = false
            log.observer.log(.notice, "the study's server is back")
        case .failed(let error): failure = error
        }
    }

    private func end() {
        log.observer.ended(progress)
        log.summarize(state)
        let definition = state.definition
        if let note = idle.note(
            slots: options.slots, seconds: clock.seconds,
            isOrdered: definition.order == .virtualTime)
        {
            log.observer.log(.notice, "\(options.run.title): \(note)")
        }
        link.leave()
        executor?.close()
        executor = nil
    }
}
