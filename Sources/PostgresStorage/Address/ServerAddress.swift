internal import Platform

/// A database of a PostgreSQL server as a user names it, and which of its studies.
///
/// ```
/// postgres://decider@db.example/tuning            the database
/// postgres://decider@db.example/tuning#17         study 17 of it
/// postgres://decider@db.example/tuning#mnist      the newest study of that name
/// ```
///
/// All but the part behind `#` is libpq's. Passwords come from libpq's own places.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Which study is meant.
    public enum Study: Hashable, Sendable {
        /// The study of that number.
        case id(Int)
        /// The newest study of that name.
        case name(String)
    }

    /// The database, as libpq takes it.
    public let database: String
    /// Which of its studies; nil where the address does not say it.
    public let study: Study?

    /// The address that a text is.
    ///
    /// - Throws: `ServerError.address`. What is refused is not repeated, as it may hold a password.
    public init(_ text: String) throws {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        database = parts.first.map(String.init) ?? ""
        guard Self.isOfServer(database) else {
            throw ServerError.address("expected postgres://HOST/DATABASE, got another address")
        }
        guard !Self.hasPassword(database) else {
            throw ServerError.address(
                "postgres://: expected no password in the address, got one; put it into ~/.pgpass "
                    + "or the file that PGPASSFILE names")
        }
        guard parts.count == 2 else {
            study = nil
            return
        }
        guard let name = Self.decoded(parts[1]), !name.isEmpty else {
            throw ServerError.address(
                "\(database): expected the number or the name of a study behind #, got "
                    + (parts[1].isEmpty ? "nothing" : "\(parts[1])"))
        }
        let isNumber = name.utf8.allSatisfy { (0x30...0x39).contains($0) }
        study = isNumber ? Int(name).map(Study.id) ?? .name(name) : .name(name)
    }

    private init(_ database: String, study: Study?) {
        (self.database, self.study) = (database, study)
    }

    /// The address of a study of this database.
    func address(ofStudy id: Int) -> ServerAddress { ServerAddress(database, study: .id(id)) }

    public var description: String {
        switch study {
        case nil: database
        case .id(let id): "\(database)#\(id)"
        case .name(let name): "\(database)#\(name)"
        }
    }

    private static func isOfServer(_ text: String) -> Bool {
        ["postgres://", "postgresql://"].contains { PathText.hasPrefix(text, $0) }
    }

    /// Whether there is one before the host, or among the parameters.
    private static func hasPassword(_ database: String) -> Bool {
        guard let start = database.firstRange(of: "://")?.upperBound else { return false }
        let rest = database[start...]
        let authority = rest.prefix { !"/?".contains($0) }
        if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
        guard let question = rest.firstIndex(of: "?") else { return false }
        return rest[rest.index(after: question)...].split(separator: "&").contains { parameter in
            let key = parameter.prefix { $0 != "=" }
            return ["password", "sslpassword"].contains(decoded(key)?.lowercased())
        }
    }

    /// A text whose `%20` are bytes; nil where it is none.
    private static func decoded(_ text: Substring) -> String? {
        var (bytes, rest): ([UInt8], Substring.UTF8View) = ([], text.utf8)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
