internal import Engine
internal import LuaHost
internal import Results

/// Reads studies for what a catalog does not say of them: the best values. The newest come first, and
/// those that run are read on where the last reading ended.
///
/// Not safe to share between threads.
final class StudyReadings {
    /// By id, the studies that are still to be read.
    private var waiting: [String: CatalogDocument.Row] = [:]
    /// By id, what follows the studies that run.
    private var followers: [String: KeptFollower] = [:]
    /// So many are followed, with about so many reports in all: those are kept in memory. Others are
    /// read from their beginning each time.
    private static let (limit, reportLimit) = (64, 300_000)
    /// By id, how many reports are kept.
    private var keptReports: [String: Int] = [:]

    /// Whether any is still to be read.
    var isBehind: Bool { !waiting.isEmpty }

    /// Has a study read that came or changed.
    func add(_ row: CatalogDocument.Row) { waiting[row.id] = row }

    /// Forgets a study.
    func remove(_ id: String) { (waiting[id], followers[id], keptReports[id]) = (nil, nil, nil) }

    /// Reads studies for about so long, one at least where any waits.
    func next(for time: Duration) -> [(id: String, view: StudyView)] {
        let end = ContinuousClock.now + time
        var views: [(id: String, view: StudyView)] = []
        let newest = waiting.values.sorted { Self.age($0) > Self.age($1) }
        for row in newest {
            waiting[row.id] = nil
            if let view = view(of: row) { views.append((row.id, view)) }
            if .now > end { break }
        }
        return views
    }

    private static func age(_ row: CatalogDocument.Row) -> (String, String) {
        (row.entry?.metadata.created ?? "", row.id)
    }

    /// Nil where there is nothing to tell, or it cannot be told: the catalog's entry stands alone.
    private func view(of row: CatalogDocument.Row) -> StudyView? {
        guard let follower = try? followers[row.id] ?? KeptFollower(place: row.place) else {
            return nil
        }
        keep(isFollowed(row) ? follower : nil, of: row)
        guard let study = try? follower.read(), study.eventCount > 0 else { return nil }
        return try? study.view
    }

    private func keep(_ follower: KeptFollower?, of row: CatalogDocument.Row) {
        followers[row.id] = follower
        keptReports[row.id] = follower == nil ? nil : row.entry?.reports
    }

    /// Whether what is read of a study is kept until it has grown.
    private func isFollowed(_ row: CatalogDocument.Row) -> Bool {
        guard let entry = row.entry, entry.state == .running else { return false }
        let others = keptReports.filter { $0.key != row.id }.values
        return others.count < Self.limit
            && (others.isEmpty || others.reduce(entry.reports, +) <= Self.reportLimit)
    }
}
