import Engine
import Storage
import Synchronization

/// A journal that is durable only after `sync`, counts how often that is called, and can fail.
final class SlowJournal: Journal {
    struct Broken: Error, CustomStringConvertible {
        var description: String { "the disk is full" }
    }
    struct Counts {
        var syncs = 0
        /// Reports that a crash could lose.
        var unsynced = 0
        /// How many more calls of `sync` succeed.
        var syncsLeft = Int.max
        var acceptsReports = true
    }
    private let memory = MemoryJournal()
    let counts = Mutex(Counts())

    var isDurableOnReturn: Bool { false }

    func takeLease() -> Lease { memory.takeLease() }

    func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try memory.append(events, expecting: position, under: lease)
    }

    func receive(_ arrival: ReceivedReport) throws -> Bool {
        try counts.withLock { counts in
            guard counts.acceptsReports else { throw Broken() }
            counts.unsynced += 1
        }
        return memory.receive(arrival)
    }

    func sync() throws {
        try counts.withLock { counts in
            guard counts.syncsLeft > 0 else { throw Broken() }
            counts.syncsLeft -= 1
            counts.syncs += 1
            counts.unsynced = 0
        }
    }

    func save(_ checkpoint: Checkpoint) { memory.save(checkpoint) }
    func events(from first: Int) -> [Event] { memory.events(from: first) }
    func arrivals(after count: Int) -> [ReceivedReport] { memory.arrivals(after: count) }
    func checkpoint(of trial: Int) -> Checkpoint? { memory.checkpoint(of: trial) }
    func keep(_ artifact: Artifact) { memory.keep(artifact) }
    func drop(_ key: Artifact.Key) { memory.drop(key) }
    func artifact(_ key: Artifact.Key) -> Artifact? { memory.artifact(key) }
    func artifactKeys() -> [Artifact.Key] { memory.artifactKeys() }
}
