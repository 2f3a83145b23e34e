import Foundation
import Rendering
import Testing

/// Ticks of the horizontal axis, which has room for eight.
@Suite struct AxisTests {
    @Test(arguments: [
        // A twentieth of margin at both ends, then the least step of 1, 2, 2.5 or 5 that fits.
        ([0.02, 0.05], ["0.020", "0.025", "0.030", "0.035", "0.040", "0.045", "0.050"]),
        ([-0.9, 0.9], ["−0.75", "−0.50", "−0.25", "0.00", "0.25", "0.50", "0.75"]),
        ([1, 2, 3], ["1", "2", "3"]),
        ([1, 50], ["0", "10", "20", "30", "40", "50"]),
        ([5.5], ["5.0", "5.2", "5.4", "5.6", "5.8", "6.0"]),
        ([0, 5e6], ["0", "1e+06", "2e+06", "3e+06", "4e+06", "5e+06"]),
        (
            [1.5e-7, 4.5e-7],
            [
                "1.5e-07", "2.0e-07", "2.5e-07", "3.0e-07", "3.5e-07", "4.0e-07", "4.5e-07",
            ]
        ),
        // Most of it small: logarithmic.
        (
            [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1],
            ["1e-06", "1e-05", "0.0001", "0.001", "0.01", "0.1"]
        ),
        ([1, 2, 3, 4, 500], ["1", "3", "10", "30", "100", "300"]),
        // Most of it large: linear, however small the smallest.
        ([0.001, 0.9, 0.9, 0.95], ["0.0", "0.2", "0.4", "0.6", "0.8"]),
        // Zero has no logarithm, and 1 is far beyond the others.
        (
            [0, 1e-4, 1e-3, 1],
            ["0.0000", "0.0002", "0.0004", "0.0006", "0.0008", "0.0010"]
        ),
        // The median is 3: the axis goes no further than 3 + 5 · (3 − 1).
        ([1, 2, 3, 4, 13], ["2", "4", "6", "8", "10", "12"]),
        ([1, 2, 3, 4, 14], ["1", "2", "3", "4"]),
        // Far beyond the others on the logarithmic scale, too: no reason for one.
        ([0.3, 0.4, 0.5, 0.6, 1e30], ["0.30", "0.35", "0.40", "0.45", "0.50", "0.55", "0.60"]),
        (
            [1e-6, 1e-5, 1e-4, 1e-3, 1e30],
            ["1e-06", "3e-06", "1e-05", "3e-05", "0.0001", "0.0003", "0.001"]
        ),
        // Where the median is the best value, nothing is beyond.
        ([5, 5, 5, 80], ["20", "40", "60", "80"]),
    ])
    func ticksAreRound(values: [Double], labels: [String]) throws {
        let drawing = try Drawing(plot(values.map { ($0, 0.5) }).svg())
        #expect(drawing.ticks(anchor: "middle") == labels)
    }

    @Test func whatLiesBeyondAnAxisIsDrawnAtItsEndAndCounted() throws {
        let drawing = try Drawing(
            plot([(1, 0.5), (2, 0.6), (3, 0.7), (4, 0.4), (1e6, -1e6)], isOnFront: false).svg())
        #expect(drawing.texts("note") == ["1 of 5 reports beyond an axis, drawn at its end"])
        let frame = drawing.elements.first { $0.styleClass == "frame" }
        let edges = try #require(frame?.attributes["d"]).split { "MVH ".contains($0) }
            .compactMap { Double($0) }
        let last = try #require(
            drawing.elements.last {
                $0.attributes["d"]?.hasSuffix("h.01") == true && $0.styleClass != "dots"
            })
        let place = try #require(last.attributes["d"]).dropFirst().dropLast(4)
            .split(separator: " ").compactMap { Double($0) }
        // The worst corner: right for seconds, low for a score.
        #expect(abs(place[0] - edges[3]) <= 1 && abs(place[1] - edges[2]) <= 1)
    }

    @Test(arguments: [
        (ScatterPlot.ScaleKind.linear, ["0", "100", "200", "300", "400", "500"]),
        (.logarithmic, ["1", "3", "10", "30", "100", "300"]),
    ])
    func theScaleCanBeChosen(kind: ScatterPlot.ScaleKind, labels: [String]) throws {
        let svg = ScatterPlot(
            title: "scale", objectives: [.init("y"), .init("x", scale: kind)],
            resource: .init("epoch"),
            points: [1.0, 2, 500].map {
                .init(trial: 1, resource: 1, objectives: [0, $0], isOnFront: false)
            }
        ).svg()
        #expect(try Drawing(svg).ticks(anchor: "middle") == labels)
    }

    @Test(arguments: [
        [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude],
        [.leastNonzeroMagnitude, .greatestFiniteMagnitude],
        [.greatestFiniteMagnitude], [.leastNonzeroMagnitude], [-.leastNonzeroMagnitude, 0],
        [1e16, 1e16 + 2], [0, .leastNonzeroMagnitude],
        [.leastNonzeroMagnitude, 1e-300, .leastNormalMagnitude],
    ])
    func extremesNeitherTrapNorLeaveThePanel(values: [Double]) throws {
        let svg = plot(values.map { ($0, $0) }, isOnFront: false).svg()
        let drawing = try Drawing(svg)
        let frame = drawing.elements.first { $0.styleClass == "frame" }
        let edges = try #require(frame?.attributes["d"]).split { "MVH ".contains($0) }
            .compactMap { Double($0) }
        let dots = drawing.elements.filter { $0.attributes["d"]?.hasSuffix("h.01") == true }
            .filter { $0.styleClass != "dots" }
        #expect(dots.count == values.count)
        for dot in dots {
            let place = try #require(dot.attributes["d"]).dropFirst().dropLast(4)
                .split(separator: " ").compactMap { Double($0) }
            try #require(place.count == 2)
            #expect((edges[0] - 1...edges[3] + 1).contains(place[0]))
            #expect((edges[1] - 1...edges[2] + 1).contains(place[1]))
        }
    }
}
