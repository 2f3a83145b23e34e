import Settings
import Testing

/// Options of a program that does not exist.
private struct Options: SettingOptions, Equatable {
    enum Colour: String, CaseIterable { case red, green }

    var count = 3
    var limit: Int?
    var share = 0.5
    var colour = Colour.red
    var title = "none"
    var isLoud = false
    var sizes: [Int] = [1, 2]

    static let settings: [Setting<Options>] = [
        Setting(
            "count", \.count, is: .integer(atLeast: 1, atMost: 1_000_000),
            option: CommandOption("count"), help: "how many"),
        Setting("limit", \.limit, is: .integer(atLeast: 2), help: "at most so many"),
        Setting("share", \.share, is: .number(0..<1), help: "how much"),
        Setting("colour", \.colour, is: .choice, help: "which"),
        Setting("title", \.title, is: .text, help: "for people"),
        Setting("is_loud", \.isLoud, is: .boolean, help: "whether"),
        Setting("sizes", \.sizes, is: .integers(), help: "one by one"),
        Setting("callback", type: "function", standard: "needed", help: "what is called"),
    ]
}

@Suite struct SettingTests {
    private static func setting(_ key: String) throws -> Setting<Options> {
        try #require(Options.settings.first { $0.key == key })
    }

    /// What is wrong with a value, as a message says it; "fine" where nothing is.
    private static func problem(_ key: String, _ value: PlainValue) throws -> String {
        var options = Options()
        guard let problem = try setting(key).set(value, in: &options) else { return "fine" }
        #expect(options == Options(), "what is refused changes nothing")
        return "\(key)\(problem.part): expected \(problem.expected), got \(problem.got)"
    }

    @Test func valuesAreTakenFromTablesAndWords() throws {
        var options = Options()
        let given: [(String, PlainValue)] = [
            ("count", .number(5)), ("limit", .word("7")), ("share", .word("0.25")),
            ("colour", .word("green")), ("title", .word("12")), ("is_loud", .word("true")),
            ("sizes", .list([.integer(4), .number(2)])),
        ]
        for (key, value) in given {
            #expect(try Self.setting(key).set(value, in: &options) == nil, "\(key)")
        }
        let expected = Options(
            count: 5, limit: 7, share: 0.25, colour: .green, title: "12", isLoud: true,
            sizes: [4, 2])
        #expect(options == expected)
    }

    @Test(arguments: [
        ("count", PlainValue.integer(0), "count: expected an integer of at least 1, got 0"),
        ("count", .number(2.5), "count: expected an integer of at least 1, got 2.5"),
        ("count", .word("abc"), "count: expected an integer of at least 1, got \"abc\""),
        ("count", .word("-3"), "count: expected an integer of at least 1, got -3"),
        ("count", .integer(2_000_000), "count: expected an integer from 1 to 1000000, got 2000000"),
        ("count", .other("a table"), "count: expected an integer of at least 1, got a table"),
        ("count", .word("99999999999999999999"), "got 99999999999999999999"),
        ("limit", .integer(1), "limit: expected an integer of at least 2, got 1"),
        ("share", .number(1), "share: expected a number from 0 to below 1, got 1.0"),
        ("share", .number(.nan), "share: expected a number from 0 to below 1, got nan"),
        ("share", .word("nan"), "share: expected a number from 0 to below 1, got nan"),
        ("colour", .text("blue"), "colour: expected one of \"red\", \"green\", got \"blue\""),
        ("colour", .integer(3), "colour: expected one of \"red\", \"green\", got 3"),
        ("title", .integer(3), "title: expected a string, got 3"),
        ("title", .bytes("\"\\xff\""), "title: expected valid UTF-8 without NUL, got \"\\xff\""),
        ("is_loud", .integer(1), "is_loud: expected true or false, got 1"),
        ("sizes", .integer(3), "sizes: expected an array, got 3"),
        ("sizes", .list([.integer(3), .text("x")]), "sizes[2]: expected an integer, got \"x\""),
    ])
    func whatIsWrongIsNamed(key: String, value: PlainValue, message: String) throws {
        let got = try Self.problem(key, value)
        #expect(got.hasSuffix(message), "\(got)")
    }

    @Test func whatProgramsSetIsChecked() throws {
        var options = Options()
        #expect(options.problem == nil)
        options.share = .infinity
        #expect(options.problem?.field == "share")
        options.count = 0
        #expect(options.problem?.field == "count")
        #expect(options.problem?.problem.expected == "an integer from 1 to 1000000")
    }

    @Test(arguments: [
        ("count", "1 … 1,000,000", "3"), ("limit", "integer ≥ 2", ""),
        ("share", "0 to below 1", "0.5"), ("colour", "`\"red\"`, `\"green\"`", "`\"red\"`"),
        ("title", "string", "`\"none\"`"), ("is_loud", "boolean", "`false`"),
        ("sizes", "array of integers", "`{ 1, 2 }`"), ("callback", "function", "needed"),
    ])
    func theReferenceSaysTypesAndDefaults(key: String, type: String, standard: String) throws {
        let setting = try Self.setting(key)
        #expect(setting.type == type)
        #expect(setting.standard == standard)
    }

    @Test func theCommandLineWins() throws {
        var overrides = SettingOverrides()
        overrides["count"] = .word("8")
        overrides["limit"] = .word("9")
        var options = Options()
        options.count = 5
        options.title = "t"
        let applied = overrides.applied(to: options)
        #expect(applied.count == 8)
        #expect(applied.title == "t")
        #expect(applied.limit == nil, "the command line does not offer it")
        let offered = try #require(Options.offered().first)
        #expect(Options.offered().count == 1)
        #expect((offered.option.name, offered.key) == ("count", "count"))
        #expect(offered.problem("8") == nil)
        #expect(offered.problem("x")?.expected == "an integer of at least 1")
    }

    @Test func optionsHoldOptions() throws {
        struct Outer: SettingOptions {
            var inner = Options()
            static let settings = Options.settings.map { $0.within(\Outer.inner) }
        }
        var outer = Outer()
        let setting = try #require(Outer.settings.first)
        #expect(setting.set(.integer(4), in: &outer) == nil)
        #expect(outer.inner.count == 4)
        #expect(setting.set(.integer(0), in: &outer)?.got == "0")
        outer.inner.count = -1
        #expect(outer.problem?.field == "count")
    }
}
