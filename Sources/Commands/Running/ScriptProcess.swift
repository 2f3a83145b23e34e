internal import Dispatch
internal import LuaBridge
internal import LuaHost
internal import Platform
internal import Synchronization

/// Runs a script as this process's work: on a thread of its own, ended by Ctrl-C.
enum ScriptProcess {
    /// Runs a command line's script, and a session at standard input behind it.
    ///
    /// - Parameter finish: called on the script's thread before its state is closed; true when it has
    ///   dealt with the failure, which is then none. What it throws is told, and the process fails.
    /// - Returns: the process's exit status.
    static func run(
        _ command: ScriptCommand, settings: RunSettings, output: RunOutput,
        isInteractive: Bool = false,
        finish: @escaping @Sendable (ScriptHost, ScriptFailure?) throws -> Bool = { _, _ in false }
    ) -> Int32 {
        run(
            output: output, timeOut: settings.scriptTimeOut, isInteractive: isInteractive
        ) { interruption in
            let session: ((Repl) -> Void)? =
                isInteractive ? { InteractiveSession.run(with: $0) } : nil
            return onThread(
                settings: settings, interruption: interruption, output: output,
                body: { try $0.run(command, session: session) }, finish: finish)
        }
    }

    /// Does work with scripts on a thread of its own, which Ctrl-C ends.
    ///
    /// - Parameters:
    ///   - timeOut: seconds after which the work is ended; nil for no limit.
    ///   - work: gives the exit status.
    /// - Returns: the process's exit status.
    static func run(
        output: RunOutput, timeOut: Double? = nil, isInteractive: Bool = false,
        work: @escaping @Sendable (Interruption) -> Int32
    ) -> Int32 {
        let interruption = Interruption()
        SignalRelay.start { [output] signal in
            guard !InteractiveSession.interrupted(by: signal) else { return }
            // First the words: the process may have ended before they could be said.
            output.interrupted(inSession: isInteractive)
            // A session outlives a Ctrl-C that ends what it runs, as an interpreter's does.
            interruption.request(isFinal: !isInteractive || signal != SIGINT)
        }
        let status = Mutex(ExitStatus.done)
        let done = DispatchSemaphore(value: 0)
        LuaThread.start {
            let result = work(interruption)
            status.withLock { $0 = result }
            done.signal()
        }
        wait(for: done, atMost: timeOut, interruption)
        let result = status.withLock { $0 }
        let isTerminated = result == ExitStatus.interrupted && SignalRelay.received == SIGTERM
        return isTerminated ? ExitStatus.terminated : result
    }

    /// Seconds between asking a script to end and ending the process.
    private static let notice = 2.0

    /// Waits for the script's end, which comes by force where it has run for too long.
    private static func wait(
        for done: DispatchSemaphore, atMost limit: Double?, _ interruption: Interruption
    ) {
        // A century is as good as no limit, and more than the clock can count.
        guard let limit, limit < 3e9 else { return done.wait() }
        guard done.wait(timeout: .now() + limit) == .timedOut else { return }
        interruption.request(isOverdue: true)
        guard done.wait(timeout: .now() + notice) == .timedOut else { return }
        // No hook is looked at where it is: in a pattern match, in a finaliser.
        standardError("mohpo-lua: the time is up (--time-out), and the script does not end")
        quitInTheMiddle(ExitStatus.failed)
    }

    private static func onThread(
        settings: RunSettings, interruption: Interruption, output: RunOutput,
        body: (ScriptHost) throws -> Void, finish: (ScriptHost, ScriptFailure?) throws -> Bool
    ) -> Int32 {
        do {
            let host = try ScriptHost(
                settings: settings, interruption: interruption, observer: output)
            defer { host.close() }
            return run(host, body: body, finish: finish)
        } catch {
            standardError("mohpo-lua: \(error)")
            return ExitStatus.failed
        }
    }

    private static func run(
        _ host: ScriptHost, body: (ScriptHost) throws -> Void,
        finish: (ScriptHost, ScriptFailure?) throws -> Bool
    ) -> Int32 {
        do {
            try body(host)
            _ = try finish(host, nil)
            for name in host.failedStudies {
                standardError("mohpo-lua: \(name): every trial failed")
            }
            return host.failedStudies.isEmpty ? ExitStatus.done : ExitStatus.failed
        } catch let failure as ScriptFailure {
            let isDealtWith = settle(failure, of: host, with: finish)
            guard !failure.isInterrupted || failure.isOverdue else {
                return ExitStatus.interrupted
            }
            guard !isDealtWith else { return ExitStatus.done }
            standardError("mohpo-lua: \(failure)")
            return ExitStatus.failed
        } catch {
            standardError("mohpo-lua: \(error)")
            return ExitStatus.failed
        }
    }

    /// Lets `finish` deal with a failure; what it throws is only told, as the failure is there already.
    private static func settle(
        _ failure: ScriptFailure, of host: ScriptHost,
        with finish: (ScriptHost, ScriptFailure?) throws -> Bool
    ) -> Bool {
        do { return try finish(host, failure) } catch {
            standardError("mohpo-lua: \(error)")
            return false
        }
    }
}
