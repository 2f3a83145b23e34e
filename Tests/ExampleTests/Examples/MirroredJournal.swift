import Engine

/// Keeps a study in another journal, and hands on every event that is appended.
final class MirroredJournal: Journal {
    private let journal: any Journal
    private let mirror: @Sendable (Event) -> Void

    init(_ journal: any Journal, mirror: @escaping @Sendable (Event) -> Void) {
        (self.journal, self.mirror) = (journal, mirror)
    }

    var isDurableOnReturn: Bool { journal.isDurableOnReturn }
    var location: StudyLocation { journal.location }

    func takeLease() throws -> Lease { try journal.takeLease() }

    func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try journal.append(events, expecting: position, under: lease)
        for event in events { mirror(event) }
    }

    func events(from first: Int) throws -> [Event] { try journal.events(from: first) }

    func receive(_ arrival: ReceivedReport) throws -> Bool { try journal.receive(arrival) }

    func arrivals(after count: Int) throws -> [ReceivedReport] {
        try journal.arrivals(after: count)
    }

    func save(_ checkpoint: Checkpoint) throws { try journal.save(checkpoint) }
    func checkpoint(of trial: Int) throws -> Checkpoint? { try journal.checkpoint(of: trial) }
    func keep(_ artifact: Artifact) throws { try journal.keep(artifact) }
    func drop(_ key: Artifact.Key) throws { try journal.drop(key) }
    func artifact(_ key: Artifact.Key) throws -> Artifact? { try journal.artifact(key) }
    func artifactKeys() throws -> [Artifact.Key] { try journal.artifactKeys() }
    func sync() throws { try journal.sync() }
    func close() throws { try journal.close() }
}
