package import Engine
internal import Platform

extension AgentLink {
    /// The work of a link's thread, until the link is left.
    ///
    /// - Parameters:
    ///   - makeBoard: makes what the thread alone uses.
    ///   - eventCount: how many of the study's events the loop has.
    ///   - onSent: called once messages are on the board.
    package static func run<Board: AgentBoard>(
        _ link: AgentLink, makeBoard: () throws -> Board,
        as description: AgentDescription, eventCount: Int, onSent: @escaping @Sendable () -> Void
    ) {
        do {
            var courier = AgentCourier(
                link, on: try makeBoard(), as: description, eventCount: eventCount, onSent: onSent)
            courier.run()
        } catch {
            link.post(.failed(error))
            link.state.change { $0.hasEnded = true }
        }
    }
}

/// What a link's thread carries.
struct AgentCourier<Board: AgentBoard> {
    /// Seconds between two renewals of the agent's lease, and between two looks without news.
    private static var renewal: Double { 2 }
    private static var look: Double { 1 }
    /// Seconds between two attempts while the server is away.
    private static var pause: Double { 0.2 }

    private let link: AgentLink
    private var board: Board
    private let description: AgentDescription
    private var agent: Int?
    /// The serial number of the last order that was handed over.
    private var seen = 0
    private var eventCount: Int
    private var renewed = ContinuousClock.now
    private var isAway = false
    private let onSent: @Sendable () -> Void

    init(
        _ link: AgentLink, on board: Board, as description: AgentDescription, eventCount: Int,
        onSent: @escaping @Sendable () -> Void
    ) {
        (self.link, self.board, self.description) = (link, board, description)
        (self.eventCount, self.onSent) = (eventCount, onSent)
    }

    /// Carries until the link is left, or an error that does not pass.
    mutating func run() {
        defer { link.state.change { $0.hasEnded = true } }
        while true {
            let isLeaving = link.state.read(\.isLeaving)
            do {
                try carry()
                if isAway { link.post(.back) }
                isAway = false
                if isLeaving {
                    if let agent { try board.leave(agent: agent) }
                    return
                }
                board.wait(seconds: Self.look, until: link.waker.descriptor)
                link.waker.clear()
            } catch let error as JournalError where error.isTemporary {
                if isLeaving { return }
                if !isAway { link.post(.away("\(error)")) }
                isAway = true
                // What was ordered while the connection was lost is found by the trials' own serials.
                seen = 0
                usleep(UInt32(Self.pause * 1e6))
            } catch {
                return link.post(.failed(error))
            }
        }
    }

    private mutating func carry() throws {
        // Between a loss and the loop's knowing of it, nothing is sent.
        guard !link.state.read(\.isLost) else { return }
        guard let agent = try joined() else { return }
        try send(from: agent)
        let orders = try board.orders(for: agent, after: seen)
        let claimed = link.state.read(\.isLeaving) ? [] : try claim(for: agent)
        let events = try board.events(from: eventCount)
        eventCount += events.count
        if !events.isEmpty { link.post(.events(events)) }
        if !orders.isEmpty {
            seen = max(seen, orders.map(\.serial).max() ?? 0)
            link.post(.orders(orders))
        }
        link.post(claimed: claimed)
    }

    /// The agent's number; nil where its lease has just been lost.
    private mutating func joined() throws -> Int? {
        guard let agent else {
            let joined = try board.join(description)
            (self.agent, seen, renewed) = (joined, 0, .now)
            return joined
        }
        guard renewed.duration(to: .now) >= .seconds(Self.renewal) else { return agent }
        guard try board.renew(agent: agent) else {
            self.agent = nil
            link.state.change { $0.isLost = true }
            link.post(.lost)
            return nil
        }
        renewed = .now
        return agent
    }

    private func unsent() -> [AgentMessage] { link.state.read(\.unsent) }

    private mutating func send(from agent: Int) throws {
        let messages = unsent()
        guard let last = messages.last else { return }
        try board.send(messages, from: agent)
        link.state.change { $0.unsent.removeFirst(messages.count) }
        link.post(.sent(serial: last.serial))
        onSent()
    }

    private mutating func claim(for agent: Int) throws -> [AgentOrder] {
        let free = link.state.change { state in
            defer { (state.claiming, state.free) = (state.free, 0) }
            return state.free
        }
        guard free > 0 else { return [] }
        do {
            let claimed = try board.claim(free, for: agent)
            link.state.change {
                $0.claiming = claimed.count
                $0.free += free - claimed.count
            }
            return claimed
        } catch {
            link.state.change { ($0.claiming, $0.free) = (0, free) }
            throw error
        }
    }
}
