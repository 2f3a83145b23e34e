/// Where a study is, as a user says it.
public enum StudyLocation: Hashable, Sendable {
    /// Nowhere: it is gone when the process ends.
    case memory
    /// In the file of that path.
    case file(String)
    /// The newest study of that name in the folder of studies.
    case name(String)
    /// On a PostgreSQL server: `postgres://…`.
    case server(String)

    /// Where a study is to be written: `memory`, a server, else a path.
    public init(toWrite text: String) {
        self = text == "memory" ? .memory : Self.isServer(text) ? .server(text) : .file(text)
    }

    /// Where a study is to be read: a server, a path (it has a slash), else a name.
    public init(toRead text: String) {
        self =
            Self.isServer(text)
            ? .server(text) : text.contains("/") ? .file(text) : .name(text)
    }

    private static func isServer(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }
}

extension StudyLocation: CustomStringConvertible {
    public var description: String {
        switch self {
        case .memory: "memory"
        case .file(let text), .name(let text), .server(let text): text
        }
    }
}
