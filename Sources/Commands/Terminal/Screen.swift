internal import Platform
internal import Synchronization

/// A terminal's other screen, painted again and again. What stood on the terminal before is there again
/// behind it.
final class Screen: Sendable {
    private struct State {
        var isOpen = true
        let before: termios?
    }
    private let state: Mutex<State>

    /// Takes the terminal behind standard output; keys are no longer shown.
    init() {
        var settings = termios()
        let isKeyboard = tcgetattr(STDIN_FILENO, &settings) == 0
        state = Mutex(State(before: isKeyboard ? settings : nil))
        if isKeyboard {
            settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        }
        Terminal.writeOutput("\u{1B}[?1049h\u{1B}[?25l")
    }

    /// Shows these lines in place of those before.
    func paint(_ lines: [String]) {
        let text = lines.map { "\($0)\u{1B}[K" }.joined(separator: "\r\n")
        state.withLock { state in
            guard state.isOpen else { return }
            Terminal.writeOutput("\u{1B}[H\(text)\u{1B}[J")
        }
    }

    /// Gives the terminal back as it was. From any thread, and more than once.
    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            Terminal.writeOutput("\u{1B}[?25h\u{1B}[?1049l")
            if var before = state.before { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
        }
    }

    /// Waits, or until a key is pressed.
    ///
    /// - Returns: whether that was `q`.
    func waits(seconds: Double) -> Bool {
        guard state.withLock({ $0.before != nil }) else {
            usleep(UInt32(seconds * 1e6))
            return false
        }
        var keyboard = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&keyboard, 1, Int32(seconds * 1000)) > 0 else { return false }
        var key: UInt8 = 0
        return read(STDIN_FILENO, &key, 1) < 1 || key == UInt8(ascii: "q")
    }
}
