/// What one waits for at a descriptor.
package struct PollInterest: OptionSet, Sendable {
    /// A bit for each.
    package let rawValue: Int

    /// The interests of these bits.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// It can be read, or has come to its end.
    package static let reading = PollInterest(rawValue: 1)
    /// It can be written, or no one reads it any more.
    package static let writing = PollInterest(rawValue: 2)

    var events: Int16 {
        Int16(contains(.reading) ? POLLIN : 0) | Int16(contains(.writing) ? POLLOUT : 0)
    }

    init(ready events: Int16) {
        let isBroken = events & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
        self = []
        if events & Int16(POLLIN) != 0 || isBroken { insert(.reading) }
        if events & Int16(POLLOUT) != 0 || isBroken { insert(.writing) }
    }
}

/// A descriptor that the ``Poller`` watches. Belongs to the poller's thread.
package final class PollWatch {
    let descriptor: Int32
    /// What is waited for; nothing for a while where it is empty.
    package var interest: PollInterest {
        didSet { if interest != oldValue { changed() } }
    }
    private(set) var isCancelled = false
    private(set) var body: (PollInterest) -> Void
    private let changed: () -> Void

    /// - Parameter changed: called where something else is to be waited for.
    init(
        _ descriptor: Int32, for interest: PollInterest, changed: @escaping () -> Void,
        body: @escaping (PollInterest) -> Void
    ) {
        (self.descriptor, self.interest, self.changed) = (descriptor, interest, changed)
        self.body = body
    }

    /// Ends the watch, and lets go of what it calls. To be called before the descriptor is closed.
    package func cancel() {
        isCancelled = true
        body = { _ in }
        changed()
    }
}
