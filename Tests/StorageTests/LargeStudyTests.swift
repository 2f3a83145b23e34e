import Engine
import Foundation
import Storage
import Testing

/// Studies so large that two threads read them.
@Suite("Large studies")
struct LargeStudyTests {
    private let scratch: Scratch
    private let path: String
    private let whole: MemoryJournal

    init() throws {
        scratch = try Scratch()
        path = scratch.path("large.db")
        whole = try SampleStudy.events(trials: 2_500)
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: 2_500)
        try journal.close()
    }

    @Test("events, reports and the study come back as they were")
    func reading() throws {
        #expect(whole.events(from: 0).count > 5_000)
        let file = try StudyFile.readStudy(at: path, keepsEvents: true)
        #expect(file.damage == nil && file.eventCount == file.events.count)
        #expect(file.events == whole.events(from: 0))
        #expect(file.arrivals == whole.arrivals())
        let study = try StudyState(events: whole.events(from: 0))
        #expect(try file.study.trials == study.trials)
        #expect(try file.study.front() == study.front())
        #expect(try StudyFile.readStudy(at: path).events.isEmpty)
    }

    @Test("a study that is taken up has been read once, and continues as if it had been read again")
    func beginning() throws {
        let journal = try SQLiteJournal.open(at: path)
        let events = whole.events(from: 0)
        for _ in 0..<2 {
            let beginning = try journal.beginning()
            #expect(beginning.arrivals == whole.arrivals())
            #expect(beginning.fold.total == events.count)
            #expect(beginning.fold.resumptionPoint == events.count - 1)
            #expect(try beginning.fold.study.trials == StudyState(events: events).trials)
        }
        let more: [Event] = [.resumed(from: events.count - 1), events[events.count - 1]]
        try journal.append(more)
        #expect(try journal.beginning().fold.total == events.count + 2)
        try journal.close()
        let file = try StudyFile.read(at: path)
        #expect(file.damage == nil && file.events == events + more)
    }

    /// The two threads that read see the study at two moments; columns come in between.
    @Test("what is read while a process writes is the study of one moment")
    func besideAWriter() async throws {
        let journal = try SQLiteJournal.open(at: path)
        let before = (events: whole.events(from: 0), arrivals: whole.arrivals())
        let more = (0..<400).map { number in
            ReceivedReport(
                trial: 10_000 + number, resource: 1,
                metrics: Metrics([Name("metric \(number / 10)"): .integer(number)]))
        }
        let events = more.map { Event.ended(.init(trial: $0.trial, outcome: .returned, time: 0)) }
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let lease = journal.takeLease()
                for (number, (arrival, event)) in zip(more, events).enumerated() {
                    journal.receive(arrival)
                    try journal.append(
                        [event], expecting: before.events.count + number, under: lease)
                    try journal.sync()
                    await Task.yield()
                }
                try journal.close()
            }
            group.addTask {
                var seen = -1
                while seen < more.count {
                    let file = try StudyFile.read(at: path)
                    #expect(file.damage == nil)
                    let count = file.events.count - before.events.count
                    #expect(count >= seen)
                    #expect(file.arrivals.count == before.arrivals.count + count)
                    #expect(file.events == before.events + events.prefix(count))
                    #expect(file.arrivals == before.arrivals + more.prefix(count))
                    seen = count
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("a damaged byte anywhere is said, with what is intact before it")
    func damage() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let (events, arrivals) = (whole.events(from: 0), whole.arrivals())
        var random = SeededRandom(seed: 3)
        let damaged = scratch.path("damaged.db")
        var said = 0
        for _ in 0..<40 {
            var copy = bytes
            copy[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 + random.next() % 255)
            try Data(copy).write(to: URL(fileURLWithPath: damaged))
            guard let file = try? StudyFile.readStudy(at: damaged, keepsEvents: true) else {
                continue
            }
            #expect(file.events == Array(events.prefix(file.events.count)))
            #expect(file.arrivals == Array(arrivals.prefix(file.arrivals.count)))
            #expect(file.damage != nil || file.events.count == events.count)
            if let damage = file.damage {
                said += 1
                #expect(throws: StorageError.self) { _ = try SQLiteJournal.open(at: damaged) }
                #expect(damage.events == file.events.count)
            }
        }
        #expect(said > 10)
    }

    @Test("reports received are known again, whatever their order")
    func received() throws {
        let path = scratch.path("received.db")
        var journal = try SQLiteJournal.create(at: path, about: .test)
        var random = SeededRandom(seed: 4)
        var known: Set<[Int]> = []
        for _ in 0..<4 {
            for _ in 0..<500 {
                let trial = [1, 2, 3, 900_000, -1][Int(random.next() % 5)]
                let resource = Int(random.next() % 60) + 1
                let arrival = ReceivedReport(
                    trial: trial, resource: Resource(resource), metrics: Metrics(["error": 1]))
                #expect(journal.receive(arrival) == known.insert([trial, resource]).inserted)
            }
            try journal.close()
            journal = try SQLiteJournal.open(at: path)
        }
        #expect(try journal.arrivals().count == known.count)
        try journal.close()
    }
}
