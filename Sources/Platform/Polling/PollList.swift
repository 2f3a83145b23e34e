/// What the poller waits for, in the form that the system takes: made again only when that changes, as
/// most waits are for the same as the one before. Belongs to the poller's thread.
struct PollList {
    /// The first is the poller's own; the others are those of `watches`.
    private(set) var entries: [pollfd]
    private(set) var watches: [PollWatch?]

    /// A list of nothing but the descriptor that wakes the poller.
    init(waking descriptor: Int32) {
        entries = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        watches = [nil]
    }

    /// Takes others in place of those before. O(watches).
    mutating func replace(with all: [PollWatch]) {
        entries.removeSubrange(1...)
        watches.removeSubrange(1...)
        for watch in all where !watch.interest.isEmpty {
            entries.append(
                pollfd(fd: watch.descriptor, events: watch.interest.events, revents: 0))
            watches.append(watch)
        }
    }

    /// Waits until something is ready, for at most so many milliseconds; −1: as long as it takes.
    ///
    /// - Returns: how many descriptors are.
    mutating func wait(milliseconds: Int32) -> Int {
        Int(poll(&entries, nfds_t(entries.count), milliseconds))
    }
}
