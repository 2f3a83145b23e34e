import Foundation
import Rendering
import Testing

@Suite struct ScatterPlotTests {
    /// The three front points A, B, C have x = 1, 2, 3. Each list of corners was worked out on
    /// paper: e.g. for lower/lower the border comes down to A, goes right to below nothing but B's
    /// x, down to B, right, down to C, and right to the edge.
    @Test(arguments: [
        (
            ScatterPlot.Goal.lower, ScatterPlot.Goal.lower, [3.0, 2, 1],
            ["A top", "A A", "B A", "B B", "C B", "C C", "right C"]
        ),
        (
            .higher, .higher, [3, 2, 1],
            ["C bottom", "C C", "B C", "B B", "A B", "A A", "left A"]
        ),
        (
            .higher, .lower, [1, 2, 3],
            ["C top", "C C", "B C", "B B", "A B", "A A", "left A"]
        ),
        (
            .lower, .higher, [1, 2, 3],
            ["A bottom", "A A", "B A", "B B", "C B", "C C", "right C"]
        ),
    ])
    func stairsGoByTheWorseOfNeighbours(
        xGoal: ScatterPlot.Goal, yGoal: ScatterPlot.Goal, y: [Double], corners: [String]
    ) throws {
        let svg = plot([(1, y[0]), (2, y[1]), (3, y[2])], xGoal: xGoal, yGoal: yGoal).svg()
        let drawing = try Drawing(svg)
        let frame = drawing.elements.first { $0.styleClass == "frame" }
        let edges = try #require(frame?.attributes["d"]).split { "MVH ".contains($0) }
            .compactMap { Double($0) }
        // A marker's path starts 6 pixels above its middle.
        let markers = drawing.elements.filter { $0.name == "path" && $0.attributes["class"] == nil }
            .compactMap { $0.attributes["d"] }.filter { $0.hasSuffix("z") }
            .map { $0.dropFirst().split { " l".contains($0) }.prefix(2).compactMap { Double($0) } }
        try #require(markers.count == 3)
        var names: [String: Double] = [
            "left": edges[0], "top": edges[1], "bottom": edges[2], "right": edges[3],
        ]
        for (name, marker) in zip(["A", "B", "C"], markers) {
            names[name + "x"] = marker[0]
            names[name + "y"] = marker[1] + 6
        }
        let expected = corners.map { corner in
            let parts = corner.split(separator: " ").map(String.init)
            return [
                names[parts[0] + "x"] ?? names[parts[0]], names[parts[1] + "y"] ?? names[parts[1]],
            ]
        }
        let stairs = drawing.corners("stairs")
        #expect(stairs.count == expected.count)
        for (corner, wanted) in zip(stairs, expected) {
            // The frame is drawn half a pixel off, for sharpness.
            #expect(try abs(corner[0] - #require(wanted[0])) <= 0.6)
            #expect(try abs(corner[1] - #require(wanted[1])) <= 0.6)
        }
    }

