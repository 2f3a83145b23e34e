import OrderedCollections

/// What a call has decided about a trial that the host runs.
enum Instruction {
    case wait
    case `continue`
    case retry
    case pause
    case stop
    case complete

    fileprivate func command(for trial: Int) -> Command? {
        switch self {
        case .wait: nil
        case .continue: .continue(trial: trial)
        case .retry: .retry(trial: trial)
        case .pause: .pause(trial: trial)
        case .stop: .stop(trial: trial)
        case .complete: .complete(trial: trial)
        }
    }
}

/// From decisions to commands.
extension Conductor {
    /// Decides about a trial. In one call the last decision stands, in the place of the first: a trial
    /// that pauses and gets a slot in the same call continues.
    mutating func instruct(_ trial: Int, _ instruction: Instruction) {
        instructions[trial] = instruction
    }

    /// Writes what has happened, and only then lets the host act on it.
    mutating func flush() throws -> [Command] {
        if !unwritten.isEmpty {
            try journal.append(unwritten, expecting: position, under: lease)
            position += unwritten.count
        }
        unwritten.removeAll(keepingCapacity: true)
        var commands: [Command] = []
        commands.reserveCapacity(instructions.count + 1)
        for (trial, instruction) in instructions {
            if let command = command(instruction, trial) { commands.append(command) }
        }
        instructions.removeAll(keepingCapacity: instructions.count < 64)
        if let request = unsentRequest.take() { commands.append(.decide(request)) }
        if let reason = state.endReason { commands.append(.studyEnded(reason)) }
        return commands
    }

    /// The host knows nothing of a trial it has not started: it starts it as soon as there is
    /// something to compute, and need not know what was decided before.
    private mutating func command(_ instruction: Instruction, _ trial: Int) -> Command? {
        guard unstarted.contains(trial) else { return instruction.command(for: trial) }
        guard active[trial]?.isComputing == true else { return nil }
        unstarted.remove(trial)
        active[trial]?.reported = 0
        return .start(
            trial: trial, configuration: state.trials[trial - 1].configuration,
            bracket: state.trials[trial - 1].bracket)
    }
}
