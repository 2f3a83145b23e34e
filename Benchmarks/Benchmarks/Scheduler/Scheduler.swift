import Benchmark
import Engine
import Studies

/// Holds a study that iterations change in place.
private final class Held {
    var study: Study

    init(_ study: Study, _ grow: (inout Study) throws -> Void) throws {
        self.study = study
        try grow(&self.study)
    }
}

/// Holds a decision that iterations repeat.
private final class HeldDecision {
    var decision: ModelDecision

    init(records: Int, objectives: Int = 2, parameters: Int = 7) throws {
        decision = try ModelDecision(
            records: records, objectives: objectives, parameters: parameters)
    }
}

let benchmarks: @Sendable () -> Void = {
    // One iteration is 100 reports, with their decisions and the trials they start. Few of them,
    // so that the study stays about as large as the name says.
    let few = Benchmark.Configuration(
        metrics: [.wallClock], scalingFactor: .one, maxDuration: .seconds(60), maxIterations: 50)

    for trials in [1_000, 10_000, 100_000] {
        Benchmark("100 reports at \(trials) trials, 2 objectives", configuration: few) { _, held in
            for _ in 0..<100 { try held.study.report() }
        } setup: {
            try Held(Study(objectives: 2)) { try $0.grow(toTrials: trials) }
        }
    }

    let rankings: [(name: String, rule: RankingRule)] = [
        ("random_weights", .standard), ("parego", .parEGO(count: 100, rho: 0.05)),
        ("nondominated", .nondominated), ("hypervolume", .hypervolume),
    ]
    for (name, rule) in rankings {
        for trials in [1_000, 100_000] {
            Benchmark("100 reports at \(trials) trials, \(name)", configuration: few) { _, held in
                for _ in 0..<100 { try held.study.report() }
            } setup: {
                try Held(Study(objectives: 2, values: .bands, ranking: rule)) {
                    try $0.grow(toTrials: trials)
                }
            }
        }
    }

    // One iteration is one decision.
    let decisions = Benchmark.Configuration(
        metrics: [.wallClock], scalingFactor: .one, maxDuration: .seconds(10),
        maxIterations: 200)
    for records in [100, 1_000, 10_000, 100_000] {
        Benchmark("model decision at \(records) records", configuration: decisions) { _, held in
            blackHole(held.decision.decide())
        } setup: {
            try HeldDecision(records: records)
        }
    }
    Benchmark(
        "model decision at 1000 records, 3 objectives, 20 parameters", configuration: decisions
    ) { _, held in
        blackHole(held.decision.decide())
    } setup: {
        try HeldDecision(records: 1_000, objectives: 3, parameters: 20)
    }

    Benchmark("100 reports at 10000 points on the front, 3 objectives", configuration: few) {
        _, held in
        for _ in 0..<100 { try held.study.report() }
    } setup: {
        try Held(Study(objectives: 3, values: .onFront)) { try $0.grow(toFront: 10_000) }
    }

    // The history is computed when it is asked for, all steps at once.
    Benchmark("hypervolume history of 10000 steps, 2 objectives", configuration: few) { _, held in
        blackHole(try held.study.conductor.state.hypervolumeHistory())
    } setup: {
        try Held(Study(objectives: 2, values: .onFront)) { try $0.grow(toFront: 10_000) }
    }
}
