/// One column of a table and how its cells become features.
struct TableColumn: Sendable, Equatable {
    let name: String
    /// The values of a column of text, each of which has a feature that is 1 where the cell has that
    /// value and 0 elsewhere; nil for a column of numbers, which is one feature.
    let categories: [String]?
    /// What stands in place of a number that is missing; nil where that is an error or a row less.
    var substitute: Float?

    init(name: String, categories: [String]?, substitute: Float? = nil) {
        self.name = name
        self.categories = categories
        self.substitute = substitute
    }

    var featureNames: [String] { categories.map { $0.map { "\(name)=\($0)" } } ?? [name] }
    var width: Int { categories?.count ?? 1 }
}

/// The columns of text in a table that become one feature for each value.
public enum OneHotColumns: Sendable, Equatable {
    /// None: every feature is a number.
    case none
    /// Every column without a single number. A column with both is refused at its first text, since
    /// `NA` among numbers is a missing value and not a category.
    case text
    /// The columns of these names, also where their values are numbers.
    case named([ColumnReference])
}

/// Which columns of another file are no features, for a file that is read like it.
enum IgnoredColumns: Sendable, Equatable {
    /// All that are not the training file's.
    case others
    /// Those of these names; none where there are none.
    case named([String])
}

extension Dataset {
    /// What the features are called, as many as there are; empty where the source has no names.
    ///
    /// The feature of a value in a column of text is `column=value`.
    public var featureNames: [String] { tableColumns.flatMap(\.featureNames) }

    /// How many bytes the ``featureNames`` have.
    package var featureNameBytes: Int {
        tableColumns.reduce(0) { bytes, column in
            let values = column.categories?.reduce(0) { $0 + $1.utf8.count + 1 } ?? 0
            return bytes + column.width * column.name.utf8.count + values
        }
    }
}
