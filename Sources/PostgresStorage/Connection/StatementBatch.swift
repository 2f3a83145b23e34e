/// Statements that a connection runs in one exchange with the server, all or none of them.
struct StatementBatch {
    /// A statement, and what stands for `$1` and so on.
    typealias Statement = (sql: String, parameters: [QueryParameter])

    private(set) var statements: [Statement] = []

    /// Puts a statement behind the others.
    mutating func add(_ sql: String, _ parameters: [QueryParameter] = []) {
        statements.append((sql, parameters))
    }
}
