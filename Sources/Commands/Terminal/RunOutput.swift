internal import Logging
internal import Platform
internal import Running
internal import Synchronization

/// What a run shows on standard error: messages, and on a terminal a progress line.
final class RunOutput: RunObserver, Sendable {
    private let line: ProgressLine?
    private let logger: Logger
    private let saidIdle = Atomic(false)
    private let page: PageBeside?

    /// - Parameter page: is told of the studies that begin.
    init(logLevel: Logger.Level, showsProgress: Bool, page: PageBeside? = nil) {
        self.page = page
        let line = showsProgress && Terminal.standardErrorIsTerminal ? ProgressLine() : nil
        self.line = line
        logger = Logger(label: "mohpo-lua") { _ in
            StandardErrorLog(logLevel: logLevel) { line?.hide() }
        }
    }

    var interval: Double? { line == nil ? nil : 0.25 }

    func began(_ progress: RunProgress) {
        if let place = progress.place { page?.show(place) }
        let (cores, slots) = (availableCores(), progress.slots)
        guard cores > slots, progress.mayUseMoreCores,
            saidIdle.exchange(true, ordering: .relaxed) == false
        else { return }
        logger.notice(
            """
            \(cores - slots) of \(cores) cores stay idle: the study has \(slots) \
            slot\(slots == 1 ? "" : "s") (--parallel N gives it more)
            """)
    }

    func waiting(_ progress: () -> RunProgress) { line?.show(progress) }

    func scriptContinues() { line?.hide() }

    func ended(_ progress: RunProgress) { line?.hide() }

    var leastLevel: RunMessageLevel {
        RunMessageLevel.allCases.first { $0.ofLogger >= logger.logLevel } ?? .warning
    }

    func log(_ level: RunMessageLevel, _ message: String) {
        logger.log(level: level.ofLogger, "\(message)")
    }

    /// Called on the thread that got the signal.
    ///
    /// - Parameter inSession: what ends is a line of a session, which continues.
    func interrupted(inSession: Bool) {
        logger.notice(
            inSession
                ? "interrupted (Ctrl-C again ends the session)"
                : "interrupted: keeping what was reported (Ctrl-C again ends at once)")
    }
}

extension RunMessageLevel {
    fileprivate var ofLogger: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        }
    }
}

/// Messages as `mohpo-lua: warning: text`, on standard error.
private struct StandardErrorLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    /// Takes the progress line away, so that the message starts a line.
    let prepare: @Sendable () -> Void

    init(logLevel: Logger.Level, prepare: @escaping @Sendable () -> Void) {
        self.logLevel = logLevel
        self.prepare = prepare
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        prepare()
        let level = event.level == .notice ? "" : "\(event.level): "
        standardError("mohpo-lua: \(level)\(event.message)")
    }
}
