internal import Experiment
internal import Report

/// The words of the progress line, the most important first.
struct ProgressText {
    private let parts: [String]

    init(_ progress: RunProgress) {
        let running = progress.trialsStarted - progress.trialsEnded
        let limit = progress.trialLimit.map { "/\($0)" } ?? ""
        let rate = progress.elapsed > 0 ? Double(progress.resource) / progress.elapsed : 0
        let best = progress.best.compactMap { best in
            best.value.map { "\(best.objective) \(Self.short($0))" }
        }
        parts =
            [
                "\(progress.name): \(progress.trialsEnded)\(limit) trials, \(running) running",
                Self.time(progress),
                "\(significant(rate, digits: 3)) \(progress.timeAttribute)s/s",
                "front \(progress.frontSize)",
            ] + (best.isEmpty ? [] : ["best \(best.joined(separator: ", "))"])
    }

    /// As many parts as fit; a cut is marked.
    func fitted(to width: Int) -> String {
        let whole = parts.joined(separator: " | ")
        guard whole.count > width else { return whole }
        return String(whole.prefix(max(0, width - 1))) + "…"
    }

    private static func time(_ progress: RunProgress) -> String {
        let elapsed = clock(progress.elapsed)
        guard let left = timeLeft(progress) else { return elapsed }
        return "\(elapsed), ~\(clock(left)) left"
    }

    /// From the trials done so far; a time-out may come first.
    private static func timeLeft(_ progress: RunProgress) -> Double? {
        var estimates: [Double] = []
        if let limit = progress.trialLimit, progress.trialsEnded > 0 {
            let rest = Double(limit - progress.trialsEnded) / Double(progress.trialsEnded)
            estimates.append(progress.elapsed * rest)
        }
        if let timeOut = progress.timeOut { estimates.append(max(0, timeOut - progress.elapsed)) }
        return estimates.min()
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded())
        let rest = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return hours > 0
            ? "\(hours):\(rest(minutes)):\(rest(whole % 60))" : "\(minutes):\(rest(whole % 60))"
    }

    /// Enough digits to see a change, few enough for a line.
    private static func short(_ value: Double) -> String { significant(value, digits: 4) }
}
