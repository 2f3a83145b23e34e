/// The searcher of a study: its kind and its settings.
public struct SearcherChoice: Sendable, CustomStringConvertible {
    /// Says the kind by its type.
    public let settings: any SearcherSettings

    /// The searcher that has these settings.
    public init(_ settings: any SearcherSettings) { self.settings = settings }

    /// Configurations drawn at random.
    public static let random = SearcherChoice(RandomSearcher.Settings())

    /// The kind's name.
    public var name: String { type(of: settings).name }

    /// A searcher of this kind with these settings.
    public func makeSearcher() -> any Searcher { settings.makeSearcher() }

    public var description: String {
        type(of: settings).areEmpty ? name : "\(name) \(settings)"
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

/// Coded as the name where there is nothing to set, else as `{"name": …, "settings": {…}}`.
extension SearcherChoice: Codable {
    private enum Key: String, CodingKey { case name, settings }

    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            self = try Self.kind(name, decoder).choice
        } else {
            let container = try decoder.container(keyedBy: Key.self)
            let kind = try Self.kind(container.decode(String.self, forKey: .name), decoder)
            settings = try container.superDecoder(forKey: .settings).settings(of: kind.settings)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if type(of: settings).areEmpty {
            var container = encoder.singleValueContainer()
            try container.encode(name)
        } else {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(name, forKey: .name)
            try settings.encode(to: container.superEncoder(forKey: .settings))
        }
    }

    private static func kind(_ name: String, _ decoder: any Decoder) throws -> SearcherKind {
        guard let kind = SearcherKind(rawValue: name) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "searcher: expected a known name, got \"\(name)\""))
        }
        return kind
    }
}

extension Decoder {
    fileprivate func settings<Settings: SearcherSettings>(
        of type: Settings.Type
    ) throws -> any SearcherSettings {
        try Settings(from: self)
    }
}
