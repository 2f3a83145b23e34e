/// What can go wrong with studies on a PostgreSQL server. Every description is one line, and holds no
/// password.
public enum ServerError: Error, Equatable {
    /// An address that cannot be used.
    case address(String)
    /// No connection can be made, or the one there was is lost.
    case unreachable(server: String, reason: String)
    /// The server has refused a statement.
    ///
    /// - state: the SQLSTATE of its answer.
    case refused(server: String, reason: String, state: String)
    /// There is no such study.
    case missing(study: String)
    /// A newer program has made the tables.
    case newer(server: String, version: Int, known: Int)
    /// Another process writes the study.
    case inUse(study: String, by: String)
    /// Agents of another version of the program run the study.
    case otherProgram(study: String, expected: String, got: String)
    /// A row holds what no program ever wrote.
    case damaged(study: String, what: String)
}

extension ServerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .address(let text): text
        case .unreachable(let server, let reason): "\(server): cannot be reached: \(reason)"
        case .refused(let server, let reason, let state):
            "\(server): \(reason)\(Self.hint(state))"
        case .missing(let study): "\(study): expected a study, there is none"
        case .newer(let server, let version, let known):
            "\(server): expected tables of version \(known) or before, got version \(version), "
                + "which a newer program made"
        case .inUse(let study, let by): "\(study): in use by \(by)"
        case .otherProgram(let study, let expected, let got):
            "\(study): expected version \(expected) of the program, as its agents have, got \(got)"
        case .damaged(let study, let what): "\(study): damaged: \(what)"
        }
    }

    /// Rights that lack are the most frequent reason.
    private static func hint(_ state: String) -> String {
        state == "42501" ? "; docs/scale-out.md says which rights a role needs" : ""
    }
}
