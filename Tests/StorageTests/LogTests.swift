import Engine
import Foundation
import Storage
import Testing

/// Logs as programs leave them that are killed while they write a frame.
@Suite("Logs left half written")
struct LogTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func arrival(_ trial: Int) -> ReceivedReport {
        ReceivedReport(trial: trial, resource: 1, metrics: Metrics(["error": 0.5]))
    }

    /// A study's file and log before a transaction of some pages, and the log after it.
    private func transaction(
        isReused: Bool
    ) throws -> (file: [UInt8], before: [UInt8], after: [UInt8], kept: Int) {
        let path = scratch.path("whole.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        var trial = 0
        func write(_ reports: Int) throws {
            for _ in 0..<reports {
                trial += 1
                journal.receive(arrival(trial))
            }
            try journal.sync()
        }
        try write(3)
        if isReused {
            // More than the log holds before it is begun again, and what is written then is less.
            for resource in 1...20 {
                journal.save(
                    Checkpoint(
                        trial: 1, resource: Resource(resource),
                        content: [UInt8](repeating: UInt8(resource), count: 1 << 20)))
                try journal.sync()
            }
        }
        for _ in 0..<5 { try write(2) }
        let (file, before) = (try bytes(path), try bytes(path + "-wal"))
        let kept = trial
        try write(300)
        let after = try bytes(path + "-wal")
        #expect(try withoutMark(bytes(path)) == withoutMark(file))
        #expect((after.count == before.count) == isReused)
        try journal.close()
        return (file, before, after, kept)
    }

    /// A study's file without the bytes of its header that say how much of it is durable.
    private func withoutMark(_ file: [UInt8]) -> [UInt8] { Array(file[..<72] + file[92...]) }

    @Test(
        "no end within a frame is taken for damage, and what was synced is there",
        arguments: [false, true])
    func halfWritten(isReused: Bool) throws {
        let (file, before, after, kept) = try transaction(isReused: isReused)
        let first = zip(before, after).prefix { $0 == $1 }.count
        let last =
            isReused
            ? after.count - zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.count
            : after.count
        let path = scratch.path("torn.db")
        var cuts = (0..<60).map { first + (last - first) * $0 / 59 }
        cuts += [first + 1, last - 1, last - 2_000]
        for cut in cuts {
            for ending in ["", "-wal", "-shm", ".lock"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
            try Data(file).write(to: URL(fileURLWithPath: path))
            try Data(Array(after[..<cut]) + before.dropFirst(cut))
                .write(to: URL(fileURLWithPath: path + "-wal"))
            let read = try StudyFile.read(at: path)
            #expect(read.damage == nil, "\(cut)")
            #expect([kept, kept + 300].contains(read.arrivals.count))
            // A shorter transaction over the beginning of the one that came to nothing.
            let journal = try SQLiteJournal.open(at: path)
            journal.receive(arrival(100_000))
            try journal.sync()
            #expect(try StudyFile.read(at: path).damage == nil, "\(cut)")
            #expect(try StudyFile.read(at: path).arrivals.count == read.arrivals.count + 1)
            try journal.close()
        }
    }
}
