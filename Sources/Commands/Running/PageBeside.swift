internal import ArgumentParser
internal import Foundation
internal import Platform
internal import Synchronization

/// `mohpo-lua watch` beside a run: a process of its own, which is told of each study that begins. It
/// ends with the run, however that ends: its standard input does.
final class PageBeside: Sendable {
    /// That there is no page.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The page's address.
    let address: String
    private let child: ChildProcess
    private let writer: Writer

    /// Seconds that it has to end when the run has.
    private static let timeToEnd = 20.0

    /// Starts the process, and waits until the page can be opened.
    ///
    /// - Throws: `Failure`, `ProcessError`, `FileError`.
    init() throws {
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var command = ProcessCommand([
            program, WatchCommand.configuration.commandName ?? "", WatchCommand.studiesOfARun,
        ])
        command.input = .pipe
        command.killAfter = Self.timeToEnd
        child = try command.start()
        guard let input = child.input, let output = child.output else {
            throw Failure(description: "--watch: no pipe to the page's process")
        }
        defer { close(output) }
        _ = fcntl(output, F_SETFL, 0)
        guard let line = nextLine(from: output) else {
            throw Failure(description: "--watch: the page cannot be served")
        }
        address = line
        writer = Writer(input)
    }

    /// Shows the study of a path from now on.
    func show(_ path: String) { writer.write(path + "\n") }

    /// Writes to the process; what it does not read any more is lost.
    private final class Writer: Sendable {
        /// Used on the poller's thread alone.
        nonisolated(unsafe) private let writer: PipeWriter

        init(_ descriptor: Int32) {
            writer = PipeWriter(descriptor, closesDescriptor: true) {}
        }

        func write(_ text: String) {
            Poller.shared.perform { [self] in writer.write(text.utf8) }
        }
    }
}
