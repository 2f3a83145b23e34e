extension Conductor {
    /// Gives every free slot a trial: one to be promoted, else a new one.
    mutating func fillSlots(at time: Int) throws {
        while active.count < state.definition.slots {
            if state.isStalled {
                break
            } else if let promotion = state.nextPromotion(at: time) {
                try promote(promotion)
            } else if let start = nextStart(at: time) {
                try emit(.started(start))
                activate(start.trial, at: time, resource: 0)
                commands.append(
                    .start(
                        trial: start.trial, configuration: start.configuration,
                        bracket: start.bracket))
            } else {
                break
            }
        }
        if active.isEmpty { try finish(reasonAtRest(at: time)) }
    }

    /// Why nothing runs any more.
    mutating func reasonAtRest(at time: Int) -> EndReason {
        let limit = state.definition.trialLimit ?? .max
        if isExhausted { return .spaceExhausted }
        let hasMore = state.trials.count < limit || state.nextPromotion(at: time) != nil
        return state.isStalled && hasMore ? .noGain : .trialsDone
    }

    mutating func promote(_ promotion: Promotion) throws {
        try emit(.promoted(promotion))
        let trial = promotion.trial
        activate(trial, at: promotion.time, resource: state.trials[trial - 1].resource)
        // A trial promoted from the rung it has just come to never paused for its host.
        if let paused = commands.firstIndex(of: .pause(trial: trial)) {
            commands[paused] = .proceed(trial: trial)
        } else {
            commands.append(.resume(trial: trial))
        }
    }

    mutating func nextStart(at time: Int) -> Event.Start? {
        let id = state.trials.count + 1
        if let limit = state.definition.trialLimit, id > limit { return nil }
        state.noteConfigurations()
        guard !isExhausted, let configuration = searcher.propose(trial: id, in: state) else {
            isExhausted = true
            return nil
        }
        let bracket = state.definition.hyperband.bracket(seed: state.definition.seed, trial: id)
        return .init(trial: id, configuration: configuration, bracket: bracket, time: time)
    }

    mutating func activate(_ id: Int, at time: Int, resource: Int) {
        active[id] = ActiveTrial(
            slotTime: time, resource: resource, failures: state.trials[id - 1].failures.count)
        enqueue(id)
    }

    mutating func finish(_ reason: EndReason) throws {
        try emit(.finished(reason))
        commands.append(.studyEnded(reason))
    }
}
