import Running

/// Keeps what a run says.
final class MessageLog: RunObserver {
    private(set) var messages: [String] = []
    private(set) var hasEnded = false

    var interval: Double? { nil }
    var leastLevel: RunMessageLevel { .notice }
    func began(_ progress: RunProgress) {}
    func waiting(_ progress: () -> RunProgress) {}
    func scriptContinues() {}
    func ended(_ progress: RunProgress) { hasEnded = true }
    func log(_ level: RunMessageLevel, _ message: String) { messages.append(message) }
}
