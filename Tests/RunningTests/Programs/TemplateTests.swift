import Engine
import Running
import Testing

/// The places for values in a program's arguments.
@Suite struct TemplateTests {
    /// Made for each test: the leak detector sees no owner of the strings of a value that stays.
    private static var space: SearchSpace {
        try! SearchSpace([
            .init("width", .domain(.real(RealDomain(0, 1)))),
            .init("name", .constant(.string("two words"))),
            .init("flag", .constant(.boolean(true))),
            .init("sizes", .constant(.list([.integer(3), .integer(4)]))),
            .init("load", .constant(.opaque("function"))),
            .init(
                "optimizer",
                .choice([
                    .init(
                        "sgd",
                        try! SearchSpace([.init("momentum", .domain(.real(RealDomain(0, 1))))])),
                    .init("adam", try! SearchSpace([])),
                ])),
        ])
    }

    private func values(_ optimizer: String) throws -> TrialValues {
        var entries = [
            Configuration.Entry("width", .real(0.5)), .init("optimizer", .string(optimizer)),
        ]
        if optimizer == "sgd" { entries.append(.init("optimizer.momentum", .real(0.25))) }
        return TrialValues(
            trial: 7, arguments: try Self.space.arguments(for: Configuration(entries)), slot: 2,
            directory: "/d/7")
    }

    private func words(_ templates: [String], optimizer: String = "sgd") throws -> [String] {
        let spec = ProgramSpec(arguments: try templates.map { try ArgumentTemplate($0) })
        try spec.check(Self.space)
        return spec.words(for: try values(optimizer))
    }

    @Test func namesAreReplaced() throws {
        #expect(
            try words([
                "p", "--width={width}", "{name}", "{flag}", "{sizes}", "{sizes.2}", "{optimizer}",
                "{optimizer.name}", "{optimizer.momentum}", "{slot}/{slot0}/{trial}", "{dir}/x",
                "{{a}", "}",
            ]) == [
                "p", "--width=0.5", "two words", "true", "[3,4]", "4", "sgd", "sgd", "0.25",
                "2/1/7",
                "/d/7/x", "{a}", "}",
            ])
    }

    @Test func whatIsAbsentIsLeftOut() throws {
        let templates = [
            "p", "--momentum", "{optimizer.momentum}", "--m={optimizer.momentum}", "-v",
            "x{optimizer.momentum}",
        ]
        #expect(try words(templates) == ["p", "--momentum", "0.25", "--m=0.25", "-v", "x0.25"])
        #expect(try words(templates, optimizer: "adam") == ["p", "-v"])
    }

    @Test(arguments: [
        ("{wdith}", "did you mean {width}?"), ("{optimizer.moment}", "{optimizer.momentum}?"),
        ("{load}", "expected a plain value"), ("{sizes.3}", "expected the name of a parameter"),
    ])
    func unknownNamesAreNamed(text: String, expected: String) throws {
        let spec = ProgramSpec(arguments: [try ArgumentTemplate("p"), try ArgumentTemplate(text)])
        let error = #expect(throws: SettingError.self) { try spec.check(Self.space) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("argument 2") == true)
    }

    @Test(arguments: ["{", "a{b", "{}"]) func bracesAreClosed(text: String) {
        #expect(throws: SettingError.self) { try ArgumentTemplate(text) }
    }

    @Test func aNameOfTwoMeaningsIsRefused() throws {
        let space = try SearchSpace([.init("slot", .constant(.integer(1)))])
        let spec = ProgramSpec(arguments: [try ArgumentTemplate("{slot}")])
        #expect(throws: SettingError.self) { try spec.check(space) }
    }

    /// What a slot gives a program, as a graphics processor's memory, a suspended one would hold.
    @Test func aProgramThatIsToldItsSlotRestarts() throws {
        var spec = ProgramSpec(arguments: [try ArgumentTemplate("p")])
        #expect(spec.pausing == .suspend)
        spec.environment = ["CUDA_VISIBLE_DEVICES": try ArgumentTemplate("{slot0}")]
        #expect(spec.pausing == .restart)
        spec.pause = .suspend
        #expect(spec.pausing == .suspend)
    }

    @Test func argumentsAreJSON() throws {
        #expect(
            try values("sgd").json
                == #"{"flag":true,"name":"two words","optimizer":{"momentum":0.25,"name":"sgd"},"#
                + #""sizes":[3,4],"width":0.5}"#)
    }
}
