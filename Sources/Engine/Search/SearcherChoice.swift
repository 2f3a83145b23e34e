/// The searcher of a study: its kind and its settings.
public struct SearcherChoice: Sendable, CustomStringConvertible {
    /// Says the kind by its type.
    public let settings: any SearcherSettings

    /// The searcher that has these settings.
    public init(_ settings: any SearcherSettings) { self.settings = settings }

    /// The kind's name.
    public var name: String { type(of: settings).name }

    /// A searcher of this kind with these settings.
    public func makeSearcher() -> any Searcher { settings.makeSearcher() }

    public var description: String {
        settings.fields.isEmpty ? name : "\(name) \(settings)"
    }
}

extension SearcherChoice: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.settings.isEqual(to: right.settings)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        settings.hash(into: &hasher)
    }
}
