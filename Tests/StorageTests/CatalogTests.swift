import Engine
import Foundation
import Storage
import Testing

/// Places that hold studies.
@Suite("Catalogs")
struct CatalogTests {
    @Test("what is made is listed, and opened by its address")
    func folder() throws {
        let catalog: any StudyCatalog = FolderCatalog(try Scratch().path("studies"))
        #expect(try catalog.list().isEmpty)
        for name in ["a", "b"] {
            let journal = try catalog.create(StudyMetadata(name: name, created: name))
            try journal.append([.interrupted(.interrupt)])
            try journal.close()
        }
        let entries = try catalog.list()
        #expect(entries.map(\.metadata.name) == ["b", "a"])
        #expect(entries.map(\.state) == [.interrupted, .interrupted])
        let journal = try catalog.open(entries[1].address)
        #expect(journal.location == .file(entries[1].address))
        #expect(try journal.events(from: 0) == [.interrupted(.interrupt)])
        #expect(try catalog.list()[1].state == .running)
        try journal.close()
    }

    @Test("a study that cannot be read is not passed by when its name is resumed")
    func unreadable() throws {
        let scratch = try Scratch()
        let catalog = FolderCatalog(scratch.path("studies"))
        let metadata = StudyMetadata(name: "s", created: "2026-01-01T00:00:00Z")
        let journal = try catalog.create(metadata)
        try SampleStudy.events(journal)
        let events = try journal.events(from: 0)
        try journal.close()
        let database = try Database(catalog.path("s"))
        try database.run("UPDATE study SET name = 'z'")
        database.close()
        let address = try #require(try catalog.studyToResume(by: metadata, ofRun: nil))
        #expect(address == catalog.path("s"))
        var lines: [String] = []
        let (salvaged, note) = try catalog.openToResume(address) { lines.append($0) }
        #expect(try salvaged.events(from: 0) == events && note.name == "s" && lines.count == 1)
        try salvaged.close()
        #expect(try catalog.studyToResume(by: metadata, ofRun: nil) == address)
        // Nor is one passed by that may be newer than what can be read; a name beside it says nothing.
        try "no study".write(
            toFile: catalog.path("s", ending: "-x"), atomically: false, encoding: .utf8)
        #expect(try catalog.studyToResume(by: metadata, ofRun: nil) == address)
        try "no study".write(
            toFile: catalog.path("s", ending: "-2"), atomically: false, encoding: .utf8)
        #expect(throws: StorageError.self) {
            try catalog.studyToResume(by: metadata, ofRun: nil)
        }
    }

    @Test(
        "a location is what the user means",
        arguments: [
            ("memory", .memory, .name("memory")), ("x", .file("x"), .name("x")),
            ("a/x.db", .file("a/x.db"), .file("a/x.db")),
            ("postgres://h/db", .server("postgres://h/db"), .server("postgres://h/db")),
        ] as [(String, StudyLocation, StudyLocation)])
    func locations(text: String, toWrite: StudyLocation, toRead: StudyLocation) {
        #expect(StudyLocation(toWrite: text) == toWrite)
        #expect(StudyLocation(toRead: text) == toRead)
        #expect("\(toWrite)" == text)
    }
}
