import Engine
import Foundation
import Rendering
import Results
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Every view of a study as a picture.
@Suite struct StudyPlotTests {
    private static let hostile = "</text><script>'\"&\u{1}"

    /// A study in which some trials complete, some are stopped, one fails, one has no report; a choice
    /// whose branches have parameters of their own.
    private static func view(objectives: Int, trials: Int = 24) throws -> StudyView {
        let names = (0..<objectives).map { $0 == 0 ? hostile : "metric \($0)" }
        let space = try SearchSpace([
            .init(hostile, .domain(.real(RealDomain(1e-5, 1, log: true)))),
            .init("n", .domain(.int(IntDomain(1, 9)))),
            .init(
                "solver",
                .choice([
                    .init(
                        "adam",
                        try SearchSpace([.init("a.b", .domain(.real(RealDomain(0, 1))))])),
                    .init(hostile, .empty),
                ])),
        ])
        let definition = try StudyDefinition(
            name: hostile, seed: 1, space: space,
            objectives: names.enumerated().map {
                try Objective($1, $0 % 2 == 0 ? .minimize : .maximize)
            },
            hyperband: Hyperband(timeAttribute: "epoch", maxResource: 27, kind: .stopping),
            trialLimit: 100, slots: 3)
        var events: [Event] = [.created(definition)]
        for trial in 1...max(1, trials) where trials > 0 {
            events += self.events(of: trial, names)
        }
        return StudyView(try StudyState(events: events))
    }

    private static func events(of trial: Int, _ names: [String]) -> [Event] {
        let place = Double(trial * 7 % 24) / 24
        var entries: [Configuration.Entry] = [
            .init(hostile, .real(pow(10, -5 * place))), .init("n", .integer(1 + trial % 9)),
            .init("solver", .string(trial % 3 == 0 ? hostile : "adam")),
        ]
        if trial % 3 != 0 { entries.append(.init("solver.a.b", .real(place))) }
        let start = Event.started(
            .init(
                trial: trial, configuration: Configuration(entries), bracket: 0,
                time: trial / 3 * 9))
        guard trial != 5 else {
            return [
                start,
                .ended(.init(trial: trial, outcome: .failed("no luck"), time: trial)),
            ]
        }
        let epochs = trial % 4 == 0 ? 27 : 3
        let reports = (1...epochs).map { epoch -> Event in
            let value = place + 1 / Double(epoch)
            let metrics = names.enumerated().map { index, name in
                (Name(name), Number.real(index % 2 == 0 ? value : value * Double(index)))
            }
            return SampleStudy.report(
                trial, at: epoch, Dictionary(metrics) { first, _ in first })
        }
        let end: Event =
            epochs == 27
            ? .ended(.init(trial: trial, outcome: .reachedMaximum, time: trial / 3 * 9 + 27))
            : SampleStudy.decision(trial, at: 3, .stop, rank: 2, outOf: 3)
        return [start] + reports + [end]
    }

    private func texts(_ svg: String) throws -> [String] {
        let reader = TextReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(!reader.elements.contains("script"))
        return reader.texts
    }

    @Test(arguments: StudyPlot.allCases, [1, 2, 6])
    func everyViewIsDrawn(plot: StudyPlot, objectives: Int) throws {
        let texts = try texts(Self.view(objectives: objectives).svg(plot))
        // The title, escaped and read back.
        #expect(texts.contains { $0.hasPrefix("</text><script>") })
        switch plot {
        case .front: #expect(texts.contains { $0.contains("other report") })
        case .curves:
            #expect(texts.contains("6 completed") && texts.contains("17 stopped"))
            #expect(texts.contains("1 trial without a report"))
        case .parallel:
            #expect(texts.contains("solver") && texts.contains("adam"))
            #expect(texts.contains("has no such value"))
        case .importance:
            #expect(texts.contains("the front") == (objectives > 1))
            #expect(texts.contains { $0.contains("PED-ANOVA") })
        case .hypervolume:
            #expect(texts.contains { $0.hasPrefix(objectives == 1 ? "best " : "hypervolume") })
        case .rungs: #expect(texts.contains("17") && texts.contains("epochs spent"))
        case .timeline: #expect(texts.contains("slot") && texts.contains("virtual time"))
        }
    }

    @Test(arguments: StudyPlot.allCases, [1, 2, 6])
    func aStudyWithoutTrialsIsDrawnEmpty(plot: StudyPlot, objectives: Int) throws {
        let texts = try texts(Self.view(objectives: objectives, trials: 0).svg(plot))
        #expect(!texts.joined().contains("nan") && !texts.isEmpty)
    }

    @Test func tooManyCurvesAreThinnedAndTheFrontIsKept() throws {
        let view = try Self.view(objectives: 2, trials: 2_000)
        let text = try texts(view.svg(.curves)).joined(separator: "\n")
        #expect(text.contains("of 1999 trials drawn, evenly chosen"))
        #expect(view.svg(.curves).utf8.count < 3_000_000)
        #expect(
            try texts(view.svg(.parallel)).contains("1500 of 2000 trials drawn, evenly chosen")
                || texts(view.svg(.parallel)).contains { $0.hasSuffix("drawn, evenly chosen") })
    }

    @Test func anUnknownViewIsNamedWithTheNearest() {
        #expect(throws: UnknownPlot(name: "curve")) { try StudyPlot(named: "curve") }
        #expect("\(UnknownPlot(name: "curve"))".hasSuffix("got \"curve\"; did you mean curves?"))
        #expect(
            "\(UnknownPlot(name: "pie"))".hasPrefix(
                "expected one of \"front\", \"curves\", \"parallel\", \"importance\", "
                    + "\"hypervolume\", \"rungs\", \"timeline\", got \"pie\""))
    }

    /// What the page copies as a configuration: a name with a point is one step.
    @Test func aNameWithAPointIsOneStep() throws {
        let json = try PageDocument(Self.view(objectives: 1)).json.serialized()
        #expect(json.contains("\"steps\":[\"solver\",\"a.b\"]"))
    }
}

/// Collects the texts and the names of elements.
private final class TextReader: NSObject, XMLParserDelegate {
    var texts: [String] = []
    var elements: Set<String> = []
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        elements.insert(name)
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        if name == "text" { texts.append(text) }
    }
}
