/// Sizes that all pictures share, in pixels.
enum PlotSize {
    static let tick = 12.0
    static let label = 13.0
    static let title = 17.0
    /// Around the whole.
    static let margin = 24.0
}

/// About how wide a text is, in pixels, in whatever sans-serif type the reader has.
func textWidth(_ text: String, _ size: Double) -> Double {
    Double(displayWidth(text)) * size * 0.56
}

/// The beginning of a text that fits, with an ellipsis where something is cut off.
func shortened(_ text: String, to width: Double, _ size: Double) -> String {
    guard textWidth(text, size) > width else { return text }
    var text = text
    while !text.isEmpty, textWidth(text, size) > width - size { text.removeLast() }
    return text + "…"
}

/// A number and its noun, which has an `s` where there are several.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// An even sample of at most `limit` of the items, in their order, the first among them.
func thinned<Item>(_ items: [Item], to limit: Int) -> [Item] {
    guard items.count > limit else { return items }
    return (0..<max(0, limit)).map { items[$0 * items.count / limit] }
}
