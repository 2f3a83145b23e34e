internal import Platform
internal import Results

/// What is known of the terminal behind the standard streams.
package enum Terminal {
    static var standardErrorIsTerminal: Bool {
        isatty(STDERR_FILENO) != 0 && environment("TERM") != "dumb"
    }

    static var standardOutputIsTerminal: Bool {
        isatty(STDOUT_FILENO) != 0 && environment("TERM") != "dumb"
    }

    static var standardInputIsTerminal: Bool { isatty(STDIN_FILENO) != 0 }

    /// Colours may be used: the user has not asked for none (no-color.org).
    static var allowsColour: Bool { (environment("NO_COLOR") ?? "").isEmpty }

    /// Columns of the terminal behind standard error; 80 where it does not say.
    static var width: Int { size(of: STDERR_FILENO)?.columns ?? 80 }

    /// Columns of the terminal behind standard output; nil where that is no terminal.
    static var outputWidth: Int? { size(of: STDOUT_FILENO)?.columns }

    /// Rows of the terminal behind standard output; nil where that is no terminal.
    static var outputHeight: Int? { size(of: STDOUT_FILENO)?.rows }

    private static func size(of file: Int32) -> (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), max(1, Int(size.ws_row)))
    }

    /// Writes to standard output, unbuffered.
    static func writeOutput(_ text: String) { _ = write(text, to: STDOUT_FILENO) }

    /// Writes to standard error, unbuffered.
    static func write(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Prints a result on standard output, behind what a script has printed.
    ///
    /// - Throws: `OutputError` when not all of it can be written, as on a full disk.
    package static func printResult(_ text: String) throws {
        guard fflush(nil) == 0, write(text, to: STDOUT_FILENO) else {
            throw OutputError("standard output")
        }
    }

    /// Writes all of a text, unbuffered.
    ///
    /// - Returns: whether it could; else `errno` says why not.
    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeBufferPointer(rebasing: rest)
                let count = Platform.write(descriptor, part.baseAddress, part.count)
                guard count > 0 || errno == EINTR else { return false }
                rest = rest.dropFirst(max(0, count))
            }
            return true
        }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
