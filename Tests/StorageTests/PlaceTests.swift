import Engine
import Foundation
import Storage
import Testing

/// A study's file by other names, renamed, removed, or locked by another program.
@Suite("Places of studies")
struct StudyPlaceTests {
    private let scratch: Scratch
    private let path: String
    private var files: FileManager { .default }

    init() throws {
        scratch = try Scratch()
        path = scratch.path("s.db")
    }

    private func arrival(_ trial: Int) -> ReceivedReport {
        ReceivedReport(trial: trial, resource: 1, metrics: Metrics(["error": 0.5]))
    }

    /// A journal that has written so many reports, each in a transaction of its own.
    private func journal(reports: Int) throws -> SQLiteJournal {
        let journal = try SQLiteJournal.create(at: path, about: .test)
        for trial in 1...reports {
            journal.receive(arrival(trial))
            try journal.sync()
        }
        return journal
    }

    @Test("through a link a study is read, resumed, and refused to a second writer")
    func links() throws {
        let link = scratch.path("latest.db")
        try files.createDirectory(
            atPath: scratch.path("links"), withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: link, withDestinationPath: "links/next.db")
        try files.createSymbolicLink(
            atPath: scratch.path("links/next.db"), withDestinationPath: "../s.db")
        let journal = try journal(reports: 3)
        #expect(try StudyFile.read(at: link).arrivals.count == 3)
        #expect(try StudyFile.read(at: link).isHeld)
        #expect(try StudyFile.entry(at: link).state == .running)
        #expect(throws: StorageError.self) { _ = try SQLiteJournal.open(at: link) }
        #expect(throws: StorageError.self) { _ = try StudyFile.salvage(at: link) }
        try journal.close()
        let opened = try SQLiteJournal.open(at: link)
        opened.receive(arrival(4))
        try opened.sync()
        #expect(try StudyFile.read(at: path).arrivals.count == 4)
        #expect(throws: StorageError.self) { _ = try SQLiteJournal.open(at: path) }
        try opened.close()
        #expect(try files.destinationOfSymbolicLink(atPath: link) == "links/next.db")
        #expect(
            try files.contentsOfDirectory(atPath: scratch.folder.path).sorted()
                == ["latest.db", "links", "s.db"])
    }

    @Test("links in a circle are an error")
    func circle() throws {
        try files.createSymbolicLink(atPath: path, withDestinationPath: "s.db")
        #expect(throws: StorageError.self) { try StudyFile.read(at: path) }
    }

    #if os(Linux)
        @Test("a second name of the file gives no second writer")
        func hardLinks() throws {
            let journal = try journal(reports: 1)
            let other = scratch.path("other.db")
            try files.linkItem(atPath: path, toPath: other)
            // Reading in this process takes no lock away.
            _ = try StudyFile.read(at: path)
            #expect(throws: StorageError.self) { _ = try SQLiteJournal.open(at: other) }
            try journal.close()
            try SQLiteJournal.open(at: other).close()
        }
    #endif

    @Test("a salvaged study behind a link takes the place of the file")
    func salvage() throws {
        let link = scratch.path("latest.db")
        try files.createSymbolicLink(atPath: link, withDestinationPath: "s.db")
        try journal(reports: 3).close()
        let database = try Database(path)
        try database.run("UPDATE reports SET sum = 1 WHERE sequence = 3")
        database.close()
        var aside = ""
        try SQLiteJournal.open(at: link) { aside = $1 }.close()
        #expect(aside == scratch.path("s.damaged.db"))
        #expect(try StudyFile.read(at: link).arrivals.count == 2)
        #expect(try files.destinationOfSymbolicLink(atPath: link) == "s.db")
    }

    @Test(
        "a study that is renamed or removed while it is written is said", arguments: [true, false])
    func gone(isRenamed: Bool) throws {
        let journal = try journal(reports: 2)
        let moved = scratch.path("moved.db")
        if isRenamed {
            try files.moveItem(atPath: path, toPath: moved)
        } else {
            try files.removeItem(atPath: path)
        }
        journal.receive(arrival(3))
        #expect(throws: StorageError.gone(path: path)) { try journal.sync() }
        try journal.close()
        guard isRenamed else { return }
        let file = try StudyFile.read(at: moved)
        #expect(file.damage == nil && file.arrivals.count == 3)
        try SQLiteJournal.open(at: moved).close()
    }

    @Test("another program's lock is waited for")
    func locked() throws {
        let journal = try journal(reports: 1)
        let other = try Database(path)
        try other.run("BEGIN IMMEDIATE")
        journal.receive(arrival(2))
        #expect(throws: JournalError.locked(path)) { try journal.sync() }
        try other.run("ROLLBACK")
        other.close()
        try journal.sync()
        try journal.close()
        #expect(try StudyFile.read(at: path).arrivals.count == 2)
    }

    @Test("drafts that killed programs have left go with the next study, those in use stay")
    func drafts() throws {
        let left = ["x.db.12-34.new", "x.db.12-34.new-journal", "y.db.5-6.new-journal"]
        let others = ["x.db.new", "12-34.new", "notes.a-1.new", "x.db.1-2-3.new"]
        for name in left + others {
            try Data("a".utf8).write(to: URL(filePath: scratch.path(name)))
        }
        try journal(reports: 1).close()
        let names = try files.contentsOfDirectory(atPath: scratch.folder.path)
        #expect(names.sorted() == (others + ["s.db"]).sorted())
    }

    @Test("a log that was cut anywhere is said, and salvaged up to there")
    func cutLog() throws {
        let journal = try journal(reports: 40)
        let (file, log) = try (bytes(path), bytes(path + "-wal"))
        try journal.close()
        #expect(try StudyFile.read(at: path).damage == nil)
        let copy = scratch.path("copy.db")
        for cut in stride(from: 0, to: log.count, by: 1_601) {
            try Data(file).write(to: URL(filePath: copy))
            try Data(log[..<cut]).write(to: URL(filePath: copy + "-wal"))
            let read = try StudyFile.read(at: copy)
            #expect(read.damage != nil && read.arrivals.count < 40, "\(cut)")
            var salvaged = false
            try SQLiteJournal.open(at: copy) { _, _ in salvaged = true }.close()
            #expect(try salvaged && StudyFile.read(at: copy).arrivals == read.arrivals, "\(cut)")
            for ending in ["copy.db", "copy.damaged.db", "copy.damaged.db-wal"] {
                try? files.removeItem(atPath: scratch.path(ending))
            }
        }
        try Data(file).write(to: URL(filePath: copy))
        try Data(log).write(to: URL(filePath: copy + "-wal"))
        #expect(try StudyFile.read(at: copy).damage == nil)
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}
