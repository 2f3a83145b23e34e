import Engine
import Results
import Testing

/// Runs of one experiment under several settings, beside one another.
@Suite struct ComparisonTests {
    /// The trace of a study whose trials each report once, one after the other.
    private func trace(_ reports: [(resource: Int, error: Double, size: Double)]) throws
        -> FrontTrace
    {
        var events: [Event] = [.created(try SampleStudy.definition())]
        var time = 0
        for (index, report) in reports.enumerated() {
            let trial = index + 1
            time += report.resource
            events.append(SampleStudy.start(trial, ["x": Double(trial)]))
            let metrics: [Name: Number] = [
                "error": .real(report.error), "size": .real(report.size),
            ]
            events.append(
                .reported(
                    .init(
                        trial: trial,
                        report: Report(
                            resource: Resource(report.resource), metrics: Metrics(metrics),
                            time: time))))
        }
        return FrontTrace(StudyView(try StudyState(events: events)))
    }

    @Test func aTraceHasWhatJoinedTheFrontAndWhatHadBeenSpent() throws {
        let trace = try trace([(3, 5, 5), (4, 6, 6), (9, 1, 7), (2, .nan, 1)])
        #expect(trace.spent == 18 && trace.maxResource == 9)
        #expect(trace.steps.map(\.spent) == [3, 16])
        #expect(trace.steps.map(\.values) == [[5, 5], [1, 7]])
    }

    /// Worked out by hand.
    @Test func sharesAreOfTheFrontOfAllRuns() throws {
        let a = try trace([(9, 5, 8), (9, 1, 5)])
        let b = try trace([(9, 6, 8), (9, 5, 2)])
        let comparison = Comparison([
            .init(name: "a", runs: [a]), .init(name: "b", runs: [b]),
        ])
        // Errors range from 1 to 6 and sizes from 2 to 8: the reference is (6.5, 8.6).
        let all = (6.5 - 1) * (8.6 - 5) + (6.5 - 5) * (5 - 2)
        #expect(comparison.budgets == [4, 9, 18])
        #expect(comparison.results.map(\.name) == ["a", "b"])
        func shares(_ index: Int) -> [Double] { comparison.results[index].shares.map(\.mean) }
        func isClose(_ left: [Double], _ right: [Double]) -> Bool {
            zip(left, right).allSatisfy { abs($0 - $1) < 1e-12 } && left.count == right.count
        }
        #expect(isClose(shares(0), [0, 1.5 * 0.6 / all, 5.5 * 3.6 / all]), "\(shares(0))")
        #expect(isClose(shares(1), [0, 0.5 * 0.6 / all, 1.5 * 6.6 / all]), "\(shares(1))")
        #expect(comparison.results.map(\.meanRank) == [1, 2])
        #expect(comparison.results.map(\.spent) == [18, 18])
        // The less is b's 9.9; a has 0.9 after 9, and b all of it after 18.
        #expect(comparison.results.map(\.levelAfter) == [18, 18])
    }

    @Test func levelIsReachedWhereTheLastEnds() throws {
        let slow = try trace([(3, 5, 8), (3, 4, 8), (3, 3, 8), (9, 3, 9)])
        let fast = try trace([(2, 5, 8), (4, 2, 7), (3, 1, 6), (9, 1, 9)])
        let comparison = Comparison([
            .init(name: "slow", runs: [slow]), .init(name: "fast", runs: [fast]),
        ])
        #expect(comparison.results.map(\.name) == ["fast", "slow"])
        #expect(comparison.results.map(\.levelAfter) == [6, 9])
        #expect(comparison.text().contains("level after"))
    }

    @Test func equalRunsShareTheirRank() throws {
        let run = try trace([(9, 1, 5)])
        let comparison = Comparison(["a", "b", "c"].map { .init(name: $0, runs: [run, run]) })
        #expect(comparison.results.map(\.meanRank) == [2, 2, 2])
        #expect(comparison.seeds == 2)
    }

    /// Without a valid report there is no hypervolume, and no share of it.
    @Test func runsWithoutAFrontHaveNoShare() throws {
        let run = try trace([(9, .nan, 5)])
        let comparison = Comparison([.init(name: "a", runs: [run])])
        #expect(comparison.results[0].shares.map(\.mean) == [0, 0])
        let empty = Comparison([.init(name: "a", runs: [try trace([])])])
        #expect(empty.budgets == [0] && empty.results[0].shares.map(\.mean) == [0])
    }

    @Test func anIntervalHoldsTheMeanAndNarrows() {
        let few = BootstrapInterval([0, 1, 0, 1])
        let many = BootstrapInterval((0..<400).map { Double($0 % 2) })
        #expect(few.mean == 0.5 && many.mean == 0.5)
        #expect(few.low < 0.5 && few.high > 0.5 && few.low >= 0 && few.high <= 1)
        // 1.96 · √(0.25 / 400) = 0.049 to either side.
        #expect(abs(many.high - many.low - 0.098) < 0.015, "\(many)")
        #expect(BootstrapInterval([3]) == BootstrapInterval([3, 3, 3]))
        #expect(BootstrapInterval([0, 1, 5, 2]) == BootstrapInterval([0, 1, 5, 2]))
    }

    @Test func theTableNamesSettingsBudgetsAndIntervals() throws {
        let a = try trace([(9, 5, 8), (9, 1, 5)])
        let comparison = Comparison([.init(name: "a", runs: [a])])
        let lines = comparison.text().split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("sample: share of the hypervolume found by all"))
        #expect(lines[0].contains("(1 seed, 95 % bootstrap intervals)"))
        #expect(lines[1].split(separator: " ").prefix(4) == ["settings", "4", "9", "18"])
        #expect(lines[3].hasPrefix("a         0.0 (0.0–0.0)"), "\(lines[3])")
        #expect(lines[3].contains("100.0 (100.0–100.0)  1.00       18"), "\(lines[3])")
    }
}
