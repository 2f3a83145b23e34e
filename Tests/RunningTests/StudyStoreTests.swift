import Engine
import Foundation
import Running
import Storage
import Testing

/// How a run finds its studies again.
@Suite struct StudyStoreTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "mohpo-store-\(UUID().uuidString)").path

    private var catalogs: [any StudyCatalog] {
        [FolderCatalog(folder), FileCatalog(folder + "/one.db")]
    }

    private func store(_ catalog: any StudyCatalog, resumes: Bool) -> StudyStore {
        var options = StudyStore.Options()
        options.resumes = resumes
        options.adviceForAnother = "begin another"
        return StudyStore(catalog, options: options)
    }

    /// Runs the next study of a store; gives its place and what was logged.
    private func run(_ store: StudyStore) throws -> (place: String?, messages: [String]) {
        var messages: [String] = []
        let session = try store.open(study(trials: 2), script: "s.lua") { messages.append($0) }
        let loop = StudyLoop(session, options: RunOptions(title: "test"))
        let executor = ScriptedExecutor(loop) { trial, epoch in
            .report(fields(epoch, error: Double(trial)))
        }
        #expect(try loop.run(executor) == .trialsDone)
        return (session.place, messages)
    }

    /// Two experiments of one run have the same name: each resumes its own study, and a third begins.
    @Test(arguments: [0, 1]) func aRunThatIsResumedFindsItsStudies(catalog: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let catalog = catalogs[catalog]
        let first = store(catalog, resumes: false)
        let places = [try run(first).place, try run(first).place]
        #expect(Set(places).count == 2 && !places.contains(nil))
        let again = store(catalog, resumes: true)
        for place in places {
            let resumed = try run(again)
            #expect(resumed.place == place)
            #expect(
                resumed.messages.contains {
                    $0.hasPrefix("\(place ?? "") has ended") && $0.hasSuffix("begin another")
                })
        }
        let third = try run(again)
        #expect(third.place.map { !places.contains($0) } == true)
        #expect(
            third.messages == [
                "test: there is no study to resume; a new one begins in \(third.place ?? "")"
            ])
    }

    /// Resuming where nothing is begins a study, and says so.
    @Test func nothingIsResumedWhereNothingIs() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for catalog in catalogs {
            let new = try run(store(catalog, resumes: true))
            #expect(
                new.messages == [
                    "test: there is no study to resume; a new one begins in \(new.place ?? "")"
                ])
        }
        let memory = try run(store(MemoryCatalog(), resumes: true))
        #expect(memory.place == nil && memory.messages.isEmpty)
    }
}
