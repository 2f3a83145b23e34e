import Engine
import Results

/// Small studies that are written down event by event.
enum SampleStudy {
    /// A space of one real parameter, a study of two objectives, rungs at 1 and 3, `max_t` 9.
    static func definition(
        parameters: [String] = ["x"], objectives: [String] = ["error", "size"],
        timeAttribute: String = "epoch", kind: Hyperband.Kind = .stopping
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "sample", seed: 1,
            space: SearchSpace(
                parameters.map { .init($0, .domain(.real(try RealDomain(0, 1)))) }),
            objectives: objectives.map { try Objective($0, .minimize) },
            hyperband: Hyperband(timeAttribute: timeAttribute, maxResource: 9, kind: kind),
            trialLimit: 3)
    }

    static func start(_ trial: Int, _ values: [String: Double]) -> Event {
        let entries = values.sorted { $0.key < $1.key }.map {
            Configuration.Entry($0.key, .real($0.value))
        }
        return .started(
            .init(trial: trial, configuration: Configuration(entries), bracket: 0, time: 0))
    }

    static func report(_ trial: Int, at resource: Int, _ metrics: [Name: Number]) -> Event {
        .reported(
            .init(
                trial: trial,
                report: Report(
                    resource: Resource(resource), metrics: Metrics(metrics),
                    time: resource)))
    }

    static func decision(
        _ trial: Int, at rung: Int, _ verdict: Decision.Verdict, rank: Int, outOf: Int,
        ahead: [Int] = [], isInvalid: Bool = false
    ) -> Event {
        .decided(
            Decision(
                trial: trial, rung: Resource(rung), bracket: 0, resource: Resource(rung),
                verdict: verdict,
                standing: Standing(
                    rank: rank, outOf: outOf, quota: 1, ahead: ahead, isInvalid: isInvalid),
                time: rung))
    }

    /// Trial 1 continues at its first rung, trial 2 is stopped there with a NaN, trial 3 raises an
    /// error once and then runs.
    static func events() throws -> [Event] {
        [
            .created(try definition()),
            start(1, ["x": 1e-5]), start(2, ["x": 0.5]), start(3, ["x": 1]),
            report(1, at: 1, ["error": 0.1, "size": 1e-5, "loss": 2e-7]),
            decision(1, at: 1, .continue, rank: 1, outOf: 1),
            report(2, at: 1, ["error": .real(.nan), "size": 7]),
            decision(2, at: 1, .stop, rank: 2, outOf: 2, ahead: [1], isInvalid: true),
            .retried(.init(trial: 3, error: "no luck", time: 0)),
        ]
    }
}
