/// A column by its name, or by its number: from 1 on, or from −1, the last, backwards.
public enum ColumnReference: Sendable, Equatable, CustomStringConvertible {
    case name(String)
    case number(Int)

    public var description: String {
        switch self {
        case .name(let name): name
        case .number(let number): "\(number)"
        }
    }
}

extension ColumnReference: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// A column by its name.
    public init(stringLiteral name: String) { self = .name(name) }
    /// A column by its number.
    public init(integerLiteral number: Int) { self = .number(number) }
}

/// Where features come from, for another file that is to be read alike.
struct FeatureLayout: Sendable {
    /// The columns of a table; empty for other sources.
    var columns: [TableColumn] = []
    /// The other columns that such a table may have.
    var ignored = IgnoredColumns.named([])
    /// By what the features are shifted and scaled, if they are.
    var scaling: FeatureScaling?
    /// Whether the indices of a file in LIBSVM's format count from 0; nil for other sources.
    var isZeroBased: Bool?
}
