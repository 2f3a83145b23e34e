/// A journal that keeps nothing: for simulations, and for measuring what the engine alone costs.
public struct DiscardingJournal: Journal {
    /// A journal that keeps nothing.
    public init() {}

    public var isDurableOnReturn: Bool { true }
    public func append(_ events: [Event]) {}
    public func receive(_ arrival: ReceivedReport) -> Bool { true }
    public func save(_ checkpoint: Checkpoint) {}
    public func sync() {}
    public func events(from first: Int) -> [Event] { [] }
    public func arrivals() -> [ReceivedReport] { [] }
    public func checkpoint(of trial: Int) -> Checkpoint? { nil }
    public func truncate(to count: Int) {}
}
