package import Engine
package import Rendering

/// What the page of all studies of a place knows: one JSON document, and what has come since.
///
/// | name | holds |
/// |---|---|
/// | `catalog` | where the studies are, in words; `limit` is how many can be compared |
/// | `studies` | of each `id`, `place`, `name`, `created`, `state`, `trials`, `reports`, `size`, `changed`, `problem`; `objectives` are names and goals, `best` a value for each |
/// | `gone` | in an increment: the `id`s of studies that are there no more |
/// | `left` | how many files are still to be read; missing where none is |
package enum CatalogDocument {
    /// A study as a row.
    package struct Row: Equatable, Sendable {
        /// What its address on the page's server ends in.
        package let id: String
        /// What the catalog knows it by: a path, or an address in a database.
        package let place: String
        /// What its catalog says of it; nil where it cannot be read.
        package var entry: StudyEntry?
        /// Why it cannot be read; nil where it can.
        package var problem: String?
        /// Bytes that it takes; nil where that is not known.
        package var size: Int?
        /// When it was last written, in seconds since 1970; nil where that is not known.
        package var changed: Double?
        /// What its values mean; empty where the study was not read yet.
        package var objectives: [Objective] = []
        /// The best value of each; nil where there is none.
        package var best: [Double?] = []

        /// A study of which the catalog's entry is known.
        package init(
            id: String, place: String, entry: StudyEntry?, problem: String? = nil, size: Int? = nil,
            changed: Double? = nil
        ) {
            (self.id, self.place, self.entry) = (id, place, entry)
            (self.problem, self.size, self.changed) = (problem, size, changed)
        }

        /// Takes what the study itself tells.
        package mutating func take(_ view: StudyView) {
            objectives = view.objectives
            best = view.bestValues
        }
    }

    /// The complete document.
    ///
    /// - Parameters:
    ///   - place: where the studies are, in words.
    ///   - rows: in any order.
    ///   - left: how many files are still to be read.
    package static func json(
        of place: String, rows: some Sequence<Row>, left: Int = 0
    ) -> JSONValue {
        let catalog: [JSONValue.Member] = [
            .init("place", .string(place)), .init("limit", JSONValue(StudyComparison.limit)),
        ]
        return .object(
            [
                .init("catalog", .object(catalog)), .init("studies", .array(rows.map(json))),
            ] + members(left: left))
    }

    /// What leads from an earlier document to the one now.
    ///
    /// - Parameters:
    ///   - changed: the rows that came or changed.
    ///   - gone: the ids of studies that are there no more.
    ///   - left: how many files are still to be read.
    package static func increment(
        changed: some Sequence<Row>, gone: [String], left: Int = 0
    ) -> JSONValue {
        .object(
            [
                .init("studies", .array(changed.map(json))),
                .init("gone", .array(gone.map { .string($0) })),
            ] + members(left: left))
    }

    private static func members(left: Int) -> [JSONValue.Member] {
        left > 0 ? [.init("left", JSONValue(left))] : []
    }

    private static func json(_ row: Row) -> JSONValue {
        .object(members(of: row.entry, id: row.id) + members(of: row))
    }

    private static func members(of entry: StudyEntry?, id: String) -> [JSONValue.Member] {
        let trials: JSONValue = if let entry { JSONValue(entry.trials) } else { .null }
        let reports: JSONValue = if let entry { JSONValue(entry.reports) } else { .null }
        return [
            .init("id", .string(id)),
            .init("name", .string(entry?.metadata.name ?? id)),
            .init("created", JSONValue(entry?.metadata.created)),
            .init("state", .string(entry?.state.rawValue ?? "unreadable")),
            .init("trials", trials), .init("reports", reports),
        ]
    }

    private static func members(of row: Row) -> [JSONValue.Member] {
        let size: JSONValue = if let size = row.size { JSONValue(size) } else { .null }
        let objectives = row.objectives.map { objective -> JSONValue in
            .array([.string(objective.name), .string(objective.direction.rawValue)])
        }
        return [
            .init("place", .string(row.place)), .init("size", size),
            .init("changed", number(row.changed)), .init("problem", JSONValue(row.problem)),
            .init("objectives", .array(objectives)), .init("best", .array(row.best.map(number))),
        ]
    }

    private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
