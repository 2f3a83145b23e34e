import Engine
import Foundation
import Results
import Testing

/// How much parameters matter.
@Suite struct ImportanceTests {
    /// What `Tests/ReferenceValues/importance.py` recorded of Optuna.
    private struct Recorded: Decodable {
        enum Setting: Decodable {
            case flag(Bool)
            case integer(Int)
            case real(Double)
            case text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let flag = try? container.decode(Bool.self) {
                    self = .flag(flag)
                } else if let integer = try? container.decode(Int.self) {
                    self = .integer(integer)
                } else if let real = try? container.decode(Double.self) {
                    self = .real(real)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }

            var value: Value {
                switch self {
                case .flag(let flag): .boolean(flag)
                case .integer(let integer): .integer(integer)
                case .real(let real): .real(real)
                case .text(let text): .string(text)
                }
            }
        }

        struct Trial: Decodable {
            let params: [String: Setting]
            let loss: Double
            let speed: Double
        }

        let trials: [Trial]
        let loss: [String: Double]
        let speed: [String: Double]
        let front: [String: Double]
    }

    private static func recorded() throws -> [Recorded] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceValues/importance.json")
        return try JSONDecoder().decode([Recorded].self, from: Data(contentsOf: file))
    }

    private static func space() throws -> SearchSpace {
        try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 10)))),
            .init("rate", .domain(.real(RealDomain(1e-5, 1e-1, log: true)))),
            .init("grid", .domain(.real(RealDomain(0, 1, step: 0.25)))),
            .init("width", .domain(.int(IntDomain(1, 8)))),
            .init("batch", .domain(.int(IntDomain(1, 500, log: true)))),
            .init("depth", .domain(.int(IntDomain(1, 200)))),
            .init(
                "activation",
                .domain(
                    .categorical(Options([.string("relu"), .string("tanh"), .string("logistic")])))),
            .init("flag", .domain(.boolean)),
            .init(
                "optimizer",
                .choice([
                    .init(
                        "adam",
                        SearchSpace([.init("beta", .domain(.real(RealDomain(0.5, 1))))])),
                    .init(
                        "sgd",
                        SearchSpace([.init("momentum", .domain(.real(RealDomain(0, 1))))])),
                ])),
        ])
    }

    private static func view(
        _ space: SearchSpace, _ trials: [(values: [String: Value], loss: Double, speed: Double)]
    ) throws -> StudyView {
        let definition = try StudyDefinition(
            name: "importance", seed: 1, space: space,
            objectives: [Objective("loss", .minimize), Objective("speed", .maximize)],
            hyperband: Hyperband(timeAttribute: "epoch", maxResource: 9), trialLimit: 1000)
        var events: [Event] = [.created(definition)]
        for (index, trial) in trials.enumerated() {
            let entries = trial.values.sorted { $0.key < $1.key }
                .map { Configuration.Entry($0.key, $0.value) }
            events.append(
                .started(
                    .init(
                        trial: index + 1, configuration: Configuration(entries), bracket: 0,
                        time: index)))
            events.append(
                SampleStudy.report(
                    index + 1, at: 9, ["loss": .real(trial.loss), "speed": .real(trial.speed)]))
            events.append(.ended(.init(trial: index + 1, outcome: .reachedMaximum, time: index)))
        }
        return StudyView(try StudyState(events: events))
    }

    @Test(arguments: 0..<3) func optunaComesToTheSameShares(number: Int) throws {
        let recorded = try Self.recorded()[number]
        let view = try Self.view(
            Self.space(),
            recorded.trials.map { ($0.params.mapValues(\.value), $0.loss, $0.speed) })
        let importance = view.importance()
        #expect(Set(importance.map(\.parameter)) == Set(recorded.front.keys))
        for entry in importance {
            let expected = [recorded.loss, recorded.speed].map { $0[entry.parameter]! }
            for (share, expected) in zip(entry.objectives, expected) {
                #expect(abs(share - expected) < 1e-9, "\(entry.parameter)")
            }
            #expect(
                abs(entry.front - recorded.front[entry.parameter]!) < 1e-9, "\(entry.parameter)")
        }
        #expect(importance.map(\.front) == importance.map(\.front).sorted(by: >))
    }

    @Test func nothingIsToldByNoTrials() throws {
        let importance = try Self.view(Self.space(), []).importance()
        #expect(importance.count == 11)
        #expect(importance.allSatisfy { $0.front == 0 && $0.objectives == [0, 0] })
    }

    @Test func aParameterOfOneValueDoesNotMatter() throws {
        let space = try SearchSpace([
            .init("a", .domain(.real(RealDomain(0, 1)))),
            .init("b", .domain(.real(RealDomain(2, 2)))),
        ])
        let importance = try Self.view(
            space,
            (0..<40).map { (["a": .real(Double($0) / 40), "b": .real(2)], Double($0), 1) }
        ).importance()
        #expect(importance.map(\.parameter) == ["a", "b"])
        #expect(importance[0].front == 1 && importance[0].objectives[0] == 1)
        #expect(importance[1].front == 0)
    }
}
