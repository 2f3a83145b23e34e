// The tables of a study's file. What they mean to a user is in `docs/studies.md`.

/// What is kept about the study: one row.
enum MetadataColumn: Int, TableColumn {
    case id, name, created, program, script, run, ordinal, sum

    static let table = "study"

    var type: String {
        switch self {
        case .id: "INTEGER PRIMARY KEY"
        case .name, .created, .program, .script, .run: "TEXT"
        case .ordinal, .sum: "INTEGER"
        }
    }

    var isSummed: Bool { self != .id && self != .sum }
}

/// How many rows belong to the study, so that rows missing at the end are noticed: one row.
enum RowCountColumn: Int, TableColumn {
    case id, events, reports, checkpoints, artifacts, sum

    static let table = "row_counts"

    /// Format 1 had another name for it.
    static func table(format: Int) -> String { format == 1 ? "kept" : table }

    var type: String { self == .id ? "INTEGER PRIMARY KEY" : "INTEGER" }
    var before: (format: Int, value: String)? { self == .artifacts ? (2, "0") : nil }
    var isSummed: Bool { self != .id && self != .sum }
}

/// The columns that stand for metrics and parameters.
enum NameColumn: Int, TableColumn {
    case id, owner, name, kind, sum

    static let table = "columns"

    var type: String {
        switch self {
        case .id: "INTEGER PRIMARY KEY"
        case .owner, .name, .kind: "TEXT"
        case .sum: "INTEGER"
        }
    }

    var isSummed: Bool { self != .id && self != .sum }
}

/// Which names a row of `reports` or `starts` has, in order.
enum LayoutColumn: Int, TableColumn {
    case id, owner, number, names, sum

    static let table = "layouts"

    var type: String {
        switch self {
        case .id: "INTEGER PRIMARY KEY"
        case .owner, .names: "TEXT"
        case .number, .sum: "INTEGER"
        }
    }

    var isSummed: Bool { self != .id && self != .sum }
}

/// The reports as they came in. Behind these are the columns of metrics.
enum ReportColumn: Int, TableColumn {
    case sequence, trial, attempt, resource, feasible, seconds, layout, more, sum

    static let table = "reports"

    var type: String {
        switch self {
        case .sequence: "INTEGER PRIMARY KEY"
        case .trial, .attempt, .resource, .feasible, .layout, .sum: "INTEGER"
        case .seconds: ""
        case .more: "TEXT"
        }
    }

    var before: (format: Int, value: String)? {
        switch self {
        case .attempt: (1, "1")
        // Whether it keeps the constraints; NULL in a study without any.
        case .feasible: (2, "NULL")
        default: nil
        }
    }

    var isSummed: Bool { self != .sum }
}

/// The events. A start has its configuration in `starts`, a report its metrics in `reports`.
enum EventColumn: Int, TableColumn {
    case number, code, trial, time, report, detail, sum

    static let table = "events"

    var type: String {
        switch self {
        case .number: "INTEGER PRIMARY KEY"
        case .code: ""
        case .trial, .time, .report, .sum: "INTEGER"
        case .detail: "TEXT"
        }
    }

    var isSummed: Bool { self != .sum }
}

/// The configurations of starts, summed up with their events. Behind these are the columns of
/// parameters.
enum StartColumn: Int, TableColumn {
    case number, bracket, layout, more

    static let table = "starts"

    var type: String {
        switch self {
        case .number: "INTEGER PRIMARY KEY"
        case .bracket, .layout: "INTEGER"
        case .more: "TEXT"
        }
    }

    var isSummed: Bool { self != .number }
}

/// The trials' last checkpoints.
enum CheckpointColumn: Int, TableColumn {
    case trial, resource, content, sum

    static let table = "checkpoints"

    var type: String {
        switch self {
        case .trial: "INTEGER PRIMARY KEY"
        case .resource, .sum: "INTEGER"
        case .content: "BLOB"
        }
    }

    var isSummed: Bool { self != .sum }
}

/// What reports keep.
enum ArtifactColumn: Int, TableColumn {
    case trial, resource, content, sum

    static let table = "artifacts"
    /// The first format that has the table.
    static let firstFormat = 3

    var type: String {
        switch self {
        case .trial, .resource, .sum: "INTEGER"
        case .content: "BLOB"
        }
    }

    var isSummed: Bool { self != .sum }
}
