import Engine
import Testing

/// Configurations that other programs tell.
@Suite("Told configurations")
struct ToldConfigurationTests {
    @Test("a choice may be told as arguments have it, with its name as a member")
    func choices() throws {
        let space = try SearchSpace([
            .init(
                "o",
                .choice([
                    .init("p", try SearchSpace([.init("q", .domain(.real(RealDomain(0, 1))))])),
                    .init("name", try SearchSpace([])),
                ])),
            .init(
                "g",
                .group(try SearchSpace([.init("name", .domain(.int(IntDomain(1, 9))))]))),
        ])
        let plain = try space.configuration(
            told: ["o": .string("p"), "o.q": .real(0.5), "g.name": .integer(3)], field: "add")
        let asArguments = try space.configuration(
            told: [
                "o": .string("p"), "o.name": .string("p"), "o.q": .real(0.5), "g": .integer(3),
                "g.name": .integer(3),
            ], field: "add")
        #expect(asArguments == plain)
        for wrong in [["o": "p", "o.name": "name"], ["o.name": "p"], ["g": "x"]] {
            let error = #expect(throws: SettingError.self) {
                try space.configuration(
                    told: Dictionary(
                        uniqueKeysWithValues: wrong.map { (Name($0.key), Value.string($0.value)) }),
                    field: "add")
            }
            #expect(error.map { "\($0)".contains("expected a parameter") } == true)
        }
    }
}
