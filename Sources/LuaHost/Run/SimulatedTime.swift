internal import Engine
internal import HeapModule
internal import LuaBridge

/// The clock of a simulated run: reports come when their `elapsed` says, and nothing is waited for.
///
/// A trial's `elapsed` counts from its own start and stands still while the trial waits for a decision
/// or is paused, as it would in a run that takes the time.
struct SimulatedTime {
    /// A report on its way.
    struct Due: Comparable {
        let time: Double
        let trial: Int
        let elapsed: Double
        let fields: [String: Value]

        static func < (a: Due, b: Due) -> Bool { (a.time, a.trial) < (b.time, b.trial) }
        static func == (a: Due, b: Due) -> Bool { (a.time, a.trial) == (b.time, b.trial) }
    }

    /// The name under which trials report the seconds since their start.
    static let field = "elapsed"

    /// Seconds since the start of the run.
    private(set) var now = 0.0
    private var queue: Heap<Due> = []
    /// By trial, its last `elapsed`, and when it would have been 0 had the trial never waited.
    private var trials: [Int: (elapsed: Double, origin: Double)] = [:]

    /// The trial gets its slot or its decision: its time goes on now.
    mutating func goesOn(_ trial: Int) {
        let elapsed = trials[trial]?.elapsed ?? 0
        trials[trial] = (elapsed, now - elapsed)
    }

    /// Puts a report where its time is.
    ///
    /// - Throws: `LuaError` when it has no `elapsed`, or one before the last.
    mutating func add(_ fields: [String: Value], of trial: Int) throws {
        let (last, origin) = trials[trial] ?? (0, now)
        let given = fields[Self.field]
        guard let elapsed = given?.number?.double, elapsed.isFinite, elapsed >= last else {
            throw LuaError(
                "reporter: \(Self.field): expected the seconds since the trial's start, at least "
                    + "\(last), got \(given.map(\.description) ?? "nothing") (trial \(trial))")
        }
        queue.insert(
            Due(time: max(now, origin + elapsed), trial: trial, elapsed: elapsed, fields: fields))
    }

    /// Takes the next report and moves the clock to it.
    mutating func next() -> Due? {
        guard let due = queue.popMin() else { return nil }
        now = due.time
        trials[due.trial]?.elapsed = due.elapsed
        return due
    }
}
