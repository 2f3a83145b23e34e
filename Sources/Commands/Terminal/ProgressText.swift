internal import Engine
internal import Rendering
internal import Running

/// The words of the progress line, the most important first.
struct ProgressText {
    private let progress: RunProgress

    init(_ progress: RunProgress) { self.progress = progress }

    /// As much as fits. Fewer digits come first, then the rate goes, then the numbers of trials that run
    /// and wait, then the time: the front and the best values stay longest.
    func fitted(to width: Int) -> String {
        let forms = [
            parts(digits: 4), parts(digits: 3), parts(digits: 3, without: [.rate]),
            parts(digits: 3, without: [.rate, .running]),
            parts(digits: 3, without: [.rate, .running, .time]),
        ]
        return fittedLine(forms, to: width)
    }

    /// What is left out where there is no room for it.
    private enum Detail { case rate, running, time }

    /// - Parameter digits: of the best values: enough to see a change, few enough for a line.
    private func parts(digits: Int, without left: Set<Detail> = []) -> [String] {
        let limit = progress.trialLimit.map { "/\($0)" } ?? ""
        let best = progress.best.compactMap { best in
            best.value.map { value in
                // Each is of a trial of its own, so that two are not read as one network.
                let trial = best.trial.map { " #\($0)" } ?? ""
                return "\(best.objective) \(significant(value, digits: digits))\(trial)"
            }
        }
        return ["\(progress.name): \(progress.trialsEnded)\(limit) trials"]
            + (left.contains(.running) ? [] : [running])
            + [" | front \(progress.frontSize)"]
            + best.enumerated().map { ($0 == 0 ? " | best " : ", ") + $1 }
            + (left.contains(.time) ? [] : [time])
            + (left.contains(.rate) ? [] : [rate])
    }

    private var running: String {
        let paused = progress.trialsPaused > 0 ? ", \(progress.trialsPaused) paused" : ""
        return ", \(progress.trialsRunning) running\(paused)"
    }

    private var time: String {
        let left = Self.timeLeft(progress).map { ", ~\(clockTime($0)) left" }
        return " | \(clockTime(progress.elapsed))\(left ?? "")"
    }

    private var rate: String {
        let rate = progress.elapsed > 0 ? progress.resource.double / progress.elapsed : 0
        return " | \(significant(rate, digits: 3)) \(progress.timeAttribute)s/s"
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
}
