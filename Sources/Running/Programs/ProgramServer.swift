internal import Platform
internal import Synchronization

/// The socket on which the programs of a run speak.
///
/// It lies in a folder of mode 0700 and is itself of mode 0600; each trial has a secret of its own, so
/// that no child speaks for another.
package final class ProgramServer: Sendable {
    private struct State {
        var runs: [Int: ProgramRun] = [:]
        var folder: String?
        var failure: FileError?
    }
    private let state = Mutex(State())
    private let polled = Polled()

    /// A server whose socket is made when the first program starts.
    package init() {}

    /// The socket's path.
    ///
    /// - Throws: `FileError`.
    func path() throws -> String {
        try state.withLock { state in
            if let folder = state.folder { return SocketFolder.socket(in: folder) }
            if let failure = state.failure { throw failure }
            do {
                let folder = try SocketFolder.make()
                state.folder = folder
                try listen(in: folder)
                return SocketFolder.socket(in: folder)
            } catch let error as FileError {
                state.failure = error
                throw error
            }
        }
    }

    /// Listens, from before a program can know the path.
    private func listen(in folder: String) throws {
        try Watchdog.shared.removes(folder)
        let outcome = Monitor<Result<Void, FileError>?>(nil)
        Poller.shared.perform { [self, polled] in
            do {
                polled.listener = try SocketListener(SocketFolder.socket(in: folder)) {
                    [weak self] in
                    guard let self else { return }
                    polled.add(ProgramConnection($0, server: self))
                }
                outcome.change { $0 = .success(()) }
            } catch {
                outcome.change { $0 = .failure(error as? FileError ?? .last) }
            }
        }
        try outcome.wait { $0 }?.get()
    }

    /// Lets the programs of a trial speak.
    func add(_ run: ProgramRun) { state.withLock { $0.runs[run.trial] = run } }

    /// What a trial's programs say is taken no more.
    func remove(_ run: ProgramRun) {
        state.withLock { if $0.runs[run.trial] === run { $0.runs[run.trial] = nil } }
    }

    /// The trial that a hello is about, if the secret is its.
    func run(of trial: Int, secret: String) -> ProgramRun? {
        guard let run = state.withLock({ $0.runs[trial] }), run.secret == secret else { return nil }
        return run
    }

    /// Ends all connections, and removes the socket.
    package func close() {
        let folder = state.withLock { state in
            state.runs = [:]
            defer { state.folder = nil }
            return state.folder
        }
        guard let folder else { return }
        let isDone = Monitor(false)
        Poller.shared.perform { [polled] in
            polled.close()
            unlink(SocketFolder.socket(in: folder))
            rmdir(folder)
            isDone.change { $0 = true }
        }
        _ = isDone.wait { $0 ? true : nil }
    }

    /// What the poller's thread alone touches; that is why it may be shared.
    private final class Polled: @unchecked Sendable {
        var listener: SocketListener?
        private var connections: [ProgramConnection] = []
        /// Beyond these a connection is closed at once.
        private static let most = 1024

        func add(_ connection: ProgramConnection) {
            connections.removeAll(where: \.isClosed)
            guard connections.count < Self.most else { return connection.close() }
            connections.append(connection)
        }

        func close() {
            listener?.close()
            listener = nil
            for connection in connections { connection.close() }
            connections = []
        }
    }
}
