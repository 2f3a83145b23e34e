import Engine
import Foundation
import Testing

@Suite("Search spaces")
struct SearchSpaceTests {
    /// Two parameters, a constant, a group, an array and a choice of two branches that share a name.
    static func rich() throws -> SearchSpace {
        let adam = try SearchSpace([
            .init("beta_1", .domain(.real(RealDomain(0, 1, step: 0.5)))),
            .init("lr", .domain(.int(IntDomain(1, 2)))),
        ])
        let sgd = try SearchSpace([.init("lr", .domain(.int(IntDomain(5, 7))))])
        return try SearchSpace([
            .init("alpha", .domain(.int(IntDomain(1, 3)))),
            .init("epochs", .constant(.integer(50))),
            .init(
                "model",
                .group(
                    SearchSpace([
                        .init("act", .domain(.categorical(Options([.string("relu"), "tanh"])))),
                        .init("loss", .constant(.opaque("function 1"))),
                    ]))),
            .init("layers", .list([.constant(.integer(784)), .domain(.boolean)])),
            .init("optimizer", .choice([.init("adam", adam), .init("sgd", sgd)])),
        ])
    }

    @Test("two things of one path, empty names, and a member name in a branch are refused")
    func errors() throws {
        let one = SearchSpace.Node.domain(.boolean)
        func message(_ members: [SearchSpace.Member]) -> String {
            do { return "no error: \(try SearchSpace(members))" } catch { return "\(error)" }
        }
        #expect(
            message([.init("a", one), .init("a", .constant(.integer(1)))])
                == "a: expected one parameter of this name, got two")
        let inner = try SearchSpace([.init("b", one)])
        #expect(
            message([.init("a", .group(inner)), .init("a.b", one)])
                == "a.b: expected one parameter of this name, got two")
        #expect(
            message([.init("", one)]) == "space: expected a name for every member, got an empty one"
        )
        #expect(message([.init("o", .choice([]))]) == "o: expected at least one branch, got none")
        let named = try SearchSpace([.init("name", one)])
        #expect(
            message([.init("o", .choice([.init("adam", named)]))]).hasPrefix("o.name: expected"))
        let twice = SearchSpace.Node.choice([.init("x", .empty), .init("x", .empty)])
        #expect(message([.init("o", twice)]) == "o: expected different branches, got x twice")
    }

    @Test("a constant whose name is a prefix of a parameter's leaves the parameter alone")
    func prefixes() throws {
        let space = try SearchSpace([
            .init("layer", .constant(.integer(1))), .init("layer_1", .domain(.boolean)),
        ])
        #expect(space.defaults.entries.map(\.path) == ["layer_1"])
        let arguments = try space.arguments(for: space.defaults)
        #expect(arguments["layer"] == .value(.integer(1)))
        #expect(arguments["layer_1"] == .value(.boolean(false)))
    }

    @Test("the defaults: middle, first choice, first branch; other branches are absent")
    func defaults() throws {
        let configuration = try Self.rich().defaults
        #expect(
            configuration.description
                == "alpha = 2, model.act = relu, layers.2 = false, optimizer = adam, "
                + "optimizer.beta_1 = 0.5, optimizer.lr = 2")
    }

    @Test("all parameters in order, those of branches too, a name in common once")
    func parameterPaths() throws {
        #expect(
            try Self.rich().parameterPaths == [
                "alpha", "model.act", "layers.2", "optimizer", "optimizer.beta_1", "optimizer.lr",
            ])
    }

    @Test("arguments have the shape of the space, opaque constants in their place")
    func arguments() throws {
        let space = try Self.rich()
        let arguments = try space.arguments(for: space.defaults)
        #expect(arguments["epochs"] == .value(.integer(50)))
        #expect(arguments["model"]?["loss"] == .value(.opaque("function 1")))
        #expect(arguments["layers"] == .list([.value(.integer(784)), .value(.boolean(false))]))
        #expect(
            arguments["optimizer"]
                == .group([
                    .init("name", .value("adam")), .init("beta_1", .value(.real(0.5))),
                    .init("lr", .value(.integer(2))),
                ]))
        #expect(arguments["nothing"] == nil)
    }

    @Test("a configuration of another space gives an error that names the parameter")
    func foreignConfiguration() throws {
        let space = try Self.rich()
        #expect(
            throws: SettingError(field: "alpha", expected: "a value of Int(1, 3)", got: "nothing")
        ) { try space.arguments(for: Configuration([])) }
        let entries = space.defaults.entries.map {
            $0.path == "optimizer" ? Configuration.Entry("optimizer", "lbfgs") : $0
        }
        #expect(
            throws: SettingError(field: "optimizer", expected: "one of adam, sgd", got: "lbfgs")
        ) { try space.arguments(for: Configuration(entries)) }
    }

    @Test("size counts branches by sum and members by product; enumeration reaches each once")
    func enumeration() throws {
        let space = try Self.rich()
        // alpha 3 · act 2 · boolean 2 · (beta_1 3 · lr 2 + lr 3)
        #expect(space.size == .finite(3 * 2 * 2 * (3 * 2 + 3)))
        let all = Set((0..<108).map { space.configuration(at: $0) })
        #expect(all.count == 108)
        #expect(all.contains(space.defaults))
        for configuration in all { _ = try space.arguments(for: configuration) }
    }

    @Test("a continuum and a huge product are infinite; constants alone make one")
    func sizes() throws {
        #expect(try lineSpace().size == .infinite)
        let wide = SearchSpace.Node.domain(.int(try IntDomain(0, .max)))
        #expect(try SearchSpace([.init("a", wide), .init("b", wide)]).size == .infinite)
        #expect(try SearchSpace([.init("a", .constant(.integer(1)))]).size == .finite(1))
        #expect(
            try SearchSpace([.init("x", .domain(.real(RealDomain(2, 2))))]).size == .finite(1))
        #expect(SearchSpace.empty.size == .finite(1))
    }

    @Test("a draw depends on seed, trial, attempt and path alone")
    func independence() throws {
        let x = SearchSpace.Member("x", .domain(.real(try RealDomain(0, 1))))
        let y = SearchSpace.Member("y", .domain(.real(try RealDomain(0, 1))))
        let (one, two) = (try SearchSpace([x]), try SearchSpace([y, x]))
        for trial in 1...50 {
            #expect(
                one.sample(seed: 1, trial: trial)["x"] == two.sample(seed: 1, trial: trial)["x"])
        }
        let draws = [
            two.sample(seed: 1, trial: 1)["x"], two.sample(seed: 1, trial: 1)["y"],
            two.sample(seed: 2, trial: 1)["x"], two.sample(seed: 1, trial: 2)["x"],
            two.sample(seed: 1, trial: 1, attempt: 1)["x"],
        ]
        #expect(Set(draws).count == draws.count)
    }

    @Test("spaces and configurations survive JSON")
    func coding() throws {
        let space = try Self.rich()
        let definition = try StudyDefinition(
            name: "rich", seed: 1, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 1), trialLimit: 1)
        let configuration = space.sample(seed: 1, trial: 1)
        let events: [Event] = [
            .created(definition),
            .started(.init(trial: 1, configuration: configuration, bracket: 0, time: 0)),
        ]
        for event in events { #expect(try EventLine.event(EventLine(event).text) == event) }
    }
}
