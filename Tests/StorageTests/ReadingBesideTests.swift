import Engine
import Foundation
import Storage
import Synchronization
import Testing

/// A study that is read while it is written.
@Suite("Reading beside a writer")
struct ReadingBesideTests {
    private final class Progress: Sendable {
        let isDone = Atomic(false)
        let reads = Atomic(0)
        let failures = Mutex<[String]>([])

        /// Reads a study until it is done.
        func read(_ path: String) {
            var last = 0
            while !isDone.load(ordering: .relaxed) {
                do {
                    let file = try StudyFile.read(at: path)
                    if let damage = file.damage { fail("\(damage)") }
                    if file.arrivals.count < last { fail("\(file.arrivals.count) after \(last)") }
                    last = file.arrivals.count
                } catch { fail("\(error)") }
                reads.add(1, ordering: .relaxed)
            }
        }

        private func fail(_ text: String) { failures.withLock { $0.append(text) } }
    }

    /// The log is begun again each time it has grown large enough, and is half written at any moment.
    @Test("a healthy study with large checkpoints is never said to be damaged")
    func checkpoints() async throws {
        let path = try Scratch().path("s.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let progress = Progress()
        // A thread of its own, which runs whatever else the tests compute.
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            progress.read(path)
            ended.signal()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...150 {
                    let content = [UInt8](
                        repeating: UInt8(truncatingIfNeeded: number), count: 400_000)
                    journal.save(Checkpoint(trial: number % 3 + 1, resource: 1, content: content))
                    journal.receive(
                        ReceivedReport(
                            trial: number, resource: 1, metrics: Metrics(["error": 0.5])))
                    try journal.sync()
                }
                try journal.close()
                progress.isDone.store(true, ordering: .relaxed)
            }
            try await group.waitForAll()
        }
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                ended.wait()
                continuation.resume()
            }
        }
        #expect(progress.reads.load(ordering: .relaxed) > 0)
        #expect(progress.failures.withLock { $0 } == [])
    }

    #if os(Linux)
        /// A descriptor of a file that SQLite has open cannot be closed without taking SQLite's locks
        /// away, so each is used again.
        @Test("reading again and again beside a writer needs no more descriptors")
        func descriptors() throws {
            let path = try Scratch().path("s.db")
            let journal = try SQLiteJournal.create(at: path, about: .test)
            try journal.sync()
            func open() throws -> Int {
                let resolved = try #require(realpath(path, nil))
                defer { free(resolved) }
                let file = String(cString: resolved)
                return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
                    let target = try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "/proc/self/fd/\($0)")
                    return target == file
                }
            }
            _ = try StudyFile.read(at: path)
            let once = try open()
            for _ in 0..<30 { #expect(try StudyFile.read(at: path).damage == nil) }
            #expect(try open() == once)
            try journal.close()
            #expect(try open() == 0)
        }
    #endif
}
