/// An event that cannot follow the events before it: the journal is damaged.
public struct EventError: Error, CustomStringConvertible {
    /// The event's number, from 0.
    public var number: Int?
    /// What is wrong with it.
    public let problem: String

    public var description: String {
        number.map { "event \($0): \(problem)" } ?? problem
    }
}
