import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The built program, run as a process of its own.
struct Command {
    let status: TerminationStatus
    let output: String
    let errors: String

    /// Beside the test bundle, where the build puts it.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("mohpo-lua").path

    /// Runs the program in `folder` to its end.
    ///
    /// - Parameters:
    ///   - other: the path of one that starts it in its turn.
    ///   - meanwhile: is given the program while it runs.
    static func run(
        _ arguments: [String], of other: String = program, in folder: Folder, input: String = "",
        environment: [Environment.Key: String?] = [:],
        meanwhile: @escaping @Sendable (_ program: RunningProgram) async throws -> Void = { _ in }
    ) async throws -> Command {
        // From a file: a program that ends without reading would break a pipe, and this process with it.
        try folder.write(input, to: ".input")
        let source = try FileDescriptor.open(FilePath("\(folder.path)/.input"), .readOnly)
        let result = try await Subprocess.run(
            .path(FilePath(other)), arguments: Arguments(arguments),
            environment: .inherit.updating(environment),
            workingDirectory: FilePath(folder.path),
            input: .fileDescriptor(source, closeAfterSpawningProcess: true),
            output: .string(limit: 1 << 24), error: .string(limit: 1 << 24)
        ) { execution in
            // A program that hangs is a failure of one test and not of the machine. The time is long, as
            // under a sanitizer on a busy machine what does not hang has taken a minute.
            let watchdog = Task {
                try await Task.sleep(for: .seconds(300))
                try execution.send(signal: .kill)
            }
            try await meanwhile(
                RunningProgram(processIdentifier: execution.processIdentifier.value) {
                    try execution.send(signal: $0)
                })
            return watchdog
        }
        result.closureResult.cancel()
        return Command(
            status: result.terminationStatus, output: result.standardOutput,
            errors: result.standardError)
    }
}

/// A program between its start and its end.
struct RunningProgram: Sendable {
    let processIdentifier: pid_t
    let send: @Sendable (Signal) throws -> Void

    /// Interrupts a program in the middle of an operation that computes and does not heed it, then sends `second` until
    /// it has ended.
    func interrupt(then second: Signal) async throws {
        // What it did last before the operation could still end by the interrupt alone.
        try await work(for: 0.05)
        try send(.interrupt)
        // Signals that arrive before the first is handled become one with it.
        while !hasEnded {
            try await Task.sleep(for: .milliseconds(150))
            try? send(second)
        }
    }

    private var hasEnded: Bool {
        var info = siginfo_t()
        let isChild =
            waitid(P_PID, id_t(processIdentifier), &info, WEXITED | WNOHANG | WNOWAIT) == 0
        return !isChild || info.si_signo == SIGCHLD
    }

    /// Waits until the program has used so many more seconds of a processor, however long that takes.
    private func work(for seconds: Double) async throws {
        #if os(Linux)
            var clock = clockid_t()
            guard clock_getcpuclockid(processIdentifier, &clock) == 0 else { return }
            func used() -> Double {
                var time = timespec()
                // For a program that has ended nobody waits.
                guard clock_gettime(clock, &time) == 0 else { return .infinity }
                return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
            }
            let end = used() + seconds
            while used() < end, !hasEnded { try await Task.sleep(for: .milliseconds(5)) }
        #else
            try await Task.sleep(for: .seconds(10 * seconds))
        #endif
    }
}

/// A temporary folder, gone with the value.
final class Folder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("mohpo-lua-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// Waits until the program has made the file: no guess of how long a start takes.
    func waitFor(_ name: String) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while !has(name) {
            guard .now < end else { throw NeverThere(name: name) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// A file that a program was to make.
struct NeverThere: Error {
    let name: String
}
