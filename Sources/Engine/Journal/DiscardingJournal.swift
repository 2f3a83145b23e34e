/// A journal that keeps nothing: for simulations, and for measuring what the engine alone costs.
public struct DiscardingJournal: Journal {
    /// A journal that keeps nothing.
    public init() {}

    public var isDurableOnReturn: Bool { true }
    public func takeLease() -> Lease { Lease(number: 1) }
    public func append(_ events: [Event], expecting position: Int, under lease: Lease) {}
    public func receive(_ arrival: ReceivedReport) -> Bool { true }
    public func save(_ checkpoint: Checkpoint) {}
    public func sync() {}
    public func events(from first: Int) -> [Event] { [] }
    public func arrivals(after count: Int) -> [ReceivedReport] { [] }
    public func checkpoint(of trial: Int) -> Checkpoint? { nil }
}
