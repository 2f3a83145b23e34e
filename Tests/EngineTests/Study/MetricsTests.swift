import Engine
import Testing

/// What reports say beside their objectives, and how names are compared.
@Suite("Metrics") struct MetricsTests {
    private static let (composed, decomposed): (Name, Name) = ("\u{e9}", "e\u{301}")

    @Test("numbers, texts and booleans stand side by side, sorted by the bytes of their names")
    func kinds() {
        let metrics = Metrics(values: [
            "b": .integer(2), "a": .string("x"), "c": .boolean(true), "z": .real(.nan),
            "d": .bytes([0xff]), "f": .list([]),
        ])
        #expect(metrics.names == ["b", "z"] && metrics.notes.map(\.name) == ["a", "c", "d"])
        #expect(metrics.entries.map(\.name) == ["a", "b", "c", "d", "z"])
        #expect(metrics["b"] == 2 && metrics["a"] == nil && metrics["f"] == nil)
        #expect(metrics.value(of: "a") == .string("x") && metrics.value(of: "b") == .integer(2))
        #expect(metrics.value(of: "d") == .bytes([0xff]) && metrics.value(of: "f") == nil)
    }

    @Test("names that look alike are two, in the order of their bytes")
    func names() {
        let metrics = Metrics([Self.composed: 1, Self.decomposed: 2, "f": 3])
        #expect(metrics.names == [Self.decomposed, "f", Self.composed])
        #expect(metrics[Self.composed] == 1 && metrics[Self.decomposed] == 2)
        let value = Value.map([Self.composed: .integer(1), Self.decomposed: .integer(2)])
        #expect(value != .map([Self.composed: .integer(2), Self.decomposed: .integer(1)]))
    }

    @Test("two objectives whose names look alike are two objectives")
    func objectives() throws {
        let definition = try StudyDefinition(
            name: "names", seed: 1, space: lineSpace(),
            objectives: [
                Objective(Self.composed.text, .minimize),
                Objective(Self.decomposed.text, .maximize),
            ], hyperband: Hyperband(maxResource: 1), trialLimit: 1)
        var conductor = try Conductor(definition, journal: DiscardingJournal())
        _ = try conductor.start()
        _ = try conductor.report(
            trial: 1, fields: ["epoch": 1, Self.composed: 3, Self.decomposed: 4])
        #expect(conductor.state.front().map(\.values) == [[3, 4]])
        #expect(conductor.state.best(in: Self.decomposed.text)?.values == [3, 4])
    }

    @Test("the event format keeps both names and every kind of metric")
    func format() throws {
        let metrics = Metrics(values: [
            Self.composed: .string("nan"), Self.decomposed: .real(.nan), "flag": .boolean(false),
            "bytes": .bytes([0, 200]),
        ])
        let event = Event.reported(
            .init(trial: 1, report: Report(resource: 1, metrics: metrics, time: 1)))
        #expect(try EventLine.event(EventLine(event).text) == event)
    }

    @Test("no objective and no constraint takes a text or a boolean")
    func required() throws {
        let definition = try StudyDefinition(
            name: "required", seed: 1, space: lineSpace(), objectives: [Objective("e", .minimize)],
            hyperband: Hyperband(maxResource: 3), constraints: [Constraint("size", maximum: 2)],
            trialLimit: 1)
        var conductor = try Conductor(definition, journal: DiscardingJournal())
        _ = try conductor.start()
        #expect(throws: ReportError.self) {
            try conductor.report(trial: 1, fields: ["epoch": 1, "e": 1, "size": "1"])
        }
        _ = try conductor.report(
            trial: 1, fields: ["epoch": 1, "e": 1, "size": 1, "note": "good"])
        #expect(conductor.state.trial(1)?.reports.first?.metrics.value(of: "note") == "good")
    }
}
