import Engine
import Running
import Testing

/// Which of the lines that a program prints are reports.
@Suite struct PrintedReportTests {
    private func reports(_ pattern: String? = nil) throws -> PrintedReports {
        PrintedReports(
            try pattern.map { .pattern(try ReportPattern($0)) } ?? .json, ReportNames(try study()))
    }

    @Test func objectsWithTheNamesAreReports() throws {
        var reports = try reports()
        #expect(
            reports.fields(in: Array("{\"epoch\": 1, \"error\": 0.5}".utf8))
                == fields(1, error: 0.5))
        #expect(
            reports.fields(in: Array(" {\"epoch\":2,\"error\":1e-3,\"a\":[1],\"b\":null}\r".utf8))
                == fields(2, error: 0.001))
        #expect(
            reports.fields(in: Array("{\"epoch\":3,\"error\":4,\"run\":\"x\",\"ok\":true}".utf8))
                == [
                    "epoch": .integer(3), "error": .integer(4), "run": .string("x"),
                    "ok": .boolean(true),
                ])
        #expect(reports.count == 3)
        #expect(reports.nearest == nil)
    }

    /// As Python's `json` writes them.
    @Test(arguments: [
        ("NaN", Double.nan), ("Infinity", .infinity), ("-Infinity", -.infinity), ("null", .nan),
    ])
    func valuesThatAreNoNumbersAreKept(word: String, value: Double) throws {
        var reports = try reports()
        let found = reports.fields(in: Array("{\"error\": \(word), \"epoch\": 1}".utf8))
        #expect(found == fields(1, error: value))
    }

    @Test func theNearestLineIsTold() throws {
        var reports = try reports()
        for line in ["epoch 1", "{\"epoch\":1,\"err\":2}", "{\"epoch\":1", "done", "", "{}"] {
            #expect(reports.fields(in: Array(line.utf8)) == nil)
        }
        #expect(reports.nearest == "{\"epoch\":1,\"err\":2}")
    }

    /// What is passed over is told as the other lines are; what may be a report is not passed over.
    @Test func linesThatNeedNoReading() throws {
        var reports = try reports()
        func passes(_ line: String) -> Bool {
            Array(line.utf8).withUnsafeBytes { reports.passes(over: $0) }
        }
        #expect(passes("\n"))
        #expect(reports.nearest == nil)
        #expect(passes("epoch 1\n"))
        #expect(passes("  done \n"))
        #expect(passes(" \n"))
        #expect(reports.nearest == "  done ")
        #expect(!passes(" {\"epoch\":1}\n"))
        #expect(reports.fields(in: Array("{\"epoch\":1}".utf8)) == nil)
        #expect(passes(String(repeating: "x", count: 300) + "\n"))
        #expect(reports.nearest == "{\"epoch\":1}")
        var pattern = try self.reports("epoch=(?epoch) err=(?error)")
        #expect(!Array("x\n".utf8).withUnsafeBytes { pattern.passes(over: $0) })
    }

    @Test func patternsNameNumbers() throws {
        var reports = try reports("epoch=(?epoch) .*err=(?error)")
        #expect(
            reports.fields(in: Array("[x] epoch=12 loss=1 err=-1.5e-3!".utf8))
                == fields(12, error: -0.0015))
        #expect(reports.fields(in: Array("epoch=1 err=nan".utf8)) == fields(1, error: .nan))
        #expect(reports.fields(in: Array("epoch=x err=1".utf8)) == nil)
        #expect(reports.nearest == "epoch=x err=1")
    }

    private static let matches: [(String, String, Int?)] = [
        ("^(?n)$", "7", 7), ("^(?n)$", " 7", nil), ("%s+(?n)", "a  7", 7),
        ("[%a_]-=(?n)", "a_b=3", 3),
        ("(?n)%%", "10%", 10), ("(?n)e", "12e", 12), ("x?y*(?n)", "yy4", 4),
        ("%[(?n)/%d+%]", "[3/10]", 3),
        ("[^%d](?n)", "1a2", 2), ("(a+)(?n)", "baa5", 5), ("%b()(?n)", "(1(2))3", 3),
        ("%f[%w]n (?n)", "in n 4", 4), (".-: (?n)", "a: b: 2", 2), ("[a-c]+(?n)", "xbca9", 9),
        ("[]]+(?n)", "]]6", 6), ("[%]-]+(?n)", "-]6", 6), ("n (?n)", "n +5", 5),
        ("(?n)$", "5 ", nil),
    ]

    @Test(arguments: matches)
    func patternsMeanWhatTheyMeanToLua(pattern: String, line: String, number: Int?) throws {
        let found = try ReportPattern(pattern).fields(in: Array(line.utf8))
        #expect(found?["n"] == number.map { .integer($0) })
    }

    @Test(arguments: [
        "", "a", "(?", "(?)", "(?n", "(?n)(", "(?n))", "[(?n)", "%", "(?n)%1", "%b(", "%fx",
    ])
    func whatIsNoPatternIsRefused(pattern: String) {
        #expect(throws: SettingError.self) { try ReportPattern(pattern) }
    }

    /// A pattern that tries for ever is given up.
    @Test func aPatternThatTriesForEverEnds() throws {
        let pattern = try ReportPattern(String(repeating: "a*", count: 30) + "(?n)")
        #expect(pattern.fields(in: Array(String(repeating: "a", count: 200).utf8)) == nil)
    }
}
