internal import Engine

/// The parts of a study's file that may be damaged, in words for who looks into the file.
enum DamageLocation {
    static let names = "the names of metrics and parameters (tables columns and layouts)"
    static let counts = "the number of rows (table row_counts)"
    static let checkpoints = "the checkpoints (table checkpoints)"
    static let artifacts = "what reports keep (table artifacts)"
    static let metadata = "the note about the study (table study)"
    static let log = "the log beside it (-wal)"

    static let schema = "the tables' declarations (table sqlite_schema)"

    static let index = "the index of resumptions"

    static func structure(_ reason: String) -> String {
        "the pages of the file (\(reason))"
    }

    static func artifact(of trial: Int, at resource: Resource) -> String {
        "what trial \(trial) keeps at \(resource) (table artifacts)"
    }

    static func report(_ number: Int) -> String { "report \(number) (table reports)" }

    static func event(_ number: Int) -> String { "event \(number) (tables events and starts)" }
}
