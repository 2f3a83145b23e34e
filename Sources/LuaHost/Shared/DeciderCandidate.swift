internal import Engine
internal import Platform
internal import PostgresStorage
internal import Running

/// Decides about a study when no other process does, on a thread of its own: it runs no trials and sees
/// no Lua.
final class DeciderCandidate: Sendable {
    /// What a loop is told that decides.
    struct Options: Sendable {
        let title: String
        let timeOut: Double?
        let keeps: KeepRule
    }

    /// A session that one thread makes and another uses.
    private struct Handed: @unchecked Sendable {
        // Unchecked: whoever hands it over uses it no more.
        let session: StudySession
    }

    /// Seconds between two looks whether another process decides.
    private static let interval = 0.5

    private let place: String
    private let definition: StudyDefinition
    private let options: Options
    private let control: DeciderControl
    private let hasEnded = Monitor(false)

    /// - Parameters:
    ///   - place: the study's address, with its number.
    ///   - definition: what the study begins with where it has not begun.
    init(
        _ place: String, definition: StudyDefinition, options: Options, control: DeciderControl
    ) {
        (self.place, self.definition) = (place, definition)
        (self.options, self.control) = (options, control)
    }

    /// Stands for election until the study has ended, or the control ends it.
    ///
    /// - Parameter session: the study, where this process has opened it.
    func start(with session: StudySession?) {
        let handed = session.map { Handed(session: $0) }
        SystemThread.start { [self] in
            stand(with: handed?.session)
            hasEnded.change { $0 = true }
        }
    }

    /// Waits until the thread has ended, for some seconds at most.
    func waitForEnd() { _ = hasEnded.wait(seconds: 10) { $0 ? () : nil } }

    private func stand(with session: StudySession?) {
        var session = session
        do {
            var board = try PostgresAgentBoard(place)
            while !control.isLeaving {
                do {
                    let opened = try session ?? open(&board)
                    session = nil
                    if let opened, try decide(opened) { return }
                } catch let error as JournalError {
                    tell(error)
                } catch RunError.journal(let error as JournalError) {
                    tell(error)
                } catch ServerError.unreachable, ServerError.inUse {
                    // The agent's link says that the server is away.
                }
                pause()
            }
        } catch RunError.journal(let error) {
            control.fail(error)
        } catch {
            control.fail(error)
        }
    }

    private func tell(_ error: JournalError) {
        guard !error.isTemporary else { return }
        control.log("\(error); it decides now, and this process runs trials")
    }

    private func pause() { control.waitUntilLeaving(seconds: Self.interval) }

    /// The study where no other process decides about it.
    private func open(_ board: inout PostgresAgentBoard) throws -> StudySession? {
        guard try !board.hasDecider() else { return nil }
        let catalog = PostgresCatalog(try ServerAddress(place))
        return try catalog.alone(with: definition.name) { () -> StudySession? in
            guard try !board.hasDecider() else { return nil }
            let journal = try catalog.openToResume(place) { _ in }.journal
            let beginning = try journal.beginning()
            let known = beginning.fold.definition ?? definition
            var session =
                beginning.fold.total == 0
                ? try StudySession(new: definition, journal)
                : try StudySession(
                    resuming: beginning, in: journal, with: known, extending: false)
            session.place = place
            session.close = journal.close
            return session
        }
    }

    /// Decides until the study has ended.
    ///
    /// - Returns: whether it has.
    private func decide(_ session: StudySession) throws -> Bool {
        var run = RunOptions(title: options.title)
        (run.timeOut, run.keeps) = (options.timeOut, options.keeps)
        run.isInterrupted = { [control] in control.isInterrupted }
        let loop = StudyLoop(session, options: run)
        control.follow(loop.queue)
        defer { control.follow(nil) }
        let executor = try AgentExecutor(loop, on: PostgresAgentBoard(place), control: control)
        let reason = try loop.run(executor)
        if let failure = executor.failure { throw failure }
        return reason != nil
    }
}
