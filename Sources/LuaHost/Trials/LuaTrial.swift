internal import LuaBridge
internal import Platform
internal import Running

/// A trial of a running experiment: its coroutine and what it waits for.
final class LuaTrial {
    let id: Int
    let coroutine: LuaCoroutine
    /// Behind `math.random` while the trial runs.
    let random: LuaRandomGenerator
    /// How long it has computed.
    var clock = ComputeTime()
    /// Ends the operation it waits for.
    let token = CancellationToken()
    /// Its reporter was called and has not returned, and the coroutine is not suspended.
    var isReporting = false
    /// Its reporter may return.
    var mayContinue = false
    /// Its study wants nothing more from it.
    var isOver = false
    /// It has reached the end of the study's scale: its code runs on, and no report of its counts.
    var isComplete = false
    /// The number of its slot, from 1; nil while it has none.
    var slot: Int?
    /// What the report keeps that is on its way, in a simulation.
    var kept: [UInt8]?
    /// Its reporter waits for a decision, or for a slot.
    var isWaiting = false
    /// The number of the slot that its suspended processes belong to; nil where there are none.
    var keptSlot: Int?
    /// What it has started and is not gone.
    var processes: [ProcessGroup] = []
    /// It has lent the number of its slot, and continues as soon as it has that again.
    var isLent = false
    /// What is kept with the error that it raises in place of a traceback; the outer nil: nothing.
    var details: String??
    /// Why its reporter raises an error.
    var refusal: LuaError?
    /// Estimated microseconds of operations done at once since it was last suspended for one.
    var costAtOnce = 0.0
    /// How many networks it has made, which sets their seeds apart.
    var networks = 0
    /// Those of them that are still there, and those it has read.
    var made = WeakNetworks()

    init(id: Int, coroutine: LuaCoroutine, random: LuaRandomGenerator) {
        (self.id, self.coroutine, self.random) = (id, coroutine, random)
    }

    /// - Throws: why the last message of its was refused, if it was.
    func throwRefusal() throws {
        guard let refusal else { return }
        self.refusal = nil
        throw refusal
    }
}
