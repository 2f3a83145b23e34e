internal import Platform

/// The processes of trials follow what becomes of their trials.
extension LuaTrialExecutor {
    /// Takes note of what the running trial has started; it ends with the trial.
    func started(_ group: ProcessGroup) {
        guard let trial = current else { return }
        trial.processes.removeAll(where: \.isGone)
        trial.processes.append(group)
    }

    /// A trial is paused: its program ends or is suspended, as its other processes are.
    func pause(_ trial: LuaTrial) {
        trial.isLent = false
        pauseCommand(of: trial)
        giveUpSlot(of: trial)
        pausedNetworks.add(trial.made.all, of: trial.id)
    }

    /// Stops a trial's processes and gives up the number of its slot, which they keep in mind.
    private func giveUpSlot(of trial: LuaTrial) {
        suspendProcesses(of: trial)
        guard let slot = trial.slot else { return }
        trial.slot = nil
        slots.free(slot)
    }

    private func suspendProcesses(of trial: LuaTrial) {
        trial.processes.removeAll(where: \.isGone)
        let running = trial.processes.filter { $0.end == nil }
        guard !running.isEmpty, let slot = trial.slot else { return }
        forgetKeptSlot(of: trial)
        for group in running { group.suspend() }
        trial.keptSlot = slot
        slots.keep(slot)
    }

    /// Lets a paused trial continue once it has a slot: that of its suspended processes, if it has some.
    func takeSlot(_ trial: LuaTrial) {
        let number = trial.keptSlot
        if let number, let holder = trials.values.first(where: { $0.slot == number }),
            holder.isWaiting
        {
            lend(holder)
        }
        slots.whenFree(number) { [self] slot in
            guard trials[trial.id] === trial, !trial.isOver else { return slots.free(slot) }
            trial.slot = slot
            trial.isLent = false
            forgetKeptSlot(of: trial)
            for group in trial.processes { group.resume() }
            release(trial)
        }
    }

    /// Gives the number of a trial that waits for a decision to a trial that can use no other. Were it
    /// kept, the decision could wait for that trial's report for ever.
    func lendSlot(of trial: LuaTrial) {
        guard trial.isWaiting, let slot = trial.slot, slots.isWanted(slot) else { return }
        lend(trial)
    }

    private func lend(_ trial: LuaTrial) {
        trial.isLent = true
        giveUpSlot(of: trial)
    }

    /// Waits, at the end of the run, for a program of a paused trial that was ended.
    func release(_ group: ProcessGroup, ofPaused trial: LuaTrial) {
        if trial.processes.allSatisfy(\.isGone), trial.slot == nil { forgetKeptSlot(of: trial) }
        guard let slot = trial.slot else {
            return processes.end([group], later: waits.later) {}
        }
        trial.slot = nil
        slots.linger()
        processes.end([group], later: waits.later) { [slots] in slots.endLingering(slot) }
    }

    private func forgetKeptSlot(of trial: LuaTrial) {
        if let number = trial.keptSlot { slots.forget(number) }
        trial.keptSlot = nil
    }

    /// Ends what a trial has started that has ended, and gives up its slot once nothing is left of it.
    func endProcesses(of trial: LuaTrial) {
        forgetKeptSlot(of: trial)
        let slot = trial.slot
        trial.slot = nil
        let groups = trial.processes.filter { !$0.isGone }
        if groups.isEmpty {
            if let slot { slots.free(slot) }
            return
        }
        if slot != nil { slots.linger() }
        processes.end(groups, later: waits.later) { [slots] in
            if let slot { slots.endLingering(slot) }
        }
    }
}
