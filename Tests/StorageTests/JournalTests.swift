import EngineTesting
import Testing

@Suite("Journals")
struct JournalTests {
    /// The journals there are.
    static let kinds: [any JournalKind] = [MemoryKind(), SQLiteKind()]

    @Test(arguments: kinds, JournalConformance.checks)
    func conformance(kind: any JournalKind, check: ConformanceCheck<any JournalKind>) throws {
        let findings = try check.findings(for: kind)
        #expect(findings == [])
    }
}
