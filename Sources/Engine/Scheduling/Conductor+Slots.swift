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
                unstarted.insert(start.trial)
                activate(start.trial)
            } else {
                break
            }
        }
        if active.isEmpty { try emit(.finished(reasonAtRest(at: time))) }
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
        activate(promotion.trial)
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

    /// Puts a trial into the slot that the study says it has.
    private mutating func activate(_ id: Int) {
        active[id] = ActiveTrial(
            state.trials[id - 1], maxResource: state.definition.hyperband.maxResource)
        enqueue(id)
        instruct(id, .continue)
    }
}
