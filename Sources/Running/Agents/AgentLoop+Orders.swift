internal import Engine

/// What an agent is ordered.
extension AgentLoop {
    /// Takes trials over.
    func start(_ orders: [AgentOrder]) {
        for order in orders where trials[order.trial] == nil { begin(order) }
    }

    private func begin(_ order: AgentOrder) {
        trials[order.trial] = HeldTrial(order)
        trials[order.trial]?.checkpoint = failedCheckpoints.removeValue(forKey: order.trial)
    }

    func carryOut(_ order: AgentOrder) {
        let id = order.trial
        guard let trial = trials[id] else {
            switch order.action {
            // It was claimed, or has failed, and the answer was lost.
            case .start, .again, .retry: begin(order)
            case .continue, .pause, .stop, .complete, .refuse, .move:
                failedCheckpoints[id] = nil
            }
            return
        }
        guard order.serial > trial.serial else { return }
        trials[id]?.serial = order.serial
        switch order.action {
        case .start, .move: break
        case .retry: restart(order)
        case .continue(let resource):
            if resource == trial.reported { resume(id) }
        case .again: ask(id)
        case .pause: pause(id)
        case .stop: drop(id, .stop(trial: id))
        case .complete: drop(id, .complete(trial: id))
        case .refuse(let reason): refuse(id, reason)
        }
    }

    private func restart(_ order: AgentOrder) {
        drop(order.trial, .stop(trial: order.trial))
        begin(order)
    }

    private func resume(_ id: Int) {
        guard let trial = trials[id], trial.isWaiting || trial.isPaused else { return }
        trials[id]?.decided = trial.reported
        trials[id]?.asked = nil
        guard trial.hasSlot else {
            trials[id]?.phase = .ready(since: .now)
            return
        }
        idle.add(since: trial.since)
        trials[id]?.phase = .computing
        executor?.carryOut(.continue(trial: id))
    }

    private func ask(_ id: Int) {
        guard let trial = trials[id], trial.isWaiting || trial.isPaused,
            case .reported(_, let fields, let kept)? = trial.asked
        else { return }
        post(.reported(fields, kept: kept, waits: true), of: id)
    }

    private func pause(_ id: Int) {
        trials[id]?.phase = .paused
        leaveSlot(id)
    }

    private func refuse(_ id: Int, _ reason: String) {
        guard let message = trials[id]?.asked else { return }
        trials[id]?.asked = nil
        trials[id]?.phase = .computing
        executor?.refuse(message, because: .elsewhere(reason))
    }

    private func drop(_ id: Int, _ command: Command) {
        let hasBegun = trials[id]?.hasBegun == true
        trials[id] = nil
        if hasBegun { executor?.carryOut(command) }
    }

    /// The agent's lease is lost: others have its trials.
    func endAll() {
        log.observer.log(
            .warning, "others have got the trials of this process, which was away; it joins again")
        for id in trials.keys.sorted() { drop(id, .stop(trial: id)) }
        link.rejoin()
    }

    // MARK: - Slots

    private func leaveSlot(_ id: Int) {
        guard trials[id]?.hasSlot == true else { return }
        trials[id]?.hasSlot = false
        executor?.carryOut(.pause(trial: id))
    }

    /// Gives slots to the trials that can compute, those furthest behind on the virtual clock first; a
    /// trial that waits for a decision makes room.
    func giveSlots() {
        let wanting = trials.filter(\.value.wantsSlot).keys
        if !wanting.isEmpty {
            let state = state
            let times = wanting.map { id in
                (
                    state.trial(id).map { state.virtualTime(of: $0, at: trials[id]?.reported ?? 0) }
                        ?? 0, id
                )
            }
            for (_, id) in times.sorted(by: <) {
                guard makeRoom() else { break }
                enterSlot(id)
            }
        }
        giveAwayLate()
        let busy = trials.values.count { ($0.hasSlot && !$0.isWaiting) || $0.wantsSlot }
        link.setFree(isAway ? 0 : options.slots - busy)
    }

    /// Whether a slot is free now.
    private func makeRoom() -> Bool {
        guard trials.values.count(where: \.hasSlot) >= options.slots else { return true }
        let waiting = trials.filter { $0.value.hasSlot && $0.value.isWaiting }
        guard let first = waiting.min(by: { $0.value.since < $1.value.since }) else { return false }
        leaveSlot(first.key)
        return true
    }

    private func enterSlot(_ id: Int) {
        guard let trial = trials[id], let known = state.trial(id) else { return }
        trials[id]?.hasSlot = true
        trials[id]?.phase = .computing
        if trial.hasBegun {
            executor?.carryOut(.continue(trial: id))
        } else {
            trials[id]?.hasBegun = true
            executor?.carryOut(
                .start(trial: id, configuration: known.configuration, bracket: known.bracket))
        }
    }

    /// A trial that has waited for a slot of this agent's for as long as a lease lasts goes elsewhere.
    private func giveAwayLate() {
        for (id, trial) in trials {
            guard let since = trial.readySince, since.duration(to: .now) > .seconds(8) else {
                continue
            }
            post(.givenAway, of: id)
            drop(id, .stop(trial: id))
        }
    }
}

extension HeldTrial {
    var isPaused: Bool { if case .paused = phase { true } else { false } }
}
