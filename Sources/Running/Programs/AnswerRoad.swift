internal import Platform
internal import Synchronization

/// How the answer to a report goes to the program: from the thread that has it, where nothing else is
/// to be done on the connection, and else by the poller's.
///
/// To wake the poller's thread for each answer takes longer than all else that happens to a report.
final class AnswerRoad: Sendable {
    private struct State {
        /// A report waits for its answer.
        var isAwaited = false
        /// Where the answer can be written at once; nil where the poller's thread is to do it.
        var socket: Int32?
    }
    private let state = Mutex(State())

    /// A report waits for its answer.
    var isAwaited: Bool { state.withLock(\.isAwaited) }

    /// A report is about to be handed on.
    ///
    /// - Parameter socket: where the answer can be written at once.
    func expect(at socket: Int32?) {
        state.withLock { $0 = State(isAwaited: true, socket: socket) }
    }

    /// Says where an answer that is awaited can be written at once from now on; nil: nowhere. Once it
    /// returns, no other thread writes anywhere else.
    ///
    /// - Returns: whether one is awaited. If so, nil has it handed to the poller's thread.
    func lead(to socket: Int32?) -> Bool {
        state.withLock { state in
            state.socket = state.isAwaited ? socket : nil
            return state.isAwaited
        }
    }

    /// Writes an answer, where that can be done at once. From any thread.
    ///
    /// - Returns: how many of the bytes were written. Where these are not all, the answer is awaited
    ///   still, and the poller's thread has to write the rest.
    func send(_ bytes: [UInt8]) -> Int {
        state.withLock { state in
            guard let socket = state.socket else { return 0 }
            // Under the lock, so that the socket is not closed meanwhile.
            let count = DirectWriter.write(bytes, to: socket)
            state = State(isAwaited: count < bytes.count)
            return count
        }
    }

    /// The answer has been handed to the connection, or is not awaited any more.
    func end() { state.withLock { $0 = State() } }
}
