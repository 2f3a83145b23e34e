/// How a file of separated values is read.
///
/// ```swift
/// var options = CSVOptions(label: "kind")
/// options.missing = .mean
/// let train = try Dataset(csv: "train.csv", options)
/// options.like = train
/// let test = try Dataset(csv: "test.csv", options)
/// ```
public struct CSVOptions: Sendable {
    /// The column to learn.
    public var label: ColumnReference
    /// Whether that column holds numbers to predict instead of classes.
    public var regression = false
    /// The columns that become features.
    public var columns = ColumnChoice.all
    /// The columns of text among them.
    public var oneHot = OneHotColumns.none
    /// What is made of cells without a value.
    public var missing: MissingValues?
    /// Whether each feature is shifted and scaled to mean 0 and standard deviation 1.
    public var standardize: Bool?
    /// A data set from another such file, whose features this one gets, in their order: a test set
    /// is read like its training set. The means and deviations of `missing` and `standardize` are then
    /// that data set's, and `oneHot` has no meaning.
    public var like: Dataset?
    /// Whether the first line names the columns; nil for yes, unless `names` are given.
    public var header: Bool?
    /// What the columns are called. Without any they are called by their numbers.
    public var names: [String]?
    /// How cells are written.
    public var format = CSVFormat()

    /// - Parameter label: the column to learn.
    public init(label: ColumnReference) { self.label = label }
}

/// How a file writes its cells.
public struct CSVFormat: Sendable, Equatable {
    /// What stands between two cells.
    public var separator: Unicode.Scalar = ","
    /// What stands before a number's fraction.
    public var decimal: Unicode.Scalar = "."
    /// What stands between a number's groups of three digits, if anything does.
    public var thousands: Unicode.Scalar?
    /// What begins a comment, which lasts to the end of the line, if anything does.
    public var comment: Unicode.Scalar?
    /// How many lines are passed over before the file begins.
    public var skippedLines = 0

    /// Cells between commas, numbers with a decimal point, no comments.
    public init() {}
}

/// Which columns of a table become features; the label's never does.
public enum ColumnChoice: Sendable, Equatable {
    case all
    /// These, in this order.
    case only([ColumnReference])
    /// All but these.
    case without([ColumnReference])
}

/// What is made of cells without a value: blank ones, and `NA`, `nan`, `?` and the like among numbers.
public enum MissingValues: Sendable, Equatable {
    /// They are errors.
    case refused
    /// Their rows are left out.
    case dropped
    /// They become the mean of their column's numbers.
    case mean
    /// They become that number.
    case value(Float)
}

extension CSVFormat {
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for characters that cannot be, or that
    ///   mean two things.
    func check() throws {
        guard skippedLines >= 0 else {
            throw DatasetError.invalid(
                name: "skip", expected: "an integer of at least 0", got: "\(skippedLines)")
        }
        for (name, scalar) in [
            ("separator", separator), ("decimal", decimal), ("thousands", thousands),
            ("comment", comment),
        ] {
            guard let scalar, !scalar.isASCII || ["\"", "\n", "\r"].contains(scalar) else {
                continue
            }
            throw DatasetError.invalid(
                name: name, expected: "an ASCII character but a quote or an end of line",
                got: scalar.escaped(asASCII: true))
        }
        // A quoted cell may hold a separator, so that it may be part of a number, too.
        let used: [(name: String, scalar: Unicode.Scalar, others: [Unicode.Scalar?])] = [
            ("decimal", decimal, [thousands]), ("comment", comment ?? "\n", [separator, decimal]),
            ("thousands", thousands ?? "\n", [comment]),
        ]
        for (name, scalar, others) in used {
            let isNumbers = name != "comment" && "0123456789+-eE".unicodeScalars.contains(scalar)
            guard isNumbers || others.contains(scalar) else { continue }
            throw DatasetError.invalid(
                name: name, expected: "a character with no other meaning", got: "\(scalar)")
        }
    }
}
