import Engine
import EngineTesting
import Foundation
import Storage
import Testing

/// The SQL that `docs/studies.md` tells users.
@Suite("Documented queries")
struct DocumentedQueryTests {
    /// Trials on a grid, so that ties, duplicates and values that are no numbers are common.
    private struct GridRunner: TrialRunner {
        func step(trial: Int, configuration: Configuration, after resource: Resource) -> TrialStep {
            let resource = resource.whole
            guard resource < 9 else { return .ended(.returned) }
            var random = SeededRandom(seed: UInt64(trial * 100 + resource))
            func value() -> Value {
                let draw = random.next() % 14
                switch draw {
                case 10: return .real(.nan)
                case 11: return .real(.infinity)
                case 12: return .real(-.infinity)
                case 13: return .integer(7)
                default: return .real(Double(draw) / 2)
                }
            }
            let fields: [Name: Value] = [
                "epoch": .integer(resource + 1), "test_score": value(), "prediction_time": value(),
            ]
            return .report(fields)
        }
    }

    private static func queries() throws -> [String] {
        let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/studies.md")
        let text = try String(contentsOf: docs, encoding: .utf8)
        let block = try #require(text.split(separator: "```sql\n").dropFirst().first)
        let queries = try #require(block.split(separator: "```").first).split(separator: ";\n")
        return queries.map(String.init).filter { $0.contains("SELECT") }
    }

    @Test(
        "the query for the front gives the program's front", arguments: [3, 30, 200], [nil, 1.5])
    func front(trials: Int, limit: Double?) throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let definition = try StudyDefinition(
            name: "grid", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
            objectives: [
                Objective("test_score", .maximize), Objective("prediction_time", .minimize),
            ], hyperband: Hyperband(maxResource: 9),
            constraints: limit.map { [try Constraint("prediction_time", maximum: $0)] } ?? [],
            trialLimit: trials)
        var simulation = try Simulation(definition, runner: GridRunner(), journal: journal)
        var random = SeededRandom(seed: 9)
        // In some order of arrival other than that of the events.
        let state = try simulation.run { ready in
            ready.sorted()[Int(random.next() % UInt64(ready.count))]
        }
        try journal.close()
        let query = try #require(try Self.queries().first { $0.contains("-- the front") })
        let rows = try Database(path).rows(query)
        let front = state.front()
        #expect(!front.isEmpty || limit != nil)
        #expect(
            rows.map { [$0["trial"], $0["resource"]] }
                == front.map { [.integer($0.trial), .integer($0.resource.whole)] })
        #expect(
            rows.map { row in
                ["test_score", "prediction_time"].map { row[$0]?.number?.double }
            } == front.map { $0.values })
    }

    @Test("every documented query is one that SQLite takes")
    func all() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        journal.receive(
            ReceivedReport(
                trial: 1, resource: 1,
                metrics: Metrics(["test_score": 0.5, "prediction_time": 0.1])))
        try journal.close()
        let database = try Database(path)
        let queries = try Self.queries()
        #expect(queries.count >= 4)
        for query in queries {
            _ = try database.rows(query)
        }
    }
}
