internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// The program of one trial, as the trial's coroutine drives it.
final class CommandRun {
    let program: ProgramRun
    let spec: ProgramSpec
    let trial: LuaTrial
    private unowned let executor: LuaTrialExecutor
    private let operations: NativeOperations
    /// Its processes; nil before the first start, and while a paused trial's program has been ended.
    private(set) var group: ProcessGroup?
    private var starts = 0
    private var isClosed = false

    init(
        _ program: ProgramRun, _ spec: ProgramSpec, of trial: LuaTrial,
        by executor: LuaTrialExecutor, operations: NativeOperations
    ) {
        (self.program, self.spec, self.trial) = (program, spec, trial)
        (self.executor, self.operations) = (executor, operations)
    }

    /// `run:next()`: the next report, once the last one is stored; nil when the program is done.
    func next(_ call: LuaCall) throws -> LuaAnswer {
        guard !isClosed else { return try call.return() }
        program.acknowledge()
        if group == nil { try start() }
        return try operations.wait(call, for: program.signal, program.next) { [self] call, step in
            switch step {
            case .report(let fields, let isSpoken):
                guard !isRepeated(fields, isSpoken) else { return try next(call) }
                return try call.return(
                    LuaTree.record(fields.sorted { $0.key < $1.key }.map { ($0.text, $1.luaTree) }))
            case .restart: return try next(call)
            case .done:
                program.finish()
                return try call.return()
            case .failed(let why): throw failure(why)
            case .ended(let end):
                if let message = message(end) { throw failure(message) }
                return try call.return()
            }
        }
    }

    /// Whether a report was made before: by a program that has started again, or that speaks and did not
    /// get its answer.
    private func isRepeated(_ fields: [Name: Value], _ isSpoken: Bool) -> Bool {
        guard isSpoken || starts > 1,
            let number = fields[Name(program.names.timeAttribute)]?.number,
            let resource = Resource(number)
        else {
            return false
        }
        return resource > 0 && resource <= executor.loop.reportedResource(of: trial.id)
    }

    private func start() throws {
        guard let slot = trial.slot else { throw LuaError("ag.command: the trial has no slot") }
        starts += 1
        do {
            let group = try program.start(slot: slot)
            self.group = group
            operations.started(group)
        } catch let error as ProcessError {
            throw LuaError("ag.command: \(error)", at: .none)
        } catch let error as FileError {
            throw LuaError("ag.command: \(spec.arguments[0].source): \(error)", at: .none)
        }
    }

    /// What is wrong with the program's end; nil where nothing is.
    private func message(_ end: ProcessEnd) -> String? {
        let name = spec.arguments.prefix(2).map(\.source).joined(separator: " ")
        if end != .exited(0) { return "\(name): \(end)" }
        guard !program.hasReported, executor.loop.reportedResource(of: trial.id) == 0 else {
            return nil
        }
        let nearest =
            program.nearestLine.map { "the nearest line is: \($0)" } ?? "it printed nothing"
        return "\(name): it ended without a report of \(program.names.description); \(nearest)"
    }

    /// An error whose details are the end of the log.
    private func failure(_ message: String) -> LuaError {
        keepLogEnd()
        return LuaError(message, at: .none)
    }

    /// The function ends by an error. Where the program did not start, or took too long, a traceback would
    /// show no line of the script's.
    func fail() {
        guard trial.details == nil, group == nil || executor.overdueMessage != nil else { return }
        keepLogEnd()
    }

    /// Has the end of the log kept with the error in place of a traceback.
    private func keepLogEnd() {
        trial.details = .some(program.lastLines.map { "the end of its log:\n\($0)" })
    }

    // MARK: - What becomes of the trial

    /// The trial has ended, or its function: the program ends, too.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        executor.commands[trial.id] = nil
        program.stop(why: executor.whyStopped(trial))
    }

    /// The trial is paused: whether the program stays suspended.
    var staysSuspended: Bool { spec.pausing == .suspend && group?.end == nil && group != nil }

    /// Ends the program of a paused trial, which starts again when the trial continues. What it has
    /// said and its end are kept, if it has ended already.
    func endToRestart() {
        guard let group, !program.hasEnded else { return }
        self.group = nil
        program.endToRestart()
        trial.processes.removeAll { $0 === group }
        executor.release(group, ofPaused: trial)
    }
}
