/// Statements that are carried out as one, all or none of them, under a lease that is renewed.
///
/// The server gets one statement as a whole and answers once. So no row is locked while this process sends,
/// or is frozen while it sends: a transaction of several statements would hold the lease until it is woken.
/// All statements see the rows as they were before, and none may change a row that another one changes.
struct StatementBatch {
    /// The first statement; others may read its rows, as those of the table `renewed`.
    private let renewal: String
    private var parts: [String] = []
    /// What stands for `$1` and so on.
    private(set) var parameters: [QueryParameter]
    /// A function to call at the end, as SQL.
    private var call = ""

    /// A batch that changes nothing else where the first statement changes no row.
    init(renewingBy sql: String, _ parameters: [QueryParameter]) {
        (renewal, self.parameters) = (sql, parameters)
    }

    /// Puts a statement beside the others.
    ///
    /// - Parameter sql: an `INSERT`, `UPDATE` or `DELETE` whose own parameters begin at `$1`.
    mutating func add(_ sql: String, _ parameters: [QueryParameter]) {
        parts.append(Self.renumbered(sql, by: self.parameters.count))
        self.parameters += parameters
    }

    /// Has a channel notified.
    mutating func notify(_ channel: String) {
        parameters.append(.text(channel))
        call = ", pg_notify($\(parameters.count), '')"
    }

    /// All of it. Where the first statement changes no row it fails by a division by zero.
    var sql: String {
        let named =
            ["renewed AS (\(renewal))"]
            + parts.enumerated().map { "part_\($0.offset) AS (\($0.element))" }
        return
            "WITH \(named.joined(separator: ",\n")) SELECT 1 / count(*) AS renewals\(call) FROM renewed"
    }

    /// The state of the failure of a batch whose first statement has changed no row.
    static let changedNothing = "22012"

    private static func renumbered(_ sql: String, by count: Int) -> String {
        var parts = sql.split(separator: "$", omittingEmptySubsequences: false)[...]
        var text = String(parts.removeFirst())
        for part in parts {
            let digits = part.prefix { $0.isASCII && $0.isNumber }
            text += "$\((Int(digits) ?? 0) + count)\(part.dropFirst(digits.count))"
        }
        return text
    }
}
