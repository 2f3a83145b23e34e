/// Why a data set could not be made; names the file, the line where there is one, what was
/// expected and what was got.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file cannot be read at all.
    case unreadable(path: String, reason: String)
    /// The file is there and is not what it should be; the hint names an option that may be missing.
    case malformed(path: String, line: Int?, expected: String, got: String, hint: String? = nil)
    /// Arrays or arguments that do not make a data set.
    case invalid(name: String, expected: String, got: String)

    /// One line, whatever a file holds: line ends are escaped and long parts cut.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): \(reason)"
        case .malformed(let path, let line, let expected, let got, let hint):
            "\(path):\(line.map { "\($0):" } ?? "") expected \(expected.shown(500)), "
                + "got \(got.shown(200))\(hint.map { "; \($0.shown(200))" } ?? "")"
        case .invalid(let name, let expected, let got):
            "\(name): expected \(expected.shown(500)), got \(got.shown(200))"
        }
    }
}

extension String {
    /// The text without control characters, up to so many characters of it.
    fileprivate func shown(_ limit: Int) -> String {
        let scalars = unicodeScalars.prefix(limit)
        var text = scalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                text += scalar.escaped(asASCII: true)
            default: text.unicodeScalars.append(scalar)
            }
        }
        if scalars.endIndex < unicodeScalars.endIndex { text += "…" }
        return text
    }
}
