/// One thing that every implementation must keep; a suite is a list of them.
public struct ConformanceCheck<Subject>: Sendable, CustomStringConvertible {
    /// What must hold, in words.
    public let name: String
    private let body: @Sendable (Subject, inout Findings) throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (Subject, inout Findings) throws -> Void) {
        (self.name, self.body) = (name, body)
    }

    /// What does not hold, a line each; empty when the check passes. At most ten are given.
    public func findings(for subject: Subject) throws -> [String] {
        var findings = Findings()
        try body(subject, &findings)
        return findings.lines
    }

    public var description: String { name }
}

/// Collects what does not hold.
struct Findings {
    private(set) var lines: [String] = []

    mutating func expect(_ holds: Bool, _ what: String = "", line: Int = #line) {
        guard !holds, lines.count < 10 else { return }
        lines.append(what.isEmpty ? "line \(line) of the suite" : what)
    }
}
