/// A kind of searcher, by its name.
public struct SearcherKind: RawRepresentable, Hashable, Sendable, CaseIterable {
    /// The settings of every kind there is. A new searcher adds its line here.
    private static let settings: [any SearcherSettings.Type] = [
        RandomSearcher.Settings.self, ModelSearcher.Settings.self,
    ]

    /// The name in Lua and in events.
    public let rawValue: String

    /// The kind of that name; nil when there is none.
    public init?(rawValue: String) {
        guard Self.settings.contains(where: { $0.name == rawValue }) else { return nil }
        self.rawValue = rawValue
    }

    private init(_ settings: any SearcherSettings.Type) { rawValue = settings.name }

    /// Configurations drawn at random.
    public static let random = SearcherKind(RandomSearcher.Settings.self)

    /// All kinds, in the order they are registered.
    public static var allCases: [SearcherKind] { settings.map { SearcherKind($0) } }

    var settings: any SearcherSettings.Type {
        guard let settings = Self.settings.first(where: { $0.name == rawValue }) else {
            preconditionFailure("made of a name that is known")
        }
        return settings
    }

    /// A searcher of this kind with default settings.
    public var choice: SearcherChoice { SearcherChoice(settings.init()) }
}
