import Rendering
import Testing

@Suite struct FittedLineTests {
    private static let forms = [
        ["toy: 3/10 trials", ", 4 running", " | best a 0.1235", ", b 12.35"],
        ["toy: 3/10 trials", ", 4 running", " | best a 0.123", ", b 12.3"],
    ]

    @Test(arguments: [
        (100, "toy: 3/10 trials, 4 running | best a 0.1235, b 12.35"),
        (52, "toy: 3/10 trials, 4 running | best a 0.1235, b 12.35"),
        // Fewer digits before fewer parts.
        (51, "toy: 3/10 trials, 4 running | best a 0.123, b 12.3"),
        (50, "toy: 3/10 trials, 4 running | best a 0.123, b 12.3"),
        (49, "toy: 3/10 trials, 4 running | best a 0.123 …"),
        (44, "toy: 3/10 trials, 4 running | best a 0.123 …"),
        (43, "toy: 3/10 trials, 4 running …"), (28, "toy: 3/10 trials …"),
        (18, "toy: 3/10 trials …"), (17, "toy: 3/10 trials…"), (5, "toy:…"), (1, "…"), (0, ""),
        (-3, ""),
    ])
    func partsAreShownWholeOrNotAtAll(width: Int, line: String) {
        #expect(fittedLine(Self.forms, to: width) == line)
    }

    @Test func widthIsThatOnTheScreen() {
        #expect(fittedLine([["日本", " | 日本"]], to: 10) == "日本 …")
        #expect(fittedLine([["日本"]], to: 4) == "日本")
        #expect(fittedLine([["日本"]], to: 3) == "日…")
        #expect(fittedLine([], to: 3) == "…")
    }
}
