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

    /// The same check of what `subject` makes of something else.
    func of<Other>(
        _ subject: @escaping @Sendable (Other) -> Subject
    ) -> ConformanceCheck<Other> {
        ConformanceCheck<Other>(name) { try body(subject($0), &$1) }
    }
}

/// Collects what does not hold.
struct Findings: Sendable {
    private(set) var lines: [String] = []

    mutating func expect(_ holds: Bool, _ what: String = "", line: Int = #line) {
        guard !holds, lines.count < 10 else { return }
        lines.append(what.isEmpty ? "line \(line) of the suite" : what)
    }

    /// What `body` throws must be that error.
    mutating func expect<Failure: Error & Equatable>(
        throws expected: Failure, line: Int = #line, _ body: () throws -> Void
    ) {
        do {
            try body()
            expect(false, "line \(line) of the suite: nothing was thrown, expected \(expected)")
        } catch {
            expect(
                error as? Failure == expected,
                "line \(line) of the suite: \(error) was thrown, expected \(expected)")
        }
    }

    /// Adds what another thread has found.
    mutating func add(_ other: Findings) { for line in other.lines { expect(false, line) } }
}
