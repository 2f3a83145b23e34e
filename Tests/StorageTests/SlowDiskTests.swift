import Engine
import EngineTesting
import Foundation
import Storage
import Synchronization
import Testing

/// A journal on a disk that takes its time: what is written waits, for as many further calls as a
/// seeded draw says, before it gets there, in the order it was written. No clock is asked.
private final class SlowJournal: Journal {
    private enum Write {
        case events([Event], position: Int, Lease)
        case arrival(ReceivedReport)
        case checkpoint(Checkpoint)
    }

    private struct Content {
        var waiting: [(write: Write, due: Int)] = []
        var calls = 0
        var isGone = false
        var random: SeededRandom
        var received: Set<[Int]>
    }

    let disk: any Journal
    private let content: Mutex<Content>

    init(_ disk: any Journal, seed: UInt64) throws {
        self.disk = disk
        let received = Set(try disk.arrivals().map { [$0.trial, $0.resource.whole] })
        content = Mutex(Content(random: SeededRandom(seed: seed), received: received))
    }

    var isDurableOnReturn: Bool { false }

    /// The program ends here: what waits never reaches the disk, and nothing more is taken.
    func end() { content.withLock { $0.isGone = true } }

    private struct Gone: Error {}

    private func write(_ write: Write, _ content: inout Content) throws {
        guard !content.isGone else { throw Gone() }
        content.calls += 1
        content.waiting.append((write, content.calls + Int(content.random.next() % 20)))
        let calls = content.calls
        try bring(&content) { $0.due <= calls }
    }

    /// Lets reach the disk what is due; nothing overtakes what was written before it.
    private func bring(
        _ content: inout Content, while isDue: ((write: Write, due: Int)) -> Bool
    ) throws {
        while let first = content.waiting.first, isDue(first) {
            switch first.write {
            case .events(let events, let position, let lease):
                try disk.append(events, expecting: position, under: lease)
            case .arrival(let arrival): try disk.receive(arrival)
            case .checkpoint(let checkpoint): try disk.save(checkpoint)
            }
            content.waiting.removeFirst()
        }
        try disk.sync()
    }

    func takeLease() throws -> Lease { try disk.takeLease() }

    func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock { try write(.events(events, position: position, lease), &$0) }
    }

    func receive(_ arrival: ReceivedReport) throws -> Bool {
        try content.withLock { content in
            guard content.received.insert([arrival.trial, arrival.resource.whole]).inserted else {
                return false
            }
            try write(.arrival(arrival), &content)
            return true
        }
    }

    func save(_ checkpoint: Checkpoint) throws {
        try content.withLock { try write(.checkpoint(checkpoint), &$0) }
    }

    func sync() throws { try content.withLock { try bring(&$0) { _ in true } } }

    func events(from first: Int) throws -> [Event] {
        try sync()
        return try disk.events(from: first)
    }

    func arrivals(after count: Int) throws -> [ReceivedReport] {
        try sync()
        return try disk.arrivals(after: count)
    }

    func checkpoint(of trial: Int) throws -> Checkpoint? {
        try sync()
        return try disk.checkpoint(of: trial)
    }

    func keep(_ artifact: Artifact) throws { try disk.keep(artifact) }
    func drop(_ key: Artifact.Key) throws { try disk.drop(key) }
    func artifact(_ key: Artifact.Key) throws -> Artifact? { try disk.artifact(key) }
    func artifactKeys() throws -> [Artifact.Key] { try disk.artifactKeys() }
}

/// Slow writes reorder and lose nothing, whenever the program ends.
@Suite("Slow disks")
struct SlowDiskTests {
    private func definition() throws -> StudyDefinition {
        try StudyDefinition(
            name: "slow", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: .promotion), trialLimit: 20)
    }

    private var runner: FunctionRunner {
        FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
            ["error": (configuration["x"]?.number?.double ?? 0) / Double(epoch)]
        }
    }

    @Test("what is on the disk is always a beginning, and the whole in the end", arguments: 1...8)
    func order(seed: UInt64) throws {
        let undisturbed = MemoryJournal()
        var reference = try Simulation(definition(), runner: runner, journal: undisturbed)
        _ = try reference.run { $0.min() }
        let (events, arrivals) = (undisturbed.events(from: 0), undisturbed.arrivals())
        let path = try Scratch().path("slow.db")
        let file = try SQLiteJournal.create(at: path, about: .test)
        let slow = try SlowJournal(file, seed: seed)
        var simulation = try Simulation(definition(), runner: runner, journal: slow)
        var (steps, isBehind) = (0, false)
        _ = try simulation.run { ready in
            steps += 1
            guard steps % 7 == 0, let read = try? StudyFile.read(at: path) else {
                return ready.min()
            }
            #expect(read.damage == nil)
            isBehind = isBehind || read.arrivals.count < steps - 1
            return ready.min()
        }
        #expect(isBehind)
        try slow.sync()
        #expect(file.path == path)
        let read = try StudyFile.read(at: path)
        #expect(Set(read.arrivals) == Set(arrivals) && read.arrivals.count == arrivals.count)
        #expect(read.events == events)
    }

    @Test("a program that ends before its disk continues as if it had not", arguments: 1...8)
    func ending(seed: UInt64) throws {
        let undisturbed = MemoryJournal()
        var reference = try Simulation(definition(), runner: runner, journal: undisturbed)
        _ = try reference.run()
        let disk = MemoryJournal()
        var random = SeededRandom(seed: seed)
        for attempt in 0..<10 {
            let slow = try SlowJournal(disk, seed: seed + UInt64(attempt))
            var left = Int(random.next() % 25)
            var simulation =
                disk.events(from: 0).isEmpty
                ? try Simulation(definition(), runner: runner, journal: slow)
                : try Simulation(resuming: slow, with: definition(), runner: runner)
            _ = try? simulation.run { ready in
                left -= 1
                if left < 0 { slow.end() }
                return ready.min()
            }
        }
        var last: Simulation<FunctionRunner>
        if disk.events(from: 0).isEmpty {
            last = try Simulation(definition(), runner: runner, journal: disk)
        } else {
            last = try Simulation(resuming: disk, with: definition(), runner: runner)
        }
        _ = try last.run()
        #expect(disk.events(from: 0).effective == undisturbed.events(from: 0))
    }
}
