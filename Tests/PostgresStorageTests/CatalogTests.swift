import Engine
import PostgresStorage
import PostgresTesting
import Testing

/// Studies of one database.
@Suite("Studies of a database", .enabled(if: TestServer.programs != nil))
struct CatalogTests {
    private func catalog() throws -> PostgresCatalog {
        let server = try TestServer.shared.get()
        return PostgresCatalog(try ServerAddress(server.makeDatabase()))
    }

    private func metadata(_ name: String, run: String = "r", ordinal: Int = 1) -> StudyMetadata {
        StudyMetadata(name: name, created: name, run: run, ordinal: ordinal)
    }

    @Test("what is made is listed, and opened by its address")
    func listing() throws {
        let catalog = try catalog()
        #expect(try catalog.list().isEmpty)
        #expect(try catalog.studyToResume(by: metadata("a"), ofRun: nil) == nil)
        for name in ["a", "b"] {
            let journal = try catalog.create(metadata(name))
            try journal.append(
                [.interrupted(.interrupt)], expecting: 0, under: journal.takeLease())
            try journal.receive(.init(trial: 1, resource: 1, metrics: Metrics(["x": 1])))
            try journal.close()
        }
        let entries = try catalog.list()
        #expect(entries.map(\.metadata.name) == ["b", "a"])
        #expect(entries.map(\.state) == [.interrupted, .interrupted])
        #expect(entries.map(\.reports) == [1, 1])
        let journal = try catalog.open(entries[1].address)
        #expect(journal.location == .server(entries[1].address))
        #expect(try journal.events(from: 0) == [.interrupted(.interrupt)])
        _ = try journal.takeLease()
        #expect(try catalog.list()[1].state == .running)
        try journal.close()
        #expect(try catalog.list()[1].state == .interrupted)
    }

    @Test("the newest study of a name is resumed, or the one that is named")
    func resuming() throws {
        let catalog = try catalog()
        var places: [String] = []
        for (run, ordinal) in [("1", 1), ("1", 2), ("2", 1)] {
            let journal = try catalog.create(metadata("a", run: run, ordinal: ordinal))
            places.append("\(journal.location)")
        }
        #expect(try catalog.studyToResume(by: metadata("a"), ofRun: nil) == places[2])
        #expect(try catalog.studyToResume(by: metadata("a"), ofRun: "1") == places[0])
        #expect(
            try catalog.studyToResume(by: metadata("a", ordinal: 2), ofRun: nil) == places[1])
        #expect(try catalog.studyToResume(by: metadata("b"), ofRun: nil) == nil)
        let named = PostgresCatalog(try ServerAddress(places[0]))
        #expect(try named.studyToResume(by: metadata("x"), ofRun: nil) == places[0])
        let missing = PostgresCatalog(try ServerAddress(catalog.address.database + "#99"))
        #expect(throws: ServerError.missing(study: catalog.address.database + "#99")) {
            try missing.studyToResume(by: metadata("a"), ofRun: nil)
        }
    }

    @Test("a study that a process writes is not opened, and one whose process is dead is")
    func inUse() throws {
        let catalog = try catalog()
        var journal: (any Journal)? = try catalog.create(metadata("a"))
        let place = try #require(journal).location.description
        _ = try journal?.takeLease()
        let error = #expect(throws: ServerError.self) { try catalog.open(place) }
        guard case .inUse = error else {
            Issue.record("\(error!)")
            return
        }
        // Nothing renews the lease any more: as after a kill, it ends by itself.
        journal = nil
        try catalog.open(place).close()
    }

    @Test("what is addressed by a name is the newest, and a line says so")
    func notices() throws {
        let catalog = try catalog()
        let database = catalog.address.database
        #expect(throws: ServerError.missing(study: database)) { try ServerStudy.read(database) }
        var places: [String] = []
        for name in ["a", "a", "b"] {
            places.append("\(try catalog.create(metadata(name)).location)")
        }
        let study = try ServerStudy.read("\(database)#a")
        #expect(study.address == places[1])
        #expect(study.notice == "\(database)#a is \(places[1]), the newest of 2")
        #expect(try ServerStudy.read(places[0]).notice == nil)
        #expect(try ServerStudy.read(database).address == places[2])
    }
}
