/// Is told how a run comes along: the progress line, the log.
///
/// Called on the loop's thread, between two steps of the loop, so it should be quick.
public protocol RunObserver: AnyObject {
    /// Seconds between two calls of `waiting` while nothing else happens; nil: only then.
    var interval: Double? { get }
    /// The run begins.
    func began(_ progress: RunProgress)
    /// The loop is about to wait for trials.
    func waiting(_ progress: () -> RunProgress)
    /// Code of the script's is about to run, which may print.
    func scriptContinues()
    /// The run has ended, as its study has or not.
    func ended(_ progress: RunProgress)
    /// Messages below it are not shown, so that they need not be made.
    var leastLevel: RunMessageLevel { get }
    /// A message for the user: one or more lines, without the level.
    func log(_ level: RunMessageLevel, _ message: String)
}

/// Nothing is shown where an observer does not say otherwise.
extension RunObserver {
    /// Nil.
    public var interval: Double? { nil }
    /// Does nothing.
    public func began(_ progress: RunProgress) {}
    /// Does nothing.
    public func waiting(_ progress: () -> RunProgress) {}
    /// Does nothing.
    public func scriptContinues() {}
    /// Does nothing.
    public func ended(_ progress: RunProgress) {}
    /// `notice`.
    public var leastLevel: RunMessageLevel { .notice }
    /// Does nothing.
    public func log(_ level: RunMessageLevel, _ message: String) {}
}

/// Shows nothing.
public final class SilentObserver: RunObserver {
    /// An observer that shows nothing.
    public init() {}
}

/// How urgent a message about a run is.
public enum RunMessageLevel: Sendable, CaseIterable, Comparable {
    case debug
    case info
    case notice
    case warning
}
