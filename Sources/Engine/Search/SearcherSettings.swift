/// The settings of one kind of searcher, as a definition holds them.
///
/// All of them are stored with the study, so that a later version may have other defaults.
public protocol SearcherSettings: Hashable, Sendable, Codable {
    /// The name of the kind, in Lua and in events.
    static var name: String { get }

    /// The defaults.
    init()

    /// A searcher with these settings.
    func makeSearcher() -> any Searcher
}

extension SearcherSettings {
    /// Whether there is anything to set.
    static var areEmpty: Bool { MemoryLayout<Self>.size == 0 }

    func isEqual(to other: any SearcherSettings) -> Bool { other as? Self == self }
}
