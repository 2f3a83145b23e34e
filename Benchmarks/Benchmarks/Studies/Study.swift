import Engine

/// A study that is fed random reports, one trial after the other in virtual order.
public struct Study {
    public private(set) var conductor: Conductor
    /// What the trials report.
    public enum Values: Sendable {
        /// Noise in every objective.
        case noise
        /// The same, the last objective so that every report is on the front.
        case onFront
        /// f = x + 1/e and g = 1 − x + y + 1/e at epoch e, x and y noise of the trial: a rung has about
        /// √n fronts of √n points.
        case bands
    }

    private let objectives: [String]
    private let values: Values
    /// Trials in their slots that may report, in order of virtual time; the slots take turns.
    private var running: [(trial: Int, resource: Int)] = []
    private var turn = 0
    public private(set) var reports = 0

    /// A study at its start.
    public init(
        objectives count: Int, parameters: Int = 10, values: Values = .noise,
        ranking: RankingRule = .standard, slots: Int = 4,
        journal: any Journal = DiscardingJournal()
    ) throws {
        try self.init(
            Self.definition(
                objectives: count, parameters: parameters, Hyperband(maxResource: 81),
                ranking: ranking, slots: slots),
            values: values, journal: journal)
    }

    /// A study of a definition that `definition` gives.
    init(
        _ definition: StudyDefinition, values: Values = .noise,
        journal: any Journal = DiscardingJournal()
    ) throws {
        objectives = definition.objectives.map(\.name)
        self.values = values
        conductor = try Conductor(definition, journal: journal)
        try follow(conductor.start())
    }

    /// A study of real parameters that never runs out.
    static func definition(
        objectives: Int, parameters: Int, _ hyperband: Hyperband,
        ranking: RankingRule = .standard, slots: Int = 4
    ) throws -> StudyDefinition {
        let domain = Domain.real(try RealDomain(1e-6, 1, log: true))
        let space = try SearchSpace(
            (0..<parameters).map { .init("parameter \($0)", .domain(domain)) })
        return try StudyDefinition(
            name: "benchmark", seed: 1, space: space,
            objectives: (0..<objectives).map { try Objective("objective \($0)", .minimize) },
            hyperband: hyperband, ranking: ranking, trialLimit: nil, slots: slots)
    }

    /// Feeds reports until so many trials have been started.
    public mutating func grow(toTrials trials: Int) throws {
        while conductor.state.trials.count < trials { try report() }
    }

    /// Feeds reports until so many are on the front.
    public mutating func grow(toFront points: Int) throws {
        while conductor.state.frontCount < points { try report() }
    }

    /// One report of the next trial that may.
    public mutating func report() throws {
        turn = (turn + 1) % running.count
        let (trial, resource) = running[turn]
        running[turn].resource += 1
        var fields: [Name: Value] = ["epoch": .integer(resource + 1)]
        for (objective, value) in zip(objectives, costs(of: trial, after: resource)) {
            fields[Name(objective)] = .real(value)
        }
        reports += 1
        let commands = try conductor.report(trial: trial, fields: fields).commands
        if commands.first != .continue(trial: trial) { running.remove(at: turn) }
        try follow(commands)
    }

    private func costs(of trial: Int, after resource: Int) -> [Double] {
        let noise = objectives.indices.map { self.noise(trial, resource, $0) }
        switch values {
        case .noise: return noise
        case .onFront: return noise.dropLast() + [1 - noise.dropLast().reduce(0, +)]
        case .bands:
            let (x, y) = (self.noise(trial, 0, 0), self.noise(trial, 0, 1))
            let tail = 1 / Double(resource + 1)
            return [x + tail, 1 - x + y + tail]
        }
    }

    private mutating func follow(_ commands: [Command]) throws {
        for command in commands {
            switch command {
            case .start(let trial, _, _), .retry(let trial): running.append((trial, 0))
            case .continue(let trial):
                guard !running.contains(where: { $0.trial == trial }) else { continue }
                running.append((trial, conductor.reportedResource(of: trial).whole))
            case .pause(let trial), .stop(let trial), .complete(let trial):
                running.removeAll { $0.trial == trial }
            case .decide(let request): try follow(conductor.decided(request.compute()))
            case .studyEnded: running = []
            }
        }
    }

    /// A number from 0 to 1 that follows from the three.
    private func noise(_ a: Int, _ b: Int, _ c: Int) -> Double {
        var bits = UInt64(a) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(b) &* 0xC2B2_AE3D_27D4_EB4F
        bits ^= UInt64(c + 1) &* 0x1656_67B1_9E37_79F9
        bits = (bits ^ bits >> 31) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((bits ^ bits >> 31) >> 11) / Double(1 << 53)
    }
}
