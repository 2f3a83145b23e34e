internal import Platform

/// How long a thread that reads again and again rests, so that it leaves the processor to studies.
///
/// What counts is the processor's time and not the clock's: where others compute, a reading takes long
/// and is no reason to rest longer.
struct Pace {
    private let start = ContinuousClock.now
    private let processor = Self.processorTime

    /// The time to rest since the pace began.
    ///
    /// - Parameters:
    ///   - times: so many times as long as was computed: 4 leaves a fifth of a processor.
    ///   - least: this at least.
    func rest(times: Int, atLeast least: Duration) -> Duration {
        let passed = ContinuousClock.now - start
        return max(least, min(Self.processorTime - processor, passed) * times)
    }

    /// Rests as long as `rest` says, at most a minute.
    func pause(times: Int, atLeast least: Duration) {
        let time = rest(times: times, atLeast: least)
        usleep(UInt32(min(time / .microseconds(1), 60_000_000)))
    }

    /// What all threads of this process have computed.
    private static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
