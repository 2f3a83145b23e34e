/// The events of a study that count: all but those that a resumption has superseded.
///
/// `resumed(from: n)` supersedes event n and all behind it, itself included. So the effective events
/// of a study that was interrupted and resumed are those of one that never was, and two histories
/// are equal when their effective events are.
public struct EffectiveHistory: Sendable {
    /// The superseded events by number, in order.
    public private(set) var superseded: [Range<Int>] = []
    /// The numbers of the events that count, in order.
    public private(set) var numbers: [Int] = []

    /// The effective history of events that are numbered from 0.
    ///
    /// - Complexity: O(events).
    public init(_ events: some Sequence<Event>) {
        for (number, event) in events.enumerated() {
            guard case .resumed(let first) = event else {
                numbers.append(number)
                continue
            }
            while let last = numbers.last, last >= first { numbers.removeLast() }
            while let last = superseded.last, last.lowerBound >= first { superseded.removeLast() }
            superseded.append(min(first, number)..<number + 1)
        }
    }
}

extension Collection where Element == Event {
    /// The events that count: see `EffectiveHistory`. O(events).
    public var effective: [Event] {
        var events: [Event] = []
        var numbers: [Int] = []
        for (number, event) in enumerated() {
            guard case .resumed(let first) = event else {
                events.append(event)
                numbers.append(number)
                continue
            }
            while let last = numbers.last, last >= first {
                numbers.removeLast()
                events.removeLast()
            }
        }
        return events
    }
}
