internal import Running
internal import Synchronization

/// One line at the bottom of the terminal that tells where a run stands.
///
/// It is shown while the loop waits for operations and taken away before anything else may print,
/// so a script's own output is never mixed with it.
final class ProgressLine: Sendable {
    private struct State {
        var text = ""
        var isShown = false
        var madeAt: ContinuousClock.Instant?
    }
    private let state = Mutex(State())

    /// Texts are made at most this often; more could not be read.
    private static let interval = Duration.milliseconds(200)

    func show(_ progress: () -> RunProgress) {
        state.withLock { state in
            let now = ContinuousClock.now
            let isStale = state.madeAt.map { $0.duration(to: now) >= Self.interval } ?? true
            if isStale {
                state.text = ProgressText(progress()).fitted(to: Terminal.width - 3)
                state.madeAt = now
            }
            guard isStale || !state.isShown else { return }
            Terminal.write("\r" + Self.styled(state.text) + "\u{1B}[K")
            state.isShown = true
        }
    }

    func hide() {
        state.withLock { state in
            guard state.isShown else { return }
            Terminal.write("\r\u{1B}[K")
            state.isShown = false
        }
    }

    private static func styled(_ text: String) -> String {
        Terminal.allowsColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }
}
