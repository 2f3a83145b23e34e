internal import Engine
internal import Rendering
internal import Running

/// The words of the progress line, the most important first.
struct ProgressText {
    private let progress: RunProgress

    init(_ progress: RunProgress) { self.progress = progress }

    /// As many parts as fit, with fewer digits where that helps; what is left out is marked.
    func fitted(to width: Int) -> String {
        fittedLine([parts(digits: 4), parts(digits: 3)], to: width)
    }

    /// - Parameter digits: of the best values: enough to see a change, few enough for a line.
    private func parts(digits: Int) -> [String] {
        let paused = progress.trialsPaused > 0 ? ", \(progress.trialsPaused) paused" : ""
        let limit = progress.trialLimit.map { "/\($0)" } ?? ""
        let rate = progress.elapsed > 0 ? progress.resource.double / progress.elapsed : 0
        let left = Self.timeLeft(progress).map { ", ~\(Self.clock($0)) left" }
        let best = progress.best.compactMap { best in
            best.value.map { "\(best.objective) \(significant($0, digits: digits))" }
        }
        return [
            "\(progress.name): \(progress.trialsEnded)\(limit) trials",
            ", \(progress.trialsRunning) running\(paused)",
            " | \(Self.clock(progress.elapsed))\(left ?? "")",
            " | \(significant(rate, digits: 3)) \(progress.timeAttribute)s/s",
            " | front \(progress.frontSize)",
        ] + best.enumerated().map { ($0 == 0 ? " | best " : ", ") + $1 }
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
}
