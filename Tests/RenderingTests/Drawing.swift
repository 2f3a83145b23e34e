import Foundation
import Rendering
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads an SVG back, to see what a reader would see.
struct Drawing {
    let elements: [Element]

    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
        var styleClass: String { attributes["class"] ?? "" }
    }

    init(_ xml: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        let isValid = parser.parse()
        try #require(isValid, "\(String(describing: parser.parserError))")
        elements = reader.elements
    }

    func texts(_ styleClass: String) -> [String] {
        elements.filter { $0.name == "text" && $0.styleClass == styleClass }.map(\.text)
    }

    /// The labels of the ticks below the panels, or of those beside them.
    func ticks(anchor: String) -> [String] {
        elements.filter { $0.styleClass == "tick" && $0.attributes["text-anchor"] == anchor }
            .map(\.text)
    }

    func count(_ styleClass: String) -> Int { elements.count { $0.styleClass == styleClass } }

    /// The numbers in the paths of a class, in pairs.
    func corners(_ styleClass: String) -> [[Double]] {
        elements.filter { $0.name == "path" && $0.styleClass == styleClass }.flatMap { element in
            let numbers = (element.attributes["d"] ?? "")
                .split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
            return stride(from: 0, to: numbers.count - 1, by: 2).map {
                [numbers[$0], numbers[$0 + 1]]
            }
        }
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            open.append(elements.count)
            elements.append(Element(name: name, attributes: attributes))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if let last = open.last { elements[last].text += string }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
            qualifiedName: String?
        ) {
            open.removeLast()
        }
    }
}

/// A plot of two objectives, all points on the front unless said otherwise.
func plot(
    _ values: [(x: Double, y: Double)], xGoal: ScatterPlot.Goal = .lower,
    yGoal: ScatterPlot.Goal = .higher, isOnFront: Bool = true
) -> ScatterPlot {
    ScatterPlot(
        title: "study",
        objectives: [.init("score", goal: yGoal), .init("seconds", goal: xGoal)],
        resource: .init("epoch"),
        points: values.enumerated().map { index, value in
            .init(
                trial: index, resource: 1, objectives: [value.y, value.x], isOnFront: isOnFront)
        })
}
