extension StringProtocol {
    /// The text as a message quotes it: the first Unicode scalars of a long one, and "…".
    ///
    /// - Complexity: O(limit), however long the text.
    package func shown(upTo limit: Int = shownLength) -> String {
        guard let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex),
            end < endIndex
        else { return String(self) }
        return String(self[..<end]) + "…"
    }
}

/// So many Unicode scalars of a value are quoted by a message.
package let shownLength = 200
