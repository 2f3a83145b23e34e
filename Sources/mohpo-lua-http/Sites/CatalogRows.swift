internal import Engine
internal import PostgresStorage
internal import Results
internal import Storage

/// The studies of a folder or a database as rows, read again and again, each only where it has changed.
///
/// Not safe to share between threads.
final class CatalogRows {
    private enum Source {
        case folder(FolderFollower)
        case database(PostgresCatalog)
    }

    typealias Row = CatalogDocument.Row

    private let source: Source
    /// By id, what is known of each.
    private(set) var rows: [String: Row] = [:]
    private let readings = StudyReadings()

    /// - Parameter place: a folder, which need not be there yet, or `postgres://HOST/DATABASE`.
    /// - Throws: `ServerError` for an address that is none.
    init(of place: String) throws {
        if case .server(let address) = StudyLocation(toRead: place) {
            source = .database(PostgresCatalog(try ServerAddress(address)))
        } else {
            source = .folder(FolderFollower(place))
        }
    }

    /// Whether a study is still to be read, for what its catalog says of it or for more.
    var isBehind: Bool { left > 0 || readings.isBehind }

    /// How many files came or changed and are still to be read for their rows.
    private(set) var left = 0

    /// Reads what is new. The list comes before what is read of each study.
    ///
    /// - Parameter time: about how long files are read for the list, and then about how long studies
    ///   are; what is left is read later.
    /// - Returns: the rows that came or changed, and the ids of those that are gone.
    /// - Throws: `ServerError`.
    func read(for time: Duration) throws -> (changed: [Row], gone: [String]) {
        let isFirst = rows.isEmpty
        let (found, gone) = try entries(for: time)
        var changed = Set(found.map(\.id))
        for row in found {
            var row = row
            if let old = rows[row.id] { (row.objectives, row.best) = (old.objectives, old.best) }
            rows[row.id] = row
            if row.entry != nil { readings.add(row) }
        }
        for id in gone {
            rows[id] = nil
            readings.remove(id)
        }
        if !isFirst, left == 0 {
            for (id, view) in readings.next(for: time) {
                rows[id]?.take(view)
                changed.insert(id)
            }
        }
        return (changed.compactMap { rows[$0] }, gone)
    }

    private func entries(for time: Duration) throws -> (changed: [Row], gone: [String]) {
        switch source {
        case .folder(let follower):
            let (changed, gone) = follower.read(for: time)
            left = follower.left
            let found = changed.map { study in
                Row(
                    id: study.file, place: study.path, entry: study.entry, problem: study.problem,
                    size: study.size, changed: study.changed)
            }
            return (found, gone)
        case .database(let catalog):
            let found = try catalog.list().map { entry in
                Row(id: Self.number(of: entry.address), place: entry.address, entry: entry)
            }
            let ids = Set(found.map(\.id))
            let gone = rows.keys.filter { !ids.contains($0) }
            return (found.filter { rows[$0.id]?.entry != $0.entry }, gone)
        }
    }

    /// `17` of `postgres://…#17`.
    private static func number(of address: String) -> String {
        address.lastIndex(of: "#").map { String(address[address.index(after: $0)...]) } ?? address
    }
}
