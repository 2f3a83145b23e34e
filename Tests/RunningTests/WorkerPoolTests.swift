import Foundation
import Running
import Synchronization
import Testing

/// The order and the company in which operations run.
@Suite struct WorkerPoolTests {
    private final class Log: Sendable {
        let entries = Mutex<[String]>([])
        func add(_ entry: String) { entries.withLock { $0.append(entry) } }
    }

    private func operation(
        _ name: String, _ exclusivity: Running.Operation.Exclusivity, _ log: Log
    ) -> Running.Operation {
        Running.Operation(trial: 1, virtualTime: 0, exclusivity: exclusivity) {
            log.add(name)
            return 0
        }
    }

    /// The thread of the script computes too: what is measured waits until it does not.
    @Test func anOperationThatWantsToBeAloneWaitsForTheScript() async throws {
        let log = Log()
        let pool = WorkerPool(workers: 2)
        pool.submit(operation("alone", .alone, log))
        try await Task.sleep(for: .milliseconds(50))
        log.add("script")
        pool.waitWhileAlone()
        log.add("script again")
        #expect(log.entries.withLock { $0 } == ["script", "alone", "script again"])
        #expect(pool.nextFinished(seconds: nil) != nil)
        pool.close()
    }

    @Test func waitingForAResultLetsItRun() {
        let log = Log()
        let pool = WorkerPool(workers: 2)
        for name in ["a", "b"] { pool.submit(operation(name, .alone, log)) }
        #expect(pool.nextFinished(seconds: nil) != nil)
        #expect(pool.nextFinished(seconds: nil) != nil)
        #expect(log.entries.withLock { $0 } == ["a", "b"])
        pool.close()
    }

    /// What is closed disturbs nobody: what ran has ended.
    @Test func closingWaitsForWhatRuns() async {
        let log = Log()
        let pool = WorkerPool(workers: 1)
        let (started, goOn) = AsyncStream<Void>.makeStream()
        pool.submit(
            Running.Operation(trial: 1, virtualTime: 0, exclusivity: .shared) {
                goOn.finish()
                Thread.sleep(forTimeInterval: 0.05)
                log.add("ended")
                return 0
            })
        for await _ in started {}
        pool.close()
        #expect(log.entries.withLock { $0 } == ["ended"])
    }

    /// All slots wait for a decision, however many operations of trials wait for a thread.
    @Test func aDecisionGoesBeforeAllTrials() async throws {
        let log = Log()
        let pool = WorkerPool(workers: 1)
        let (started, goOn) = AsyncStream<Void>.makeStream()
        let isHeld = Mutex(true)
        pool.submit(
            Running.Operation(trial: 1, virtualTime: 0, exclusivity: .shared) {
                goOn.finish()
                while isHeld.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
                return 0
            })
        for await _ in started {}
        for trial in 1...64 { pool.submit(operation("trial \(trial)", .shared, log)) }
        pool.submit(operation("alone", .alone, log))
        pool.submit(Running.Operation(deciding: { log.add("decision") }))
        isHeld.withLock { $0 = false }
        for _ in 0..<67 { _ = pool.nextFinished(seconds: nil) }
        #expect(log.entries.withLock { $0.first } == "decision")
        pool.close()
    }
}
