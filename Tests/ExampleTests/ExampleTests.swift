import Engine
import EngineTesting
import Foundation
import Running
import Storage
import Synchronization
import Testing

/// The examples of docs/development.md: what the page shows is what is compiled and tested here.
@Suite struct ExampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    @Test func thePageShowsTheFiles() throws {
        let page = try String(
            contentsOf: Self.folder.appending(path: "../../docs/development.md"), encoding: .utf8)
        let examples = Self.folder.appending(path: "Examples")
        let names = try FileManager.default.contentsOfDirectory(atPath: examples.path)
        #expect(names.count >= 3)
        for name in names {
            let file = try String(contentsOf: examples.appending(path: name), encoding: .utf8)
            #expect(page.contains("```swift\n\(file)```\n"), "\(name) is not what the page shows")
        }
    }

    @Test(arguments: SearcherConformance.checks)
    func searcher(check: ConformanceCheck<SearcherChoice>) throws {
        let findings = try check.findings(for: SearcherChoice(OrderedSearcher.Settings()))
        #expect(findings == [])
    }

    @Test func theSearcherProposesInOrder() throws {
        var settings = OrderedSearcher.Settings()
        settings.first = 5
        let definition = try StudyDefinition(
            name: "ordered", seed: 1,
            space: SearchSpace([.init("n", .domain(.int(IntDomain(0, 9))))]),
            objectives: [Objective("error", .minimize)], hyperband: Hyperband(maxResource: 1),
            searcher: SearcherChoice(settings), trialLimit: 3, slots: 1, firstIsDefault: false)
        let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] }
        var simulation = try Simulation(definition, runner: runner)
        let trials = try simulation.run().trials
        #expect(trials.map { $0.configuration["n"] } == [.integer(5), .integer(6), .integer(7)])
    }

    @Test(arguments: JournalConformance.checks)
    func journal(check: ConformanceCheck<any JournalKind>) throws {
        let findings = try check.findings(for: MirroredKind())
        #expect(findings == [])
    }

    @Test func theJournalHandsEventsOn() throws {
        let mirrored = Mutex<[Event]>([])
        let journal = MirroredJournal(MemoryJournal()) { event in
            mirrored.withLock { $0.append(event) }
        }
        let definition = try StudyDefinition(
            name: "mirrored", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)], hyperband: Hyperband(maxResource: 3),
            trialLimit: 4)
        let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] }
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        _ = try simulation.run()
        #expect(try mirrored.withLock { $0 } == journal.events(from: 0))
    }

    @Test(arguments: ExecutorConformance.checks)
    func executor(check: ConformanceCheck<any ExecutorKind>) throws {
        let findings = try check.findings(for: ThreadKind())
        #expect(findings == [])
    }
}

private struct MirroredKind: JournalKind {
    var description: String { "mirrored" }
    func makeEmpty() -> any Journal { MirroredJournal(MemoryJournal()) { _ in } }
}

private struct ThreadKind: ExecutorKind {
    var description: String { "threads" }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws {
        let attempts = Attempts()
        let loop = try study.loop()
        let executor = ThreadExecutor(loop) { configuration, epoch in
            let attempt = attempts.attempt(of: configuration, at: epoch)
            let steps = study.plan(for: configuration).steps(ofAttempt: attempt)
            guard epoch <= steps.count else { return nil }
            switch PlanRunner.step(steps[epoch - 1]) {
            case .report(let fields): return fields
            case .ended(.failed(let message)): throw Failure(description: message)
            case .ended(.returned): return nil
            }
        }
        try body(loop, executor)
    }

    /// How often each configuration has begun.
    private final class Attempts: Sendable {
        private let counts = Mutex<[Configuration: Int]>([:])

        func attempt(of configuration: Configuration, at epoch: Int) -> Int {
            counts.withLock { counts in
                if epoch == 1 { counts[configuration, default: 0] += 1 }
                return counts[configuration] ?? 1
            }
        }
    }
}
