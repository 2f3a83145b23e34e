/// A line for the terminal, of parts of which the most important comes first.
///
/// - Parameters:
///   - forms: the same parts in several forms, the longest first; what stands between two parts
///     begins the second.
///   - width: the columns there are.
/// - Returns: the first form that fits; else as many whole parts of the last as fit, with an
///   ellipsis behind them. Only a first part that is too long alone is cut.
package func fittedLine(_ forms: [[String]], to width: Int) -> String {
    if let whole = forms.map({ $0.joined() }).first(where: { displayWidth($0) <= width }) {
        return whole
    }
    let (parts, mark) = (forms.last ?? [], " …")
    let fitting = parts.indices.reversed().lazy.map { parts.prefix($0).joined() + mark }
    if let line = fitting.first(where: { $0 != mark && displayWidth($0) <= width }) { return line }
    var first = parts.first ?? ""
    while !first.isEmpty, displayWidth(first) >= width { first.removeLast() }
    return width > 0 ? first + "…" : ""
}

/// A line for the terminal without what it would obey, cut where it is too wide.
///
/// - Parameter width: the columns there are; nil for any number.
package func cutLine(_ line: String, to width: Int?) -> String {
    let line = printable(line)
    guard let width, displayWidth(line) > width else { return line }
    var (cut, taken) = ("", 1)
    for character in line {
        taken += displayWidth(String(character))
        guard taken <= width else { break }
        cut.append(character)
    }
    return width > 0 ? cut + "…" : ""
}
