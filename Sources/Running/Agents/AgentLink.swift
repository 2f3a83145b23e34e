internal import Engine
internal import Platform

/// Carries what an agent sends, and what it is ordered, on a thread and a connection of its own: a script
/// that computes for long keeps its lease, and a server that is away holds no trial up.
package final class AgentLink: Sendable {
    /// What has come, in order.
    enum Arrival: Sendable {
        case events([Event])
        case orders([AgentOrder])
        case claimed([AgentOrder])
        /// All messages up to that serial number are on the board.
        case sent(serial: Int)
        /// Others have the agent's trials. It joins again once `rejoin` is called.
        case lost
        /// The server is away, and will be back.
        case away(String)
        case back
        case failed(any Error)
    }

    struct State: Sendable {
        var unsent: [AgentMessage] = []
        /// How many trials are to be claimed.
        var free = 0
        /// How many are being claimed.
        var claiming = 0
        var arrived: [Arrival] = []
        var isLost = false
        var isLeaving = false
        var hasEnded = false

        /// How many claimed trials are on their way to the loop.
        var onTheirWay: Int {
            arrived.reduce(claiming) { sum, arrival in
                if case .claimed(let orders) = arrival { sum + orders.count } else { sum }
            }
        }
    }
    let state = Monitor(State())
    let waker: Waker
    private let onArrival: @Sendable () -> Void

    /// - Parameter onArrival: called after each arrival, on the link's thread.
    package init(onArrival: @escaping @Sendable () -> Void) {
        self.onArrival = onArrival
        waker = Waker()
    }

    /// Puts messages behind those that are to be sent.
    func send(_ message: AgentMessage) {
        state.change { $0.unsent.append(message) }
        waker.wake()
    }

    /// Says how many slots are free.
    func setFree(_ count: Int) {
        let hasMore = state.change { state in
            let free = max(0, count - state.onTheirWay)
            defer { state.free = free }
            return free > state.free
        }
        if hasMore { waker.wake() }
    }

    /// The loop has ended the trials that were lost.
    func rejoin() {
        state.change { state in
            (state.isLost, state.unsent, state.free) = (false, [], 0)
        }
        waker.wake()
    }

    /// Takes what has come.
    func takeArrivals() -> [Arrival] {
        guard state.read({ !$0.arrived.isEmpty }) else { return [] }
        return state.change { state in
            defer { state.arrived = [] }
            return state.arrived
        }
    }

    func post(_ arrival: Arrival) {
        state.change { $0.arrived.append(arrival) }
        onArrival()
    }

    /// Hands over what was claimed.
    func post(claimed orders: [AgentOrder]) {
        state.change { state in
            state.claiming = 0
            if !orders.isEmpty { state.arrived.append(.claimed(orders)) }
        }
        if !orders.isEmpty { onArrival() }
    }

    /// Sends what is left, leaves the study, and ends the thread; waits for that some seconds at most.
    func leave(seconds: Double = 3) {
        state.change { $0.isLeaving = true }
        waker.wake()
        _ = state.wait(seconds: seconds) { $0.hasEnded ? () : nil }
    }
}

/// Ends another thread's wait for a descriptor. It is a pipe.
final class Waker: Sendable {
    /// Can be read once `wake` was called.
    let descriptor: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "the system gives no pipe")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (descriptor, writing) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(writing)
    }

    /// Ends a wait, or the next one.
    func wake() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    /// Forgets what has woken it.
    func clear() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }
}
