/// Where the agents of a study and the process that decides about it meet.
///
/// The decider orders what becomes of trials; agents claim those that no agent has, run them, and send
/// messages. An agent that does not renew its lease loses its trials. A board is used by one thread at a
/// time. Every call may be repeated after an error; one that passes is a `JournalError.unreachable`.
package protocol AgentBoard {
    // MARK: Agents

    /// Seconds that an agent's lease lasts which is not renewed.
    static var leaseSeconds: Double { get }

    /// Announces an agent.
    ///
    /// - Returns: its number.
    mutating func join(_ agent: AgentDescription) throws -> Int

    /// Renews an agent's lease; false where the agent has lost it.
    mutating func renew(agent: Int) throws -> Bool

    /// Ends an agent: its trials are free for others.
    mutating func leave(agent: Int) throws

    /// Gives an agent at most so many trials that no agent has.
    mutating func claim(_ limit: Int, for agent: Int) throws -> [AgentOrder]

    /// The orders for an agent's trials behind a serial number, in order.
    mutating func orders(for agent: Int, after serial: Int) throws -> [AgentOrder]

    /// Sends messages. One that was sent before, and one about a trial that the agent does not have,
    /// changes nothing.
    mutating func send(_ messages: [AgentMessage], from agent: Int) throws

    /// A trial's last checkpoint; nil where it has none.
    mutating func checkpoint(of trial: Int) throws -> Checkpoint?

    /// The study's events from a number on.
    mutating func events(from first: Int) throws -> [Event]

    /// Waits until something was ordered, `descriptor` can be read, or so many seconds have passed.
    mutating func wait(seconds: Double, until descriptor: Int32)

    // MARK: The decider

    /// Wakes the agents, also where nothing was ordered.
    mutating func wakeAgents() throws

    /// The messages that are not forgotten, in the order they came.
    ///
    /// - Parameter taken: numbers of messages that are left out.
    mutating func messages(besides taken: Set<Int>) throws -> [ReceivedMessage]

    /// Takes the trials from agents that have not renewed their leases.
    ///
    /// - Returns: those trials.
    mutating func freeTrials(under lease: Lease) throws -> [Int]

    /// The trials for which an order is open: agents have them, or are to have them.
    mutating func openTrials() throws -> [Int]

    /// Whether other agents than those of this process are there.
    mutating func hasOtherAgents() throws -> Bool
}

/// The journal of a study whose trials agents run.
public protocol DeciderJournal: Journal {
    /// Makes durable all that was written, what becomes of trials, and that messages of agents are not
    /// needed any more: all or none. Wakes the agents where there are orders.
    ///
    /// - Parameter messages: numbers of messages all effects of which are durable then.
    /// - Throws: as `sync`. Called again it may write orders twice, which changes nothing.
    func sync(ordering orders: [AgentOrder], forgetting messages: [Int]) throws
}

/// What an agent says about itself.
package struct AgentDescription: Hashable, Sendable {
    /// How many trials it runs at a time.
    package let slots: Int
    /// The version of its program.
    package let program: String
    /// Where its trials' directories are.
    package let directory: String
    /// Whether its process writes the files that the script saves at the end.
    package let isOwner: Bool

    /// A description.
    package init(slots: Int, program: String, directory: String, isOwner: Bool) {
        (self.slots, self.program) = (slots, program)
        (self.directory, self.isOwner) = (directory, isOwner)
    }
}

/// What becomes of a trial of an agent.
public struct AgentOrder: Hashable, Sendable {
    /// What to do.
    public enum Action: Hashable, Sendable {
        /// Run it, wherever it is free.
        case start
        /// The agent that has it gives it away: run it elsewhere.
        case move
        /// Run it again from its start, as it has failed.
        case retry
        /// Compute on. Counts only where the trial's last report was at that resource.
        case `continue`(at: Resource)
        /// Say again what it waits for an answer to: another process decides now.
        case again
        case pause
        case stop
        case complete
        /// Its last message was refused.
        case refuse(String)
    }

    /// The trial.
    public let trial: Int
    /// What to do.
    public let action: Action
    /// Which of the trial's attempts runs, from 1.
    public let attempt: Int
    /// Greater than that of all orders before; 0 before it is given.
    public let serial: Int

    /// An order.
    public init(trial: Int, _ action: Action, attempt: Int, serial: Int = 0) {
        (self.trial, self.action, self.attempt, self.serial) = (trial, action, attempt, serial)
    }
}

/// What an agent tells the decider about a trial.
package struct AgentMessage: Hashable, Sendable {
    /// What it is.
    package enum Content: Hashable, Sendable {
        /// A report.
        ///
        /// - kept: what it keeps.
        /// - waits: the trial computes on only when it is told to.
        case reported([Name: Value], kept: [UInt8]?, waits: Bool)
        /// The trial has returned.
        case returned
        /// The trial has failed.
        case failed(message: String, details: String?)
        /// The agent has no room for the trial.
        case givenAway
    }

    /// The trial.
    package let trial: Int
    /// Which of its attempts, from 1.
    package let attempt: Int
    /// What it is.
    package let content: Content
    /// A state to start again from that goes with it.
    package let checkpoint: [UInt8]?
    /// Counts the agent's messages, from 1: by it the same message is known again.
    package let serial: Int

    /// A message.
    package init(
        trial: Int, attempt: Int, content: Content, checkpoint: [UInt8]?, serial: Int
    ) {
        (self.trial, self.attempt, self.content) = (trial, attempt, content)
        (self.checkpoint, self.serial) = (checkpoint, serial)
    }
}

/// A message as the decider finds it.
package struct ReceivedMessage: Hashable, Sendable {
    /// What it is known by on the board.
    package let number: Int
    /// The agent that sent it.
    package let agent: Int
    /// Whether that agent has the trial still.
    package let isOfHolder: Bool
    /// What it says.
    package let message: AgentMessage

    /// A message on the board.
    package init(number: Int, agent: Int, isOfHolder: Bool, message: AgentMessage) {
        (self.number, self.agent) = (number, agent)
        (self.isOfHolder, self.message) = (isOfHolder, message)
    }
}