    @Test func everyPointIsDrawnOnceAndTheFrontIsMarked() throws {
        let points = (0..<60_000).map { index in
            ScatterPlot.Point(
                trial: index, resource: 1,
                objectives: [Double(index % 251), Double(index % 83)], isOnFront: index < 3)
        }
        let svg = ScatterPlot(
            title: "many", objectives: [.init("a", goal: .higher), .init("b", goal: .lower)],
            resource: .init("epoch"), points: points
        ).svg()
        // One of the dots and one of the markers are the legend's.
        #expect(svg.components(separatedBy: "h.01").count - 1 == 60_000 - 3 + 1)
        #expect(svg.components(separatedBy: "l6 6-6 6-6-6z").count - 1 == 3 + 1)
        #expect(
            try Drawing(svg).texts("legend") == ["59997 other reports", "3 on the Pareto front"])
        #expect(svg.utf8.count < 2_000_000)
    }

    @Test func tooManyDotsAreThinnedAndThePlotSaysSo() throws {
        let points = (0..<20_000).map { index in
            ScatterPlot.Point(
                trial: index, resource: 1,
                objectives: (1...6).map { Double(index * $0 % 97) }, isOnFront: index < 3)
        }
        let svg = ScatterPlot(
            title: "many", objectives: (0..<6).map { .init("f\($0)", goal: .lower) },
            resource: .init("epoch"), points: points
        ).svg()
        // Fifteen panels share 100,000 dots; one more is the legend's.
        #expect(svg.components(separatedBy: "h.01").count - 1 == 15 * 6_666 + 1)
        #expect(
            try Drawing(svg).texts("note") == ["6666 of 19997 other reports drawn, evenly chosen"])
    }

    @Test func axesSayWhichEndIsBetter() throws {
        let drawing = try Drawing(plot([(1, 2)], xGoal: .lower, yGoal: .higher).svg())
        #expect(
            drawing.texts("label") == ["seconds (lower is better)", "score (higher is better)"])
        #expect(drawing.texts("title") == ["study"])
    }

    @Test func oneObjectiveStandsAgainstTheResourceWithALinePerTrial() throws {
        let points = [(1, 1.0, 0.5), (1, 2, 0.7), (2, 1, 0.6), (2, 3, 0.9), (3, 1, 0.4)]
        let svg = ScatterPlot(
            title: "one", objectives: [.init("score", goal: .higher)], resource: .init("epoch"),
            points: points.map {
                .init(trial: $0.0, resource: $0.1, objectives: [$0.2], isOnFront: $0.2 == 0.9)
            }
        ).svg()
        let drawing = try Drawing(svg)
        #expect(drawing.texts("label") == ["epoch", "score (higher is better)"])
        // Trial 3 has one report and so no line; there are no stairs.
        #expect(drawing.count("trial") == 2 && drawing.count("stairs") == 0)
        #expect(drawing.texts("legend") == ["4 other reports", "1 best"])
        #expect(drawing.ticks(anchor: "middle") == ["1", "2", "3"])
    }

    @Test(arguments: [(2, 1), (3, 3), (4, 6), (6, 15)])
    func eachPairOfObjectivesHasAPanel(objectives: Int, panels: Int) throws {
        let svg = ScatterPlot(
            title: "many", objectives: (0..<objectives).map { .init("f\($0)", goal: .lower) },
            resource: .init("epoch"),
            points: [
                .init(
                    trial: 1, resource: 1,
                    objectives: (0..<objectives).map(Double.init), isOnFront: true)
            ]
        ).svg()
        let drawing = try Drawing(svg)
        #expect(drawing.count("frame") == panels)
        // A projection of a front has no border of its own.
        #expect(drawing.count("stairs") == (objectives == 2 ? 1 : 0))
        // Each panel of the diagonal is labelled both ways.
        #expect(drawing.texts("label").count == 2 * (objectives - 1))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func whatIsNotFiniteIsLeftOutAndCounted(value: Double) throws {
        let drawing = try Drawing(plot([(1, 2), (value, 3), (2, value)]).svg())
        #expect(drawing.texts("note") == ["2 of 3 reports not shown: a value is not finite"])
        #expect(drawing.texts("legend").contains("1 on the Pareto front"))
        #expect(try Drawing(plot([(1, 2)]).svg()).texts("note") == [])
    }

    @Test func withoutPointsTheAxesAreEmpty() throws {
        let drawing = try Drawing(plot([]).svg())
        #expect(drawing.texts("legend") == ["0 reports"])
        #expect(
            drawing.elements.contains { $0.text == "0 reports of 0 trials, 0 on the Pareto front" })
    }

    @Test func textsAreEscaped() throws {
        // With a combining mark, "<" is a Character of its own and still opens a tag.
        let evil = "<b>&amp;\"' <\u{338}script>\u{1}"
        let svg = ScatterPlot(
            title: evil, objectives: [.init(evil, goal: .higher), .init("b]]>", goal: .lower)],
            resource: .init(evil),
            points: [
                .init(
                    trial: 1, resource: 1, objectives: [1, 2], isOnFront: true, label: evil)
            ]
        ).svg()
        let read = evil.replacing("\u{1}", with: "\u{FFFD}")
        let drawing = try Drawing(svg)
        #expect(drawing.texts("title") == [read])
        #expect(drawing.texts("mark") == [read])
        #expect(drawing.texts("label") == ["b]]> (lower is better)", read + " (higher is better)"])
        #expect(!svg.utf8.contains(1))
    }

    @Test func longTextsAreCutToTheirRoom() throws {
        let svg = ScatterPlot(
            title: String(repeating: "t", count: 500),
            objectives: [.init(String(repeating: "y", count: 500), goal: .higher)],
            resource: .init("epoch"), points: []
        ).svg()
        let drawing = try Drawing(svg)
        #expect(drawing.texts("title").allSatisfy { $0.hasSuffix("t…") && $0.count < 100 })
        #expect(drawing.texts("label").contains { $0.hasSuffix("y… ↑") && $0.count < 60 })
        // The whole of it is still there for those who ask.
        #expect(drawing.elements.contains { $0.name == "title" && $0.text.count == 500 })
    }
}
