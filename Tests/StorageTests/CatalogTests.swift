import Engine
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
