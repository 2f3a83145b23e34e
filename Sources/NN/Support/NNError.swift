/// What a network refuses to do, and why.
///
/// The text of each case is a lower-case sentence that names the option or the data at fault, what
/// was expected and what was got; option names are those of scikit-learn and of the Lua API.
public enum NNError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An option has a value it cannot take.
    case invalidOption(name: String, expected: String, got: String)
    /// An operation that needs a trained network was called on one that has never seen data.
    case notFitted(operation: String)
    /// The data has another number of features than the data the network was trained on.
    case featureCount(expected: Int, got: Int)
    /// The data has labels the network was not trained on.
    case unknownClasses(known: [ClassLabel], unknown: [ClassLabel])
    /// A classifier was given data that it cannot learn classes from.
    case unsuitableData(expected: String, got: String)
    /// A file holds no network, or one this program cannot read.
    case unsuitableFile(path: String, expected: String, got: String)
    /// An operation that does not go together with an option.
    case unsupported(String)

    public var description: String {
        switch self {
        case .invalidOption(let name, let expected, let got):
            "\(name): expected \(expected), got \(got)"
        case .notFitted(let operation):
            "\(operation): the network has not been trained yet, call fit or partial_fit first"
        case .featureCount(let expected, let got):
            "the network was trained on \(expected) features, the data set has \(got)"
        case .unknownClasses(let known, let unknown):
            "the data set has classes the network was not trained on: \(list(unknown)); "
                + "it knows \(list(known))"
        case .unsuitableData(let expected, let got):
            "expected \(expected), got \(got)"
        case .unsuitableFile(let path, let expected, let got):
            "\(path): expected \(expected), got \(got)"
        case .unsupported(let text):
            text
        }
    }
}

private func list(_ labels: [ClassLabel]) -> String {
    let shown = labels.prefix(10).map(\.description).joined(separator: ", ")
    return labels.count > 10 ? shown + ", …" : shown
}
