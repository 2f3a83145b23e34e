import Engine
import Storage
import Testing

/// What reports keep, in a study's file.
@Suite("What reports keep") struct ArtifactTests {
    @Test("it is there until it is dropped, also over a resumption and in a salvaged file")
    func keeping() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let artifacts = (1...3).map {
            Artifact(.init(trial: 1, resource: Resource($0)), content: [UInt8($0)])
        }
        for artifact in artifacts {
            let metrics = Metrics(["error": 0.5])
            journal.receive(
                ReceivedReport(trial: 1, resource: artifact.key.resource, metrics: metrics))
            journal.keep(artifact)
        }
        journal.drop(artifacts[0].key)
        #expect(try journal.artifact(artifacts[0].key) == nil)
        #expect(try journal.artifact(artifacts[1].key) == artifacts[1])
        try journal.close()
        #expect(try StudyFile.artifact(artifacts[2].key, at: path) == artifacts[2])
        let again = try SQLiteJournal.open(at: path)
        #expect(try Set(again.artifactKeys()) == Set(artifacts[1...].map(\.key)))
        again.drop(artifacts[1].key)
        #expect(try again.artifactKeys() == [artifacts[2].key])
        try again.close()
        let database = try Database(path)
        #expect(try database.integer("SELECT count(*) FROM artifacts") == 1)
        try database.run("UPDATE study SET sum = 1")
        database.close()
        _ = try StudyFile.salvage(at: path)
        #expect(try StudyFile.read(at: path).artifacts == [artifacts[2]])
    }

    @Test("a flipped byte in it is noticed")
    func damage() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        journal.receive(ReceivedReport(trial: 1, resource: 1, metrics: Metrics(["error": 1])))
        journal.keep(Artifact(.init(trial: 1, resource: 1), content: [1, 2]))
        try journal.close()
        let database = try Database(path)
        try database.run("UPDATE artifacts SET content = x'0103'")
        database.close()
        let damage = try #require(try StudyFile.read(at: path).damage)
        #expect("\(damage)".contains("what reports keep (table artifacts)"))
        #expect(throws: StorageError.self) {
            try StudyFile.artifact(.init(trial: 1, resource: 1), at: path)
        }
    }
}
