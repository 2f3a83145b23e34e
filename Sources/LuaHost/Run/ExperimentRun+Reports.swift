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
        let reply = try take(ReportReader.fields(call), of: id)
        switch reply.answer {
        case .proceed: return try goOnOnceKept(trial, call)
        case .finish: trial.isOver = true
        case .wait:
            guard let mine = commands.firstIndex(of: .proceed(trial: id)) else { break }
            commands.remove(at: mine)
            return try goOnOnceKept(trial, call)
        }
        guard !canSuspend(call) else { return call.suspend { try $0.return() } }
        if !trial.isOver { try waitInPlace(trial, call) }
        guard !trial.isOver else {
            throw LuaError("reporter: trial \(id) is over; \(Self.callDirectly)")
        }
        return try call.return()
    }

    func take(_ fields: [String: Value], of id: Int) throws -> Reply {
        do {
            let bytes = fields.reduce(256) { $0 + 128 + 2 * $1.key.utf8.count }
            try charge.add(bytes, purpose: "the reports of trial \(id)")
            let reply = try conductor.report(trial: id, fields: fields, seconds: seconds)
            commands += reply.commands
            guard !reply.isRepeated else { return reply }
            if !journal.isDurableOnReturn { keeping.hasMore() }
            reports += 1
            reportTimes.add(seconds, trial: id)
            if let number = fields[definition.hyperband.timeAttribute]?.number?.integer {
                // As on the virtual clock, what goes beyond the maximum is not counted.
                let used = min(number, definition.hyperband.maxResource)
                resource += used - (trials[id]?.resource ?? 0)
                trials[id]?.resource = used
                trials[id]?.lastReported = number
            }
            return reply
        } catch let error as ReportError {
            throw LuaError("reporter: \(ReportReader.inWords(error, fields))")
        }
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
