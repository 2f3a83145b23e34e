import Engine
import Testing

@Suite("Paths of parameters")
struct ParameterPathTests {
    @Test("names joined by dots, elements numbered from 1, branches left out")
    func spelling() {
        let widths = ParameterPath.root.member("widths")
        #expect(widths.element(0).description == "widths.1")
        let optimizer = ParameterPath.root.member("model").member("optimizer")
        #expect(optimizer.branch("adam").member("beta_1").description == "model.optimizer.beta_1")
        #expect(ParameterPath.root.description == "")
        #expect(ParameterPath.root.member("a.b") != ParameterPath.root.member("a").member("b"))
        #expect(optimizer.branch("adam") != optimizer.branch("sgd"))
    }

    @Test("a change of a space spells paths as a configuration does")
    func changes() throws {
        func space(_ hi: Int) throws -> SearchSpace {
            let domain = SearchSpace.Node.domain(.int(try IntDomain(1, hi)))
            return try SearchSpace([.init("widths", .list([.constant(1), domain]))])
        }
        func study(_ space: SearchSpace) throws -> StudyDefinition {
            try StudyDefinition(
                name: "s", seed: 1, space: space, objectives: [Objective("error", .minimize)],
                hyperband: Hyperband(maxResource: 3), trialLimit: 1)
        }
        let changes = try study(space(9)).changes(from: study(space(4)))
        #expect(changes.map(\.field) == ["space.widths.2"])
        #expect(try space(4).defaults.entries.map(\.path) == ["widths.2"])
    }

    @Test("names are bytes: composed and decomposed letters are two parameters")
    func bytes() throws {
        let space = try SearchSpace([
            .init("\u{e9}", .domain(.int(IntDomain(1, 1)))),
            .init("e\u{301}", .domain(.int(IntDomain(2, 2)))),
        ])
        let configuration = space.defaults
        #expect(configuration["\u{e9}"] == 1 && configuration["e\u{301}"] == 2)
        #expect(space.parameterPaths.count == 2)
        let arguments = try space.arguments(for: configuration)
        #expect(arguments["\u{e9}"] == .value(1) && arguments["e\u{301}"] == .value(2))
    }
}
