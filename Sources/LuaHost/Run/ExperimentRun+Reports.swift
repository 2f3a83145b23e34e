internal import Engine
internal import LuaBridge
internal import NN
internal import Running

/// What trials call: operations and the reporter.
extension ExperimentRun {
    /// Whether `call` comes from the running trial and can be suspended until something is done.
    func canSuspend(_ call: LuaCall) -> Bool {
        guard let current else { return false }
        return call.isYieldable && call.isMade(by: current.coroutine)
    }

    /// Hands an operation of the running trial to the pool.
    func submit(
        _ company: Operation.Exclusivity, _ body: @escaping @Sendable () throws -> any Sendable
    ) -> Operation {
        guard let trial = current else { preconditionFailure("an operation without a trial") }
        let operation = Operation(
            trial: trial.id, virtualTime: conductor.virtualTime(of: trial.id) ?? 0,
            company: company, body: body)
        awaited[trial.id] = operation
        operationsInFlight += 1
        pool.submit(operation)
        return operation
    }

    /// `reporter { … }`.
    func report(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        guard let trial = trials[id], trial === current else {
            throw LuaError(
                "reporter: it belongs to trial \(id), which "
                    + (trials[id] == nil ? "has ended" : "is not the one that called it"))
        }
        try checkTime()
        guard simulated == nil else { return try reportInSimulation(trial, call) }
        switch try take(ReportReader.fields(call), of: id) {
        case .continue: return try goOnOnceKept(trial, call)
        case .complete: trial.isOver = true
        default: break
        }
        guard !canSuspend(call) else { return call.suspend { try $0.return() } }
        if !trial.isOver { try waitInPlace(trial, call) }
        guard !trial.isOver else {
            throw LuaError("reporter: trial \(id) is over; \(Self.callDirectly)")
        }
        return try call.return()
    }

    /// Hands a report to the conductor. What follows for other trials waits in `commands`.
    ///
    /// - Returns: whether the trial continues at once or is complete; nil where the loop tells it.
    func take(_ fields: [String: Value], of id: Int) throws -> Command? {
        do {
            let bytes = fields.reduce(256) { $0 + 128 + 2 * $1.key.utf8.count }
            try charge.add(bytes, purpose: "the reports of trial \(id)")
            let receipt = try conductor.report(trial: id, fields: fields, seconds: seconds)
            count(receipt, of: id)
            switch receipt.commands.first {
            case .continue(id)?, .complete(id)?:
                commands += receipt.commands.dropFirst()
                return receipt.commands.first
            default:
                commands += receipt.commands
                return nil
            }
        } catch let error as ReportError {
            throw LuaError("reporter: \(ReportReader.inWords(error, fields))")
        }
    }

    private func count(_ receipt: ReportReceipt, of trial: Int) {
        guard !receipt.isRepeated else { return }
        if !journal.isDurableOnReturn { keeping.hasMore() }
        reports += 1
        reportTimes.add(seconds, trial: trial)
        resource += receipt.progress
    }

    static let callDirectly =
        "call the reporter from train itself, not from a coroutine or a callback"

    static func cannotWait(_ id: Int) -> String {
        "reporter: trial \(id) cannot wait here; \(callDirectly)"
    }

    /// The trial cannot be suspended where it called the reporter, so the loop turns on top of it.
    private func waitInPlace(_ trial: TrialRun, _ call: LuaCall) throws {
        trial.isWaitingInPlace = true
        trial.mayGoOn = false
        trial.clock.stop()
        defer {
            trial.clock.start()
            trial.isWaitingInPlace = false
        }
        let canGoOn = try turn { trial.mayGoOn }
        guard !trial.mayGoOn else { return }
        trial.isOver = true
        guard !canGoOn else { return }
        // The decision hangs on trials that wait below this one on the stack. It ends here and now,
        // whatever it makes of the error: the others go on, and the study with them.
        let message = Self.cannotWait(trial.id)
        let place = call.place().map { "\($0): " } ?? ""
        try fail(trial.id, LuaError(place + message))
        throw LuaError(message)
    }
}
