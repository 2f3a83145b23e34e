internal import DequeModule
package import Engine
package import Platform
internal import Synchronization

/// The program of one trial: it starts, reports, may end and start again, and ends with the trial.
///
/// The trial's thread takes one event after the other; what the program says meanwhile is held.
package final class ProgramRun: Sendable {
    /// What a program has done.
    enum Event: Sendable {
        /// A report, and the connection that waits for the answer; nil for one that was printed.
        case report([Name: Value], ProgramConnection?)
        case done
        case failed(String)
        case ended(ProcessEnd)
    }

    private struct State {
        var events: Deque<Event> = []
        /// Counts the starts; what an earlier one says is not taken.
        var instance = 0
        var process: ProgramProcess?
        /// What waits for the answer to the report that was taken last.
        var asked: ProgramConnection?
        var taken: Resource = 0
        /// The greatest resource whose report was answered.
        var acknowledged: Resource = 0
        var speaks = false
        var hasReported = false
        var values: TrialValues
        /// Why the trial has ended; nil as long as it has not.
        var why: String?
    }
    private let state: Mutex<State>

    /// The trial's number.
    package let trial: Int
    /// Tells of events.
    package let signal = ChangeSignal()
    let secret = AccessToken.make()
    /// The names that make a report.
    package let names: ReportNames
    private let spec: ProgramSpec
    private let server: ProgramServer
    private let kept: KeptResource

    /// The program of a trial, which has not started.
    ///
    /// - Throws: `FileError` where the trial's directory cannot be used.
    package init(
        _ spec: ProgramSpec, _ values: TrialValues, names: ReportNames, server: ProgramServer
    ) throws {
        (self.spec, trial, self.names, self.server) = (spec, values.trial, names, server)
        kept = try KeptResource(in: values.directory)
        state = Mutex(State(values: values))
    }

    /// The resource of the last acknowledged checkpoint; 0 without one.
    var checkpoint: Resource { kept.resource }

    /// The trial's arguments as JSON.
    var arguments: String { state.withLock { $0.values.json } }

    // MARK: - The trial's thread

    /// Starts the program, in the slot of this number.
    ///
    /// - Returns: its processes.
    /// - Throws: `ProcessError`, `FileError`.
    package func start(slot: Int) throws -> ProcessGroup {
        let (values, instance) = state.withLock { state in
            state.values.slot = slot
            state.instance += 1
            (state.events, state.speaks, state.taken) = ([], false, 0)
            state.asked = nil
            return (state.values, state.instance)
        }
        server.add(self)
        let variables = try variables(values)
        // Under the lock: what a fast program says at once waits until its process is known.
        let process = try state.withLock { state in
            let process = try ProgramProcess(
                spec, values, variables: variables,
                reports: PrintedReports(spec.reports, names))
            state.process = process
            return process
        }
        process.begin { [weak self] event in self?.take(event, from: instance) }
        return process.group
    }

    private func variables(_ values: TrialValues) throws -> [String: String?] {
        let socket = try server.path()
        var variables: [String: String?] = [
            "MOHPO_SOCKET": socket, "MOHPO_TRIAL": "\(trial)",
            "MOHPO_ARGS": values.json, "MOHPO_DIR": values.directory,
            "MOHPO_SLOT": "\(values.slot)", "MOHPO_SECRET": secret,
            "MOHPO_RESOURCE": "\(checkpoint)",
        ]
        // Or Python would print its reports when 8 KiB of them are there.
        if getenv("PYTHONUNBUFFERED") == nil { variables["PYTHONUNBUFFERED"] = "1" }
        let path = getenv("PYTHONPATH").map { String(cString: $0) }
        if let path = PythonPackage.searchPath(adding: PythonPackage.folder, to: path) {
            variables["PYTHONPATH"] = path
        }
        return variables.merging(spec.variables(for: values)) { _, given in given }
    }

    /// What a program has done next.
    package enum Step: Sendable {
        /// It reports these fields, on its socket or by printing them.
        case report([Name: Value], isSpoken: Bool)
        /// It has said that it is done, or that it has failed and why.
        case done
        case failed(String)
        /// It has ended by itself.
        case ended(ProcessEnd)
        /// It was ended by ``endToRestart()``, and nothing of what it had said is left.
        case restart
    }

    /// Takes the next event; nil where there is none yet.
    package func next() -> Step? {
        state.withLock { state in
            guard let event = state.events.popFirst() else {
                return state.process == nil ? .restart : nil
            }
            if state.events.count == Self.fewEvents { state.process?.hold(false) }
            switch event {
            case .report(let fields, let connection):
                state.asked = connection
                state.taken =
                    fields[Name(names.timeAttribute)]?.number.flatMap { Resource($0) } ?? 0
                state.hasReported = true
                return .report(fields, isSpoken: connection != nil)
            case .done: return .done
            case .failed(let why): return .failed(why)
            case .ended(let end): return .ended(end)
            }
        }
    }

    /// The report that was taken last is stored, and the trial continues.
    package func acknowledge() {
        let asked = state.withLock { state in
            state.acknowledged = max(state.acknowledged, state.taken)
            return state.asked.take()
        }
        asked?.reply(.go)
    }

    /// The trial ends here: a program that waits for an answer hears why, and has half of its time to
    /// end by itself before it gets the signal.
    package func stop(why: String) {
        state.withLock { $0.why = why }
        let (process, isTold) = answer(why: why)
        process?.end(with: spec.stopSignal, isTold: isTold)
        removeWhenGone()
    }

    /// The trial is over, as the program has said itself: it may end by itself.
    package func finish() {
        let process = state.withLock { state in
            state.why = "the trial has said that it is done"
            return state.process
        }
        process?.group.end(with: spec.stopSignal, grace: spec.killAfter)
        removeWhenGone()
    }

    /// Ends the program, which will be started again.
    package func endToRestart() {
        let (process, isTold) = answer(why: "paused; it starts again from its checkpoint")
        state.withLock { state in
            // Its report is stored, so that it can still say what it continues from.
            state.acknowledged = max(state.acknowledged, state.taken)
            state.process = nil
            state.events = []
        }
        process?.end(with: spec.stopSignal, isTold: isTold)
        signal.notify()
    }

    /// Who speaks late hears why it ends, as long as there is a process to hear it.
    private func removeWhenGone() {
        guard let group = state.withLock(\.process)?.group else { return server.remove(self) }
        group.whenGone { [self] in server.remove(self) }
    }

    /// Tells a program that waits for answers why it ends.
    private func answer(why: String) -> (process: ProgramProcess?, isTold: Bool) {
        let (asked, process) = state.withLock { state in
            let held = state.events.compactMap { event in
                if case .report(_, let connection) = event { connection } else { nil }
            }
            return ([state.asked.take()].compactMap { $0 } + held, state.process)
        }
        for connection in asked { connection.reply(.stop(why: why)) }
        return (process, !asked.isEmpty)
    }

    /// Whether there is something to restart, and nothing left of what the program has said.
    package var hasEnded: Bool {
        state.withLock { state in
            state.process?.group.end != nil
                || state.events.contains { if case .ended = $0 { true } else { false } }
        }
    }

    /// Whether it has reported, in any start.
    package var hasReported: Bool { state.withLock(\.hasReported) }

    /// The printed line that came nearest to a report.
    package var nearestLine: String? { state.withLock(\.process)?.nearestLine }

    /// The last lines of the log since the last start, at most 20.
    package var lastLines: String? { state.withLock(\.process)?.lastLines }

    // MARK: - The poller's thread

    /// So many events are held before a program that prints must wait, and so many when it continues.
    private static let (manyEvents, fewEvents) = (1000, 500)

    /// Takes what a program has done.
    func take(_ event: Event, from instance: Int) {
        let why = state.withLock { state -> String? in
            guard state.why == nil, state.instance == instance, state.process != nil else {
                return state.why ?? "the program has been told to end"
            }
            state.events.append(event)
            if state.events.count >= Self.manyEvents { state.process?.hold(true) }
            return nil
        }
        guard let why else { return signal.notify() }
        if case .report(_, let connection?) = event { connection.reply(.stop(why: why)) }
    }

    /// A program speaks: what it prints is no report any more.
    ///
    /// - Returns: which of the starts it is; nil, and why, where the trial has ended.
    func attach(_ connection: ProgramConnection) -> (instance: Int, why: String?) {
        let (process, instance, why) = state.withLock { state in
            state.speaks = true
            return (state.process, state.instance, state.why)
        }
        process?.speaks(on: connection)
        return (instance, why)
    }

    /// A connection has been closed.
    func connectionClosed() { state.withLock(\.process)?.connectionClosed() }

    /// Keeps what the program says it can continue from.
    ///
    /// - Throws: `RequestError`, `FileError`.
    func keepCheckpoint(_ resource: Resource, from instance: Int) throws {
        let (isCurrent, limit) = state.withLock { ($0.instance == instance, $0.acknowledged) }
        guard isCurrent else {
            throw RequestError("checkpoint: the trial has started another program")
        }
        let least = kept.resource
        let lowest = least > 0 ? least : min(1, limit)
        guard resource <= max(limit, least), resource >= least, resource > 0 else {
            throw RequestError(
                limit == 0
                    ? "checkpoint: expected a report before it, got none"
                    : "checkpoint: expected \(lowest) to \(max(limit, least)), the last report "
                        + "that was answered, got \(resource)")
        }
        try kept.set(resource)
    }
}
