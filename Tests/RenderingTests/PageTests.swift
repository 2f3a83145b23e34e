import Foundation
import Rendering
import Testing

@Suite struct PageTests {
    private let page = ScatterPlot(
        title: "<study> & \"co\"",
        objectives: [.init("score", goal: .higher), .init("seconds", goal: .lower)],
        resource: .init("epoch"), parameters: ["layer", "alpha"],
        trials: [
            .init(id: 7, details: [.init("alpha", "1e-4"), .init("layer", "<script>x</script>")]),
            .init(id: 9, details: [.init("alpha", "0.1")]),
        ],
        points: [
            .init(
                trial: 7, resource: 1, objectives: [0.5, 2], details: [.init("loss", "1.5")],
                isOnFront: true),
            .init(trial: 9, resource: 3, objectives: [0.9, 3], isOnFront: true),
            .init(trial: 9, resource: 4, objectives: [0.4, .nan], isOnFront: false),
        ]
    ).html()

    @Test func isWellFormedAndSelfContained() throws {
        let drawing = try Drawing(page)
        #expect(drawing.elements.first { $0.name == "title" }?.text == "<study> & \"co\"")
        let loading: Set<String> = ["src", "href", "xlink:href", "action", "data"]
        #expect(drawing.elements.allSatisfy { loading.isDisjoint(with: $0.attributes.keys) })
        #expect(!page.contains("@import") && !page.contains("url("))
        #expect(drawing.elements.count { $0.name == "script" } == 2)
        #expect(drawing.elements.count { $0.name == "svg" } == 1)
        // A table of all is there, so no note says why not.
        #expect(drawing.elements.count { $0.attributes["class"] == "hint" && $0.name == "p" } == 1)
        #expect(!page.contains(">nil<"))
    }

    @Test func tablesHoldTheFrontBestFirstAndAllReports() throws {
        let drawing = try Drawing(page)
        let header = ["trial", "epoch", "score", "seconds", "loss", "layer", "alpha"]
        #expect(
            drawing.elements.filter { $0.name == "th" }.map(\.text) == header + header)
        let cells = drawing.elements.filter { $0.name == "td" }.map(\.text)
        let nine = ["9", "3", "0.9", "3", "", "", "0.1"]
        let seven = ["7", "1", "0.5", "2", "1.5", "<script>x</script>", "1e-4"]
        #expect(cells == nine + seven + seven + nine + ["9", "4", "0.4", "nan", "", "", "0.1"])
    }

    /// Empty cells and `nan` among them.
    @Test func onlyColumnsOfWordsBeginAtTheLeft() throws {
        let texts = try Drawing(page).elements.filter { $0.attributes["class"] == "text" }
        #expect(texts.map(\.name) == ["th", "td", "td", "th", "td", "td", "td"])
        #expect(Set(texts.map(\.text)) == ["layer", "<script>x</script>", ""])
    }

    @Test func theScriptGetsEveryReportWithItsConfiguration() throws {
        let element = try Drawing(page).elements.first { $0.attributes["id"] == "data" }
        let text = try #require(element).text
        let data = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let points = try #require(data["points"] as? [String: Any])
        #expect(points["trial"] as? [Int] == [7, 9, 9])
        #expect(points["resource"] as? [Int] == [1, 3, 4])
        let objectives = try #require(points["objectives"] as? [[Any]])
        #expect(objectives[0] as? [Double] == [0.5, 0.9, 0.4])
        #expect(objectives[1][2] is NSNull)
        #expect(points["shown"] as? [Int] == [0, 1] && points["front"] as? [Int] == [0, 1])
        let names = try #require(data["names"] as? [String])
        let trials = try #require(data["trials"] as? [String: [Any]])
        let seven = try #require(trials["7"])
        let first = try #require(seven[0] as? Int)
        #expect(names[first] == "alpha")
        #expect(seven[3] as? String == "<script>x</script>")
        #expect((data["panels"] as? [Any])?.count == 1)
    }

    @Test func aLargePageHasNoTableOfAll() throws {
        let points = (0..<1_001).map { index in
            ScatterPlot.Point(
                trial: 1, resource: Double(index), objectives: [Double(index), 1], isOnFront: false)
        }
        let large = ScatterPlot(
            title: "large", objectives: [.init("a"), .init("b")], resource: .init("epoch"),
            trials: [], points: points
        ).html()
        let drawing = try Drawing(large)
        #expect(drawing.elements.count { $0.name == "table" } == 1)
        #expect(
            drawing.elements.contains {
                $0.text == "With more than 1000 reports there is no table of all."
            })
    }
}
