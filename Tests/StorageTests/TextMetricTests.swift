import Engine
import Storage
import Testing

/// Metrics that are no numbers, and names that look alike, in a study's file.
@Suite("Texts and booleans among the metrics") struct TextMetricTests {
    private static let reports: [[Name: Value]] = [
        ["error": .real(1), "note": .string("nan"), "flag": .boolean(true)],
        ["error": .real(.nan), "note": .real(.nan), "flag": .string("yes")],
        ["error": .string("none"), "note": .bytes([0, 255]), "\u{e9}": .integer(1)],
        ["error": .real(2), "e\u{301}": .string("two"), "\u{e9}": .boolean(false)],
        ["error": .real(3)],
    ]

    @Test("a study gives back what was reported, also where kinds change under a name")
    func roundTrip() throws {
        let path = try Scratch().path("study.db")
        let arrivals = Self.reports.enumerated().map { index, values in
            ReceivedReport(
                trial: 1, resource: Resource(index + 1), metrics: Metrics(values: values))
        }
        let journal = try SQLiteJournal.create(at: path, about: .test)
        for arrival in arrivals { #expect(journal.receive(arrival)) }
        try journal.close()
        #expect(try StudyFile.read(at: path).arrivals == arrivals)
        let again = try SQLiteJournal.open(at: path)
        #expect(again.receive(ReceivedReport(trial: 1, resource: 9, metrics: arrivals[3].metrics)))
        try again.close()
        let last = try StudyFile.read(at: path).arrivals.last
        #expect(last?.metrics == arrivals[3].metrics)
    }

    @Test("SQL sees a text as a text and a boolean as 0 or 1")
    func columns() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        journal.receive(
            ReceivedReport(trial: 1, resource: 1, metrics: Metrics(values: Self.reports[0])))
        try journal.close()
        let rows = try Database(path).rows("SELECT error, note, flag, more FROM reports")
        #expect(rows.first?["note"] == .string("nan") && rows.first?["flag"] == .integer(1))
        #expect(rows.first?["error"] == .real(1) && rows.count == 1)
    }
}
