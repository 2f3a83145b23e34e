import Engine
import Foundation
import Storage
import Testing

/// A folder of studies that is listed while they come, grow and go.
@Suite struct FolderFollowerTests {
    @Test func whatChangedIsRead() throws {
        let scratch = try Scratch()
        let follower = FolderFollower(scratch.folder.path)
        #expect(follower.read().changed.isEmpty)
        let journal = try SQLiteJournal.create(at: scratch.path("a.db"), about: .test)
        let lease = journal.takeLease()
        let other = try SQLiteJournal.create(at: scratch.path("b.db"), about: .test)
        try SampleStudy.events(other, trials: 3)
        try other.close()
        #expect(follower.read().changed.map(\.file) == ["a.db", "b.db"])
        let events = try SampleStudy.events(trials: 3).events(from: 0)
        for (number, event) in events.enumerated() {
            if case .reported(let told) = event {
                journal.receive(
                    ReceivedReport(
                        trial: told.trial, attempt: told.attempt,
                        resource: told.report.resource, metrics: told.report.metrics))
            }
            try journal.append([event], expecting: number, under: lease)
        }
        try journal.sync()
        let (changed, gone) = follower.read()
        #expect(changed.map(\.file) == ["a.db"] && gone == [])
        let study = try #require(changed.first)
        #expect(study.entry == (try StudyFile.entry(at: study.path)))
        #expect(study.entry?.state == .running && study.entry?.trials == 3)
        #expect(study.size > 0 && study.changed > 1e9 && study.problem == nil)
        #expect(follower.read().changed.isEmpty)
        // Its end is seen, also where nothing is written.
        try journal.close()
        #expect(follower.read().changed.first?.entry?.state == .finished)
        try FileManager.default.removeItem(atPath: scratch.path("b.db"))
        let last = follower.read()
        #expect(last.changed.isEmpty && last.gone == ["b.db"])
        #expect(follower.read().gone.isEmpty)
    }

    /// A file that has not changed is not opened: what is in it now would be no study.
    @Test func whatIsAsItWasIsNotRead() throws {
        let scratch = try Scratch()
        let path = scratch.path("a.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: 3)
        try journal.close()
        func setTime(_ seconds: Double) throws {
            let time = Date(timeIntervalSince1970: seconds)
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        }
        try setTime(1_700_000_000)
        let follower = FolderFollower(scratch.folder.path)
        #expect(follower.read().changed.count == 1)
        // As many bytes, of the same time: what a reading would find is no study.
        let size = try Data(contentsOf: URL(filePath: path)).count
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.write(contentsOf: Data(repeating: 0, count: size))
        try file.close()
        try setTime(1_700_000_000)
        let second = follower.read()
        #expect(second.changed.isEmpty && second.gone.isEmpty)
        try setTime(1_700_000_001)
        #expect(follower.read().gone == ["a.db"])
    }

    /// Files are read a few at a time: those that were never read first, of these the last to be written,
    /// then those that were read longest ago.
    @Test func aFolderIsReadInParts() throws {
        let scratch = try Scratch()
        func setTime(_ file: String, _ seconds: Double) throws {
            let time = Date(timeIntervalSince1970: 1_700_000_000 + seconds)
            try FileManager.default.setAttributes(
                [.modificationDate: time], ofItemAtPath: scratch.path(file))
        }
        for number in 1...5 {
            let journal = try SQLiteJournal.create(at: scratch.path("\(number).db"), about: .test)
            try SampleStudy.events(journal, trials: 1)
            try journal.close()
            try setTime("\(number).db", Double(number))
        }
        let follower = FolderFollower(scratch.folder.path)
        var read: [String] = []
        for left in (0..<5).reversed() {
            let (changed, gone) = follower.read(for: .zero)
            #expect(changed.count == 1 && gone.isEmpty && follower.left == left)
            read += changed.map(\.file)
        }
        #expect(read == ["5.db", "4.db", "3.db", "2.db", "1.db"])
        #expect(follower.read(for: .zero).changed.isEmpty && follower.left == 0)
        try setTime("1.db", 20)
        try setTime("4.db", 10)
        #expect(follower.read(for: .zero).changed.map(\.file) == ["4.db"] && follower.left == 1)
        // What is removed before it was read again is gone, and is not waited for.
        try FileManager.default.removeItem(atPath: scratch.path("1.db"))
        let last = follower.read(for: .zero)
        #expect(last.changed.isEmpty && last.gone == ["1.db"] && follower.left == 0)
    }

    @Test func otherFilesAreLeftOut() throws {
        let scratch = try Scratch()
        try "no study".write(toFile: scratch.path("x.db"), atomically: false, encoding: .utf8)
        try "no study".write(toFile: scratch.path("x.txt"), atomically: false, encoding: .utf8)
        try FileManager.default.createDirectory(
            atPath: scratch.path("folder.db"), withIntermediateDirectories: true)
        let follower = FolderFollower(scratch.folder.path)
        let (changed, gone) = follower.read()
        #expect(changed.isEmpty && gone.isEmpty)
    }

    @Test func aFolderThatIsNotThereIsEmpty() throws {
        let follower = FolderFollower(try Scratch().path("none"))
        #expect(follower.read().changed.isEmpty)
    }
}
