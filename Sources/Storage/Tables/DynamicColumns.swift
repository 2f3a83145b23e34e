internal import Engine

/// Named values of rows that nearly always have the same names: metrics of reports, parameters of
/// configurations. Each name gets a column of its own, so that SQL can ask for it, and a row knows
/// its names and their order by the number of a layout.
///
/// What has no column is in the JSON object `more`: names that are taken, differ only in case, or
/// are too many, and values that SQLite cannot tell from others. A column that is null means that
/// the value is there.
struct DynamicColumns {
    /// What the values of a column are.
    enum Kind: String {
        /// Integers, reals and texts, as they are.
        case plain
        /// 0 and 1 for false and true.
        case boolean
        /// Texts of metrics; a text in a column of numbers is NaN.
        case text

        /// The kind of a column that begins with such a metric.
        init(ofMetric value: Value) {
            switch value {
            case .boolean: self = .boolean
            case .string, .bytes: self = .text
            default: self = .plain
            }
        }
    }

    struct Column {
        let name: Name
        let kind: Kind
    }

    /// The names of a row, in order, and where each has its column, from 0.
    struct Layout {
        let number: Int
        let names: [Name]
        let places: [Int?]
        /// By column the place of its name among the names, nil where they lack it; columns that were
        /// added later are left out.
        let indices: [Int?]
        /// Whether every name has its column.
        let isComplete: Bool

        init(number: Int, names: [Name], places: [Int?]) {
            (self.number, self.names, self.places) = (number, names, places)
            var indices: [Int?] = []
            for (index, place) in places.enumerated() {
                guard let place else { continue }
                while indices.count <= place { indices.append(nil) }
                indices[place] = index
            }
            self.indices = indices
            isComplete = !places.contains(nil)
        }
    }

    /// SQLite allows 2000, but every row pays a byte for each.
    static let columnLimit = 100

    /// The table.
    let owner: String
    private(set) var columns: [Column] = []
    private(set) var layouts: [Layout] = []
    private var places: [Name: Int] = [:]
    private var numbers: [[Name]: Int] = [:]
    /// The number of the layout that was asked for last, which is nearly always asked for next.
    private var last = 0
    private var taken: Set<Name>
    /// `INSERT INTO owner VALUES (?, …)`.
    private(set) var insertion = ""
    private let insert: @Sendable (Int) -> String

    /// - Parameter reserved: names that would be ambiguous in a query.
    private init<Column: TableColumn>(_ table: Column.Type, reserved: [String]) {
        owner = table.table
        taken = Set(
            (table.allCases.map(\.name) + ["rowid", "oid", "_rowid_"] + reserved).map { Name($0) })
        insert = { table.insertion(more: $0) }
        insertion = insert(0)
    }

    /// Metrics of reports.
    static var metrics: DynamicColumns { DynamicColumns(ReportColumn.self, reserved: []) }

    /// Parameters of configurations, which `docs/studies.md` joins with the trials.
    static var parameters: DynamicColumns {
        DynamicColumns(StartColumn.self, reserved: ["id", "state", "reports", "error"])
    }

    /// The layout of these names; nil when they have none yet.
    mutating func layout(of names: [Name]) -> Layout? {
        if last < layouts.count, layouts[last].names == names { return layouts[last] }
        guard let number = numbers[names] else { return nil }
        last = number
        return layouts[number]
    }

    /// The place among the columns, from 0.
    func place(of name: Name) -> Int? { places[name] }

    /// Whether the name can have a column.
    func canHaveColumn(_ name: Name) -> Bool {
        columns.count < Self.columnLimit && !name.text.isEmpty && name.text.utf8.count <= 200
            && !name.text.utf8.contains(0) && !taken.contains(Self.folded(name))
    }

    mutating func addColumn(_ name: Name, _ kind: Kind) {
        places[name] = columns.count
        taken.insert(Self.folded(name))
        columns.append(Column(name: name, kind: kind))
        insertion = insert(columns.count)
    }

    /// `ALTER TABLE owner ADD COLUMN …`.
    func addition(of name: Name) -> String {
        "ALTER TABLE \(owner) ADD COLUMN \(quoted(name.text))"
    }

    /// Adds a layout, whose names have their columns already where they can have one.
    mutating func addLayout(_ names: [Name]) {
        let places = names.map { self.places[$0] }
        numbers[names] = layouts.count
        layouts.append(Layout(number: layouts.count, names: names, places: places))
    }

    /// SQLite takes names for the same that differ in the case of ASCII letters.
    private static func folded(_ name: Name) -> Name {
        Name(
            String(
                decoding: name.text.utf8.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 },
                as: UTF8.self))
    }
}

extension Cell {
    /// Null when a column of that kind cannot hold the value.
    init(_ value: Value, in kind: DynamicColumns.Kind) {
        switch (value, kind) {
        case (.boolean(let value), .boolean): self = .integer(value ? 1 : 0)
        case (.integer(let value), .plain): self = .integer(value)
        case (.real(let value), .plain) where !value.isNaN: self = .real(value)
        case (.string(let value), .plain): self = .text(value)
        default: self = .null
        }
    }

    /// Null when a column of a metric of that kind cannot hold the value.
    init(metric value: Value, in kind: DynamicColumns.Kind) {
        switch (value, kind) {
        case (.boolean(let value), .boolean): self = .integer(value ? 1 : 0)
        case (.string(let value), .text): self = .text(value)
        case (.integer, .plain), (.real, .plain): self = value.number.map { Cell($0) } ?? .null
        default: self = .null
        }
    }
}

extension SQLColumn {
    /// The metric of a column of that kind; nil where it is none.
    func metric(_ kind: DynamicColumns.Kind) -> Value? {
        switch kind {
        case .plain: number.value
        case .boolean: integer.map { .boolean($0 != 0) }
        case .text: text.map { .string($0) }
        }
    }

    /// The value of a column of that kind.
    func value(_ kind: DynamicColumns.Kind) -> Value {
        if let integer { return kind == .boolean ? .boolean(integer != 0) : .integer(integer) }
        return isReal ? .real(real) : .string(text ?? "")
    }
}
