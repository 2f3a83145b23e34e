/// What free slots get.
extension Conductor {
    /// Gives every free slot a trial, as far as the policy has one for it, or asks the policy on the
    /// host's threads.
    mutating func fillSlots(at time: Int) throws {
        guard !state.isBudgetUsed else {
            if active.isEmpty { try emit(.finished(.budgetUsed)) }
            return
        }
        while active.count < state.definition.slots, var policy = self.policy.take() {
            guard !policy.takesTime(in: state) else {
                requests += 1
                // Here, so that the next copy of the study has it too.
                state.settle()
                asked = (requests, time)
                unsentRequest = SlotRequest(
                    number: requests, time: time, policy: policy, state: state)
                return
            }
            let assignment = policy.assign(at: time, in: &state)
            self.policy = policy
            guard try carryOut(assignment, at: time) else { return }
        }
    }

    /// Takes the answer to a `decide` command.
    ///
    /// - Returns: what to do next. An answer that comes after the study's end has no effect.
    public mutating func decided(_ answer: SlotAnswer) throws -> [Command] {
        guard let asked, asked.number == answer.number else { return [] }
        self.asked = nil
        policy = answer.policy
        if try carryOut(answer.assignment, at: asked.time) { try fillSlots(at: asked.time) }
        try carryOutStops()
        try advance()
        try takeInbox()
        return try flush()
    }

    /// - Returns: whether the slot has a trial now.
    private mutating func carryOut(_ assignment: SlotAssignment, at time: Int) throws -> Bool {
        switch assignment {
        case .continue(let promotion):
            try emit(.promoted(promotion))
            try activate(promotion.trial)
        case .start(let proposal):
            let id = state.trials.count + 1
            let definition = state.definition
            let bracket = definition.hyperband.bracket(seed: definition.seed, trial: id)
            unstarted.insert(id)
            var configuration = proposal.configuration
            configuration.sharePaths(with: state.trials.last?.configuration)
            try emit(
                .started(
                    .init(
                        trial: id, configuration: configuration, bracket: bracket,
                        time: time, origin: proposal.origin, reason: proposal.reason)))
            try activate(id)
        case .free(let reason):
            if active.isEmpty { try emit(.finished(reason)) }
            return false
        }
        return true
    }

    /// Puts a trial into the slot that the study says it has. One that was complete under a smaller
    /// maximum may lose it at once.
    private mutating func activate(_ id: Int) throws {
        active[id] = ActiveTrial(state.trials[id - 1], under: state.definition.hyperband)
        instruct(id, .continue)
        try decide(id)
        if active[id] != nil { enqueue(id) }
    }
}
