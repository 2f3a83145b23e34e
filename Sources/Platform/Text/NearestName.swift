/// The name of `candidates` that was most likely meant by `name`, if any is near enough.
///
/// Near enough is at most a third of the candidate's letters inserted, deleted, replaced or
/// exchanged with their neighbour; capitals do not count. Names of more than 256 bytes are near to
/// none: a script may make some of megabytes.
///
/// - Complexity: O(candidates · letters²).
///
/// Source: optimal string alignment (Damerau 1964).
package func nearestName(to name: String, among candidates: [String]) -> String? {
    guard name.utf8.count <= 256 else { return nil }
    let distances = candidates.filter { $0.utf8.count <= 256 }.map { candidate in
        (candidate, editDistance(Array(name.lowercased()), Array(candidate.lowercased())))
    }
    guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(1, best.0.count / 3) ? best.0 : nil
}

/// How many single-letter edits lead from `source` to `target`.
private func editDistance(_ source: [Character], _ target: [Character]) -> Int {
    var rows = [Array(0...target.count)]
    for i in 0..<source.count {
        var row = [i + 1]
        for j in 0..<target.count {
            let replaced = rows[i][j] + (source[i] == target[j] ? 0 : 1)
            var cost = min(rows[i][j + 1] + 1, row[j] + 1, replaced)
            if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                cost = min(cost, rows[i - 1][j - 1] + 1)
            }
            row.append(cost)
        }
        rows.append(row)
    }
    return rows[source.count][target.count]
}
