import Engine
import Rendering
import Results
import Testing

/// A study on one screen of a terminal.
@Suite struct OverviewTests {
    @Test func aStudyIsShownInParts() throws {
        let lines = try StudyView(StudyState(events: SampleStudy.events())).overview()
        #expect(
            lines.prefix(3) == [
                "sample: running, 3 of 3 trials (2 running, 1 stopped)", "2 reports, 2 epochs",
                "best error 0.1 (trial 1), size 1e-05 (trial 1)",
            ])
        let titles = ["running (2)", "rungs", "front (1)"]
        #expect(lines.filter { titles.contains($0) } == titles)
        let rung = try #require(lines.firstIndex(of: "rungs"))
        #expect(
            lines[(rung + 1)...].prefix(3) == [
                "rung  trials  stopped  paused  continued",
                "----  ------  -------  ------  ---------",
                "   1       2        1       0          1",
            ])
        // The row of the front: trial, epoch, error.
        #expect(lines.contains { $0.split(separator: " ").prefix(3) == ["1", "1", "0.1"] })
    }

    @Test func aStudyOfNothingIsShown() throws {
        let state = try StudyState(events: [.created(try SampleStudy.definition())])
        let lines = StudyView(state, hasWriter: false).overview(width: 80, height: 24)
        #expect(lines.first == "sample: abandoned, 0 of 3 trials")
        #expect(lines.suffix(3) == ["rungs", "", "front (0)"])
    }

    @Test(arguments: [1, 12, 24, 60], [20, 80])
    func itFitsTheTerminal(height: Int, width: Int) throws {
        var events: [Event] = [.created(try SampleStudy.definition(parameters: ["x", "größe"]))]
        for trial in 1...90 {
            events.append(SampleStudy.start(trial, ["x": Double(trial), "größe": 1]))
        }
        for trial in 1...40 {
            events.append(
                SampleStudy.report(
                    trial, at: 1, ["error": .integer(trial), "size": .integer(-trial)]))
        }
        let lines = StudyView(try StudyState(events: events)).overview(
            width: width, height: height)
        #expect(lines.count <= height)
        #expect(lines.allSatisfy { $0.count <= width })
        guard height >= 24 else { return }
        // Some of both, and how many are not there.
        #expect(lines.contains("front (40)") && lines.contains("running (90)"))
        let counted = lines.filter { $0.hasPrefix("… and ") && $0.hasSuffix(" more") }
        #expect(counted.count == 2)
    }

    @Test func whatATerminalWouldObeyIsShown() {
        #expect(!cutLine("a\u{1B}[2Jb\n", to: nil).contains { $0 == "\u{1B}" || $0 == "\n" })
        #expect(cutLine("日本語", to: 6) == "日本語")
        #expect(cutLine("日本語", to: 5) == "日本…")
        #expect(cutLine("abc", to: 0) == "")
    }
}
