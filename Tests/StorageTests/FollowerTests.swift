import Engine
import Foundation
import Storage
import Testing

/// A study that is followed while it is written.
@Suite struct FollowerTests {
    private func expectEqual(_ followed: StudyFile, _ file: StudyFile, _ note: Comment) throws {
        let (one, other) = (try followed.study, try file.study)
        #expect(one.trials == other.trials, note)
        #expect(one.reportCount == other.reportCount && one.front() == other.front(), note)
        #expect(one.endReason == other.endReason, note)
        #expect(followed.arrivals == file.arrivals, note)
        #expect(followed.eventCount == file.eventCount && followed.note == file.note, note)
        #expect(followed.isHeld == file.isHeld && followed.damage == nil, note)
    }

    /// After every event, and after many at once, a reading is what reading all would give.
    @Test(arguments: [1, 7, 1_000_000])
    func everyReadingIsWhatTheFileHolds(step: Int) throws {
        let path = try Scratch().path("s.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let lease = journal.takeLease()
        let follower = StudyFollower(path: path)
        for (number, event) in try SampleStudy.events().events(from: 0).enumerated() {
            if case .reported(let told) = event {
                journal.receive(
                    ReceivedReport(
                        trial: told.trial, attempt: told.attempt,
                        resource: told.report.resource, metrics: told.report.metrics))
            }
            try journal.append([event], expecting: number, under: lease)
            guard number % step == 0 else { continue }
            try journal.sync()
            let followed = try #require(try follower.read())
            try expectEqual(followed, try StudyFile.readStudy(at: path), "event \(number)")
            #expect(try follower.read() == nil)
        }
        try journal.sync()
        _ = try follower.read()
        try journal.close()
        let last = try #require(try follower.read())
        #expect(!last.isHeld)
        try expectEqual(last, try StudyFile.readStudy(at: path), "the end")
        #expect(try follower.read() == nil)
    }

    /// Another study under the same name begins again.
    @Test func aFileThatWasReplacedIsReadAgain() throws {
        let scratch = try Scratch()
        let path = scratch.path("s.db")
        func make(trials: Int, at path: String) throws {
            let journal = try SQLiteJournal.create(at: path, about: .test)
            try SampleStudy.events(journal, trials: trials)
            try journal.close()
        }
        try make(trials: 3, at: path)
        let follower = StudyFollower(path: path)
        #expect(try follower.read()?.study.trials.count == 3)
        try make(trials: 5, at: scratch.path("new.db"))
        #expect(rename(scratch.path("new.db"), path) == 0)
        #expect(try follower.read()?.study.trials.count == 5)
        #expect(unlink(path) == 0)
        #expect(throws: StorageError.self) { try follower.read() }
    }
}
