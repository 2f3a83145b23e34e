import Engine
import EngineTesting
import Testing

@Suite("Where configurations come from")
struct ProposerTests {
    private func configuration(_ x: Double) -> Configuration {
        Configuration([.init("x", .real(x))])
    }

    private func definition(
        initial: [Configuration], firstIsDefault: Bool = false, space: SearchSpace? = nil,
        limit: Int? = 5
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "s", seed: 5, space: space ?? lineSpace(),
            objectives: [Objective("error", .minimize)], hyperband: Hyperband(maxResource: 1),
            initial: initial, trialLimit: limit, slots: 1, firstIsDefault: firstIsDefault)
    }

    private func trials(_ definition: StudyDefinition) throws -> [Trial] {
        let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] }
        var simulation = try Simulation(definition, runner: runner)
        return try simulation.run().trials
    }

    @Test("given configurations come first, in their order, behind the defaults where asked for")
    func given() throws {
        let initial = [configuration(0.25), configuration(0.5), configuration(0.75)]
        let without = try trials(definition(initial: initial))
        #expect(without.prefix(3).map(\.configuration) == initial)
        #expect(without.map(\.origin) == [.given, .given, .given, .random, .random])
        // 0.5 is the default, which has been tried then.
        let with = try trials(definition(initial: initial, firstIsDefault: true))
        #expect(with.prefix(3).map(\.configuration) == [initial[1], initial[0], initial[2]])
        #expect(with.map(\.origin) == [.defaults, .given, .given, .random, .random])
    }

    @Test("the last configurations of a finite space are those that remain")
    func remaining() throws {
        let space = try SearchSpace([
            .init("n", .domain(.int(IntDomain(1, 2_000, log: true))))
        ])
        let origins = try trials(definition(initial: [], space: space, limit: nil)).map(\.origin)
        #expect(origins.count == 2_000)
        #expect(origins.first == .random && origins.last == .remaining)
    }

    @Test("a given configuration that the space does not have is refused with its field")
    func refused() throws {
        func message(_ initial: [Configuration]) -> String {
            do {
                _ = try definition(initial: initial)
                return "none"
            } catch { return "\(error)" }
        }
        #expect(
            message([configuration(0), configuration(2)])
                == "initial[2].x: expected a value of Real(0.0, 1.0), got 2.0")
        #expect(
            message([Configuration([])])
                == "initial[1].x: expected a value of Real(0.0, 1.0), got nothing")
        #expect(
            message([Configuration([.init("x", .real(0)), .init("y", .real(1))])])
                == "initial[1].y: expected a parameter of this configuration's branches, got 1.0")
        #expect(
            message([configuration(0), configuration(0)])
                == "initial[2]: expected different configurations, got the same twice")
    }

    @Test("what is left out takes the default")
    func completed() throws {
        let space = try SearchSpaceTests.rich()
        #expect(space.completed([:]) == space.defaults)
        let some = space.configuration(at: 77)
        let values = Dictionary(
            uniqueKeysWithValues: some.entries.map { (Name($0.path), $0.value) })
        #expect(space.completed(values) == some)
    }

    @Test("definitions and events of programs that knew neither are read, and written alike")
    func earlierFormat() throws {
        let start = Event.started(
            .init(trial: 1, configuration: configuration(0.5), bracket: 0, time: 0))
        let line = EventLine(start).text
        #expect(!line.contains("origin"))
        #expect(try EventLine.event(line) == start)
        let random = Event.started(
            .init(
                trial: 1, configuration: configuration(0.5), bracket: 0, time: 0, origin: .random))
        let again = try EventLine.event(EventLine(random).text)
        #expect(again == random && again != start)
        let plain = Event.created(try definition(initial: []))
        let coded = EventLine(plain).text
        #expect(!coded.contains("initial") && coded.contains("\"searcher\":\"random\""))
        #expect(try EventLine.event(coded) == plain)
        let with = Event.created(try definition(initial: [configuration(0.5)]))
        let copy = try EventLine.event(EventLine(with).text)
        #expect(copy == with && copy != plain)
    }
}
