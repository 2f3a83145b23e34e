internal import Engine
internal import Platform
internal import Running
internal import Synchronization

/// What every executor must do under a `StudyLoop`.
///
/// Each check runs studies whose trials follow plans, and compares their events with those that
/// functions make.
///
/// ```swift
/// @Test(arguments: ExecutorConformance.checks)
/// func processes(check: ConformanceCheck<any ExecutorKind>) throws {
///     #expect(try check.findings(for: ProcessKind()) == [])
/// }
/// ```
public enum ExecutorConformance {
    /// The checks, each by itself.
    public static let checks: [ConformanceCheck<any ExecutorKind>] = [
        .init("trials that lose at a rung are stopped") { try same($0, type: .stopping, &$1) },
        .init("trials pause at a rung and continue later") { try same($0, type: .promotion, &$1) },
        .init("trials return, fail and are tried again", endings),
        .init("a study runs in as few slots as one, and in more than trials", slots),
        .init("a study is resumed from any beginning of its events", resuming),
        .init("an interrupted study continues as if it had not been", interrupting),
        .init("decisions are worked out beside the loop", deciding),
    ]

    /// Runs a study whose journal is empty, and compares.
    private static func compare(
        _ definition: StudyDefinition, with kind: any ExecutorKind,
        plan: (Int) -> TrialPlan = ExecutorCases.steady, _ findings: inout Findings
    ) throws -> ExecutorRun {
        let journal = RecordedJournal()
        let run = try ExecutorRun(ExecutorStudy(definition, journal: journal, plan: plan), kind)
        let expected = try ExecutorCases.reference(definition, plan: plan)
        findings.expect(journal.events, equal: expected)
        findings.expect(run.reason == .trialsDone, "the study did not come to its end")
        findings.expect(run.isClosed, "the executor was not closed")
        return run
    }

    private static func same(
        _ kind: any ExecutorKind, type: Hyperband.Kind, _ findings: inout Findings
    ) throws {
        let definition = try ExecutorCases.definition(kind: type)
        let run = try compare(definition, with: kind, &findings)
        findings.expect(run.refusals.isEmpty, "refused: \(run.refusals)")
    }

    static func endings(_ kind: any ExecutorKind, _ findings: inout Findings) throws {
        for retries in [0, 2] {
            for type in Hyperband.Kind.allCases {
                let definition = try ExecutorCases.definition(
                    kind: type, trials: 24, retries: retries)
                let run = try compare(
                    definition, with: kind, plan: ExecutorCases.plan, &findings)
                findings.expect(
                    run.refusals.allSatisfy { $0.hasPrefix("error: expected a number") },
                    "refused: \(run.refusals)")
                findings.expect(!run.refusals.isEmpty, "no wrong report was refused")
            }
        }
    }

    static func slots(_ kind: any ExecutorKind, _ findings: inout Findings) throws {
        for slots in [1, 12] {
            let definition = try ExecutorCases.definition(
                kind: .promotion, trials: 8, slots: slots)
            _ = try compare(definition, with: kind, &findings)
        }
    }

    static func resuming(_ kind: any ExecutorKind, _ findings: inout Findings) throws {
        let definition = try ExecutorCases.definition(kind: .promotion, trials: 8, slots: 3)
        let full = RecordedJournal()
        let whole = ExecutorStudy(definition, journal: full, plan: ExecutorCases.steady)
        _ = try ExecutorRun(whole, FunctionKind())
        let arrivals = full.arrivals(after: 0)
        for count in stride(from: 1, to: full.events.count, by: 5) {
            let events = Array(full.events.prefix(count))
            let reported = events.count { if case .reported = $0 { true } else { false } }
            // All reports that are committed, and two that are not.
            let last = arrivals.indices.filter { index in
                events.contains { $0.isReport(of: arrivals[index]) }
            }.max()
            let received = min(arrivals.count, (last.map { $0 + 1 } ?? 0) + 2)
            findings.expect(received >= reported)
            let journal = RecordedJournal(
                events: events, arrivals: Array(arrivals.prefix(received)))
            let study = ExecutorStudy(definition, journal: journal, plan: ExecutorCases.steady)
            let run = try ExecutorRun(study, kind)
            findings.expect(journal.events.effective, equal: full.events, "from event \(count)")
            findings.expect(run.refusals.isEmpty, "refused: \(run.refusals)")
        }
    }

    static func interrupting(_ kind: any ExecutorKind, _ findings: inout Findings) throws {
        let definition = try ExecutorCases.definition(kind: .promotion, trials: 8, slots: 3)
        let expected = try ExecutorCases.reference(definition, plan: ExecutorCases.steady)
        let reports = expected.count { if case .reported = $0 { true } else { false } }
        for count in [1, reports / 3, reports * 2 / 3] {
            let journal = RecordedJournal()
            let study = ExecutorStudy(
                definition, journal: journal,
                isInterrupted: { journal.arrivals(after: 0).count >= count },
                plan: ExecutorCases.steady)
            let run = try ExecutorRun(study, kind)
            findings.expect(run.reason == .interrupt, "interrupted at report \(count)")
            findings.expect(run.isClosed, "the executor was not closed")
            let rest = ExecutorStudy(definition, journal: journal, plan: ExecutorCases.steady)
            let resumed = try ExecutorRun(rest, kind)
            findings.expect(resumed.reason == .trialsDone, "resumed at report \(count)")
            findings.expect(journal.events.effective, equal: expected, "at report \(count)")
        }
    }

    static func deciding(_ kind: any ExecutorKind, _ findings: inout Findings) throws {
        let definition = try ExecutorCases.definition(kind: .promotion)
        let journal = RecordedJournal()
        let threads = DecisionThreads()
        let policy = DelayedPolicy(definition) { _ in threads.noteDecision() }
        let study = ExecutorStudy(
            definition, journal: journal, policy: policy, plan: ExecutorCases.steady)
        try kind.run(study) { loop, executor in
            threads.noteLoop()
            _ = try loop.run(executor)
        }
        findings.expect(
            journal.events,
            equal: try ExecutorCases.reference(definition, plan: ExecutorCases.steady))
        let (all, here) = threads.counts
        findings.expect(all > 16, "\(all) decisions were worked out")
        findings.expect(here == 0, "\(here) of \(all) decisions were worked out by the loop")
    }

    /// On which threads decisions are worked out.
    private final class DecisionThreads: Sendable {
        private let state = Mutex((loop: SystemThread?.none, all: 0, here: 0))
        var counts: (all: Int, here: Int) { state.withLock { ($0.all, $0.here) } }
        func noteLoop() { state.withLock { $0.loop = .current } }
        func noteDecision() {
            state.withLock { state in
                state.all += 1
                if state.loop?.isCurrent == true { state.here += 1 }
            }
        }
    }
}

extension Event {
    fileprivate func isReport(of arrival: ReceivedReport) -> Bool {
        guard case .reported(let reported) = self else { return false }
        return reported.trial == arrival.trial && reported.report.resource == arrival.resource
    }
}

extension Findings {
    /// Events must be those expected, but for the wording of errors.
    fileprivate mutating func expect(
        _ events: [Event], equal expected: [Event], _ what: String = "a study"
    ) {
        let (got, wanted) = (
            ExecutorCases.withoutErrors(events), ExecutorCases.withoutErrors(expected)
        )
        guard got != wanted else { return }
        let number = zip(got, wanted).prefix { $0 == $1 }.count
        expect(
            false,
            "\(what): event \(number) of \(wanted.count) is \(got.dropFirst(number).prefix(1)), "
                + "expected \(wanted.dropFirst(number).prefix(1))")
    }
}
