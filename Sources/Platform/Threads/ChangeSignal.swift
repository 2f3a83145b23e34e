/// Tells threads that wait, and listeners, that something else has changed.
///
/// ```swift
/// let version = signal.version
/// if let line = queue.next() { return line }       // looked at after the version was taken
/// signal.wait(since: version)                      // so that no change in between is missed
/// ```
package final class ChangeSignal: Sendable {
    private struct State {
        var version = 0
        var listeners: [@Sendable () -> Void] = []
    }
    private let monitor = Monitor(State())

    /// A signal of something that has not changed yet.
    package init() {}

    /// How often it has changed.
    package var version: Int { monitor.read(\.version) }

    /// Something has changed. From any thread.
    package func notify() {
        let listeners = monitor.change { state in
            state.version += 1
            defer { state.listeners = [] }
            return state.listeners
        }
        for listener in listeners { listener() }
    }

    /// Calls `body` once, with the first change after `version`: at once where that was.
    package func whenChanged(since version: Int, _ body: @escaping @Sendable () -> Void) {
        let isOver = monitor.change { state in
            guard state.version == version else { return true }
            state.listeners.append(body)
            return false
        }
        if isOver { body() }
    }

    /// Waits for the first change after `version`, for at most `seconds` (nil: as long as it takes).
    package func wait(since version: Int, seconds: Double? = nil) {
        _ = monitor.wait(seconds: seconds) { $0.version == version ? nil : true }
    }
}
