/// A journal that keeps nothing: for simulations, and for measuring what the engine alone costs.
public struct DiscardingJournal: Journal {
    /// A journal that keeps nothing.
    public init() {}

    /// True: there is nothing left to write.
    public var isDurableOnReturn: Bool { true }
    /// Always the first lease, as no one else can write.
    public func takeLease() -> Lease { Lease(number: 1) }
    /// Does nothing.
    public func append(_ events: [Event], expecting position: Int, under lease: Lease) {}
    /// Does nothing; every report is new.
    public func receive(_ arrival: ReceivedReport) -> Bool { true }
    /// Does nothing.
    public func save(_ checkpoint: Checkpoint) {}
    /// Does nothing.
    public func sync() {}
    /// Always empty.
    public func events(from first: Int) -> [Event] { [] }
    /// Always empty.
    public func arrivals(after count: Int) -> [ReceivedReport] { [] }
    /// Always nil.
    public func checkpoint(of trial: Int) -> Checkpoint? { nil }
    /// Does nothing.
    public func keep(_ artifact: Artifact) {}
    /// Does nothing.
    public func drop(_ key: Artifact.Key) {}
    /// Always nil.
    public func artifact(_ key: Artifact.Key) -> Artifact? { nil }
    /// Always empty.
    public func artifactKeys() -> [Artifact.Key] { [] }
}
