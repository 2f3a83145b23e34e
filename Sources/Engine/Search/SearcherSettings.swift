/// The settings of one kind of searcher, as a definition holds them.
///
/// All of them are stored with the study, so that a later version may have other defaults.
public protocol SearcherSettings: Hashable, Sendable {
    /// The name of the kind, in Lua and in events.
    static var name: String { get }

    /// The defaults.
    init()

    /// The settings by name, as a study keeps them; empty where there is nothing to set.
    var fields: [String: Value] { get }

    /// The settings that a study has kept. A name that is missing has its default.
    ///
    /// - Throws: `SettingError`.
    init(fields: [String: Value]) throws

    /// Whether it proposes by a model, for which the study then keeps its history.
    var usesModel: Bool { get }

    /// A searcher with these settings.
    func makeSearcher() -> any Searcher
}

extension SearcherSettings {
    /// False, where nothing else is said.
    public var usesModel: Bool { false }
}

/// Of a searcher that has nothing to set.
extension SearcherSettings {
    /// None.
    public var fields: [String: Value] { [:] }
    /// The defaults, whatever is given.
    public init(fields: [String: Value]) throws { self.init() }
}

extension SearcherSettings {
    func isEqual(to other: any SearcherSettings) -> Bool { other as? Self == self }
}
