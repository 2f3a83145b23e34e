import Platform
import Running
import Synchronization
import Testing

/// What a measured time rests on: an operation that wants to be alone never has company.
@Suite struct LoneOperationTests {
    /// Who computes at the moment, and how often somebody did beside one that was to be alone.
    private final class Watch: Sendable {
        enum Kind { case shared, alone, script }
        struct Count {
            var running: [Kind: Int] = [:]
            var overlaps = 0
            var runs: [Kind: Int] = [:]
            /// The most operations that ever ran at once.
            var most = 0
        }
        let count = Mutex(Count())

        func during(_ kind: Kind) {
            count.withLock { count in
                count.running[kind, default: 0] += 1
                count.runs[kind, default: 0] += 1
                let all = count.running.values.reduce(0, +)
                if count.running[.alone, default: 0] > 0, all > 1 { count.overlaps += 1 }
                count.most = max(count.most, all - count.running[.script, default: 0])
            }
            usleep(100)
            count.withLock { $0.running[kind]! -= 1 }
        }
    }

    /// Submits and resumes as an experiment's loop does, every third operation wanting to be alone.
    private func run(operations: Int, workers: Int, watch: Watch) {
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        var (submitted, inFlight) = (0, 0)
        func submit() {
            guard submitted < operations else { return }
            let exclusivity: Operation.Exclusivity = submitted % 3 == 0 ? .alone : .shared
            pool.submit(
                Operation(trial: submitted, virtualTime: submitted / 5, exclusivity: exclusivity) {
                    watch.during(exclusivity == .alone ? .alone : .shared)
                })
            submitted += 1
            inFlight += 1
        }
        for _ in 0..<8 { submit() }
        while inFlight > 0 {
            guard let operation = pool.nextFinished(seconds: 0) ?? pool.nextFinished(seconds: nil)
            else { continue }
            inFlight -= 1
            // A resumed coroutine continues computing after it has submitted.
            pool.waitWhileAlone()
            submit()
            watch.during(.script)
            if operation.exclusivity == .alone { pool.runHere(.alone) { watch.during(.alone) } }
        }
    }

    @Test(arguments: [1, 2, 4]) func alonesHaveNoCompany(workers: Int) async {
        let watch = Watch()
        await onThread { run(operations: 600, workers: workers, watch: watch) }
        let count = watch.count.withLock { $0 }
        #expect(count.overlaps == 0)
        #expect(count.runs[.shared] == 400)
        #expect(count.runs[.alone, default: 0] >= 200)
        #expect(count.runs[.script] == 600)
        #expect(count.most <= workers)
    }
}
