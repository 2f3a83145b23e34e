/// The name of `candidates` that was most likely meant by `name`, if any is near enough.
///
/// Near enough is at most a third of the candidate's letters inserted, deleted, replaced or
/// exchanged with their neighbour; capitals do not count. Of two letters, all have to be there. Names
/// of more than 256 bytes are near to none: a script may make some of megabytes.
///
/// - Complexity: O(candidates · letters²).
///
/// Source: optimal string alignment (Damerau 1964).
package func nearestName(to name: String, among candidates: [String]) -> String? {
    guard name.utf8.count <= 256 else { return nil }
    let letters = Array(name.lowercased())
    let near = candidates.filter { $0.utf8.count <= 256 }.compactMap { candidate in
        distance(letters, Array(candidate.lowercased())).map { (candidate, $0) }
    }
    return near.min { $0.1 < $1.1 }?.0
}

/// How far a name is from one that is near enough; nil where it is not.
private func distance(_ name: [Character], _ candidate: [Character]) -> Int? {
    let distance = editDistance(name, candidate)
    if distance <= candidate.count / 3 { return distance }
    // Another letter would be another name where there are but one or two.
    guard candidate.count == 2, distance == 1, candidate.allSatisfy(name.contains) else {
        return nil
    }
    return distance
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
