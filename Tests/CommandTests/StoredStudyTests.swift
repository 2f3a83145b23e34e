import Engine
import EngineTesting
import Foundation
import Results
import Storage
import Subprocess
import Testing

/// The commands that show a stored study.
@Suite struct StoredStudyTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// Runs a study into `studies/toy.db` and leaves its journal open for who wants it so.
    @discardableResult
    private func makeStudy(
        _ name: String = "toy", objectives: Int = 2, ordinal: Int = 1, closed: Bool = true
    ) throws -> any Journal {
        let space = try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("n", .domain(.int(IntDomain(1, 9)))),
            .init("flag", .domain(.boolean)),
            .init(
                "layers", .list([.domain(.categorical(Options([.integer(8), .string("a,b")])))])),
            .init(
                "solver",
                .choice([
                    .init("adam", try SearchSpace([.init("a", .domain(.boolean))])),
                    .init("sgd", try SearchSpace([.init("a", .domain(.int(IntDomain(0, 3))))])),
                ])),
        ])
        let definition = try StudyDefinition(
            name: name, seed: 1, space: space,
            objectives: [Objective("error", .minimize), Objective("speed", .maximize)]
                .prefix(objectives).map { $0 },
            hyperband: Hyperband(maxResource: 9, kind: .promotion), trialLimit: 12)
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
            let x = configuration["x"]?.number?.double ?? 0
            return ["error": x / Double(epoch), "speed": x * x, "other": .nan]
        }
        let journal = try FolderCatalog(folder.path + "/studies").create(
            StudyMetadata(name: name, created: "2026-01-01T00:00:00Z", ordinal: ordinal))
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        _ = try simulation.run()
        try journal.sync()
        if closed { try journal.close() }
        return journal
    }

    private func run(_ arguments: String...) async throws -> Command {
        try await Command.run(arguments, in: folder)
    }

    private func fails(_ arguments: String..., with message: String) async throws {
        let command = try await Command.run(arguments, in: folder)
        #expect(command.status == .exited(1))
        #expect(command.output == "")
        #expect(command.errors == "mohpo-lua: \(message)\n")
    }

    @Test func explainTellsWhatTheStudyTells() async throws {
        try makeStudy()
        let file = try StudyFile.read(at: folder.path + "/studies/toy.db")
        let state = try StudyState(events: file.events)
        for name in ["toy", "studies/toy.db"] {
            let command = try await run("explain", name, "3")
            #expect(command.status == .exited(0))
            let told = StudyView(state).explanation(of: 3)
            #expect(command.output == "\(try #require(told))\n")
            #expect(command.errors == "")
        }
        try await fails(
            "explain", "toy", "13", with: "studies/toy.db: expected a trial from 1 to 12, got 13")
    }

    @Test func aNameMeansTheNewestStudyOfIt() async throws {
        for _ in 0..<11 { try makeStudy() }
        try makeStudy("toy-", objectives: 1)
        let command = try await run("explain", "toy", "3")
        #expect(command.status == .exited(0))
        #expect(
            command.errors == "mohpo-lua: toy is studies/toy-11.db, the newest of 11\n")
        for file in ["toy-2", "toy-2.db", "studies/toy.db"] {
            let command = try await run("explain", file, "3")
            #expect(command.status == .exited(0) && command.errors == "", "\(command.errors)")
        }
        try FileManager.default.removeItem(atPath: folder.path + "/studies/toy-11.db")
        #expect(try await run("front", "toy").errors.contains("toy is studies/toy-10.db, the"))
    }

    @Test func frontIsPrintedInEveryFormat() async throws {
        try makeStudy()
        let table = try await run("front", "toy").output
        #expect(table.hasPrefix("toy: 12 trials"))
        #expect(table.contains("\ntrial  epoch  "))
        let csv = try await run("front", "toy", "--format", "csv").output
        #expect(csv.hasPrefix("trial,epoch,error,speed,x,n,flag,layers.1,solver,solver.a\r\n"))
        // One end of the line at the end, and the numbers of the other CSV.
        #expect(csv.hasSuffix("\r\n") && !csv.hasSuffix("\n\n") && !csv.hasSuffix("\r\n\r\n"))
        let reports = try await run("export", "toy", "--format", "csv").output
            .split(separator: "\r\n").map { $0.split(separator: ",").prefix(4) }
        let front = csv.split(separator: "\r\n").map { $0.split(separator: ",").prefix(4) }
        #expect(front.count > 2 && front.allSatisfy(reports.contains))
        #expect(!table.hasSuffix("\n\n"))
        let json = try await run("front", "toy", "--format", "json").output
        let study = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect((study?["trials"] as? [Any])?.count == 12)
    }

    @Test func aRunningStudyIsShown() async throws {
        let journal = try makeStudy(closed: false)
        let command = try await run("front", "toy")
        #expect(command.status == .exited(0))
        #expect(command.output.hasPrefix("toy: 12 trials") && command.errors == "")
        #expect(try await run("list").output.contains("  running  "))
        try journal.close()
    }

    /// What its program did not come to the end of: trials that ran did so until then.
    @Test func anAbandonedStudyIsCalledSoEverywhere() async throws {
        try makeStudy()
        let file = try StudyFile.read(at: folder.path + "/studies/toy.db")
        let journal = try SQLiteJournal.create(
            at: folder.path + "/studies/gone.db",
            about: StudyMetadata(name: "gone", created: "2026-01-01T00:00:00Z"))
        try journal.append(
            Array(file.events.prefix(6)), expecting: 0, under: journal.takeLease())
        try journal.sync()
        #expect(try await run("report", "gone").output.contains("  running  "))
        try journal.close()
        let list = try await run("list").output
        #expect(list.contains("  abandoned  ") && !list.contains("running"))
        let report = try await run("report", "gone").output
        let abandoned = report.split(separator: "\n").count { $0.contains("  abandoned  ") }
        #expect(abandoned > 0 && !report.contains("running"))
        #expect(
            report.contains("(\(abandoned) abandoned")
                && report.contains("; it was abandoned before its end\n"))
        let explanation = try await run("explain", "gone", "1").output
        #expect(explanation.contains("\nit ran when the study was abandoned"))
    }

    @Test func replayAgrees() async throws {
        try makeStudy()
        let command = try await run("replay", "toy")
        #expect(command.status == .exited(0))
        #expect(
            command.output.contains(
                #/^\d+ events, \d+ starts, decisions and promotions worked out again, all agree\n$/#
            ))
    }

    @Test func replayNamesWhatDisagrees() async throws {
        try makeStudy()
        let file = try StudyFile.read(at: folder.path + "/studies/toy.db")
        var events = file.events
        let index = try #require(
            events.firstIndex { if case .started = $0 { true } else { false } })
        guard case .started(let start) = events[index] else { return }
        var entries = start.configuration.entries
        entries[1] = .init("n", .integer(1))
        events[index] = .started(
            .init(
                trial: start.trial, configuration: Configuration(entries), bracket: start.bracket,
                time: start.time))
        let journal = try SQLiteJournal.create(
            at: folder.path + "/other.db", about: try #require(file.note))
        try journal.append(events, expecting: 0, under: journal.takeLease())
        try journal.close()
        let command = try await run("replay", "other.db")
        #expect(command.status == .exited(1))
        #expect(command.output.hasPrefix("event \(index): expected trial 1 with {x = "))
        #expect(command.output.hasSuffix(", 1 disagree\n"))
    }

    @Test func listShowsTheStudiesOfAFolder() async throws {
        let fresh = try await run("list")
        #expect(fresh.status == .exited(0) && fresh.output == "")
        #expect(fresh.errors == "mohpo-lua: no studies here yet: there is no folder studies\n")
        try await fails(
            "list", "other", with: "other: expected a folder of studies: no such file or directory")
        try makeStudy()
        try makeStudy("other")
        try folder.write("no study", to: "studies/text.db")
        let command = try await run("list")
        #expect(command.status == .exited(0) && command.errors == "")
        let lines = command.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines[0].split(separator: " ") == [
                "name", "file", "created", "state", "trials", "reports",
            ])
        #expect(
            lines[2].hasPrefix("other  studies/other.db  2026-01-01T00:00:00Z  finished  ")
                && lines[3].hasPrefix("toy    studies/toy.db "))
        // All were made in one second.
        for _ in 0..<9 { try makeStudy() }
        try makeStudy("later", ordinal: 2)
        let files = try await run("list").output.split(separator: "\n").dropFirst(2).map {
            $0.split(separator: " ")[1]
        }
        let numbered = (2...10).reversed().map { "toy-\($0)" }
        #expect(
            files == (["later"] + numbered + ["other", "toy"]).map { "studies/\($0).db" })
        try folder.write("", to: "file")
        try await fails("list", "file", with: "file: expected a folder of studies: not a directory")
    }

    /// To open one would wait for a writer, for ever.
    @Test func aNamedPipeIsNoStudy() async throws {
        try makeStudy()
        #expect(mkfifo(folder.path + "/studies/x.db", 0o644) == 0)
        let list = try await run("list")
        #expect(list.status == .exited(0) && list.output.split(separator: "\n").count == 3)
        try await fails(
            "report", "studies/x.db", with: "studies/x.db: expected a study, got a named pipe")
        #expect(mkfifo(folder.path + "/studies/toy.db.lock", 0o644) == 0)
        #expect(try await run("list").output.contains("toy"))
        #expect(mkfifo(folder.path + "/studies/toy.db-wal", 0o644) == 0)
        for name in ["report", "front", "replay"] {
            let command = try await run(name, "toy")
            #expect(command.status == .exited(0), "\(command.errors)")
        }
    }

    @Test func reportShowsTheTrialsOrPlotsThem() async throws {
        try makeStudy()
        let command = try await run("report", "toy")
        #expect(command.output.hasPrefix("toy: 12 trials"))
        #expect(command.output.contains("\n  best error ") && command.output.contains("\n  knee "))
        #expect(command.output.split(separator: "\n").count { $0.contains("  completed  ") } > 0)
        #expect(command.output.split(separator: "\n").last?.contains("12  ") == true)
        for name in ["toy.svg", "toy.html"] {
            let command = try await run("report", "toy", "--output", name)
            #expect(command.status == .exited(0) && command.errors == "")
            #expect(try folder.read(name).contains("<svg"))
        }
        #expect(try await run("report", "toy", "--output", "toy.png").status == .exited(2))
        for view in ["curves", "parallel", "importance", "hypervolume", "rungs", "timeline"] {
            let command = try await run("report", "toy", "--output", "a.svg", "--view", view)
            #expect(command.status == .exited(0) && command.errors == "")
            #expect(try folder.read("a.svg").contains("<title id=\"plot-title\">toy: "))
        }
        let unknown = try await run("report", "toy", "--output", "a.svg", "--view", "curve")
        #expect(unknown.status == .exited(2))
        #expect(unknown.errors.contains("got \"curve\"; did you mean curves?"))
        try await fails(
            "report", "toy", "--output", "no/toy.svg",
            with: "cannot write no/toy.svg: No such file or directory")
    }

    @Test func studiesOfTheSameObjectivesAreCompared() async throws {
        for _ in 0..<2 { try makeStudy() }
        try makeStudy("other", objectives: 1)
        let table = try await run("report", "toy.db", "toy-2.db")
        #expect(table.output.hasPrefix("2 studies of error MIN, speed MAX\n\nstudy "))
        // Two runs of one search: both have all of the common front.
        #expect(table.output.split(separator: "\n").count { $0.contains("  100.0 %  ") } == 2)
        let outputs: [(name: String, view: String?)] = [
            ("a.html", nil), ("a.svg", nil), ("b.svg", "hypervolume"),
        ]
        for (name, view) in outputs {
            let command = try await Command.run(
                ["report", "toy-2.db", "toy.db", "--output", name]
                    + (view.map { ["--view", $0] } ?? []), in: folder)
            #expect(command.status == .exited(0) && command.errors == "", "\(command.errors)")
            #expect(try folder.read(name).contains("toy-2, toy"))
        }
        try await fails(
            "report", "toy.db", "other",
            with: "studies/other.db: expected the objectives of studies/toy.db, "
                + "error MIN, speed MAX, in this order; got error MIN")
        let many = Array(repeating: "toy.db", count: 6)
        let refused = try await Command.run(["report"] + many, in: folder)
        #expect(refused.errors.contains("expected at most 5 studies to compare, got 6"))
    }

    @Test func exportedEventsAreTheStudy() async throws {
        try makeStudy()
        let file = try StudyFile.read(at: folder.path + "/studies/toy.db")
        let text = try await run("export", "toy", "--format", "jsonl").output
        let events = try text.split(separator: "\n").map {
            try EventLine.event($0)
        }
        #expect(events == file.events)
        let command = try await run("export", "toy", "--format", "csv", "--output", "toy.csv")
        #expect(command.output == "" && command.status == .exited(0))
        let rows = try folder.read("toy.csv").split(separator: "\r\n")
        #expect(rows[0].hasPrefix("trial,epoch,error,speed,other,on_front,state,x,n,"))
        #expect(rows.count == file.arrivals.count + 1)
    }

    /// That Optuna opens it was tried with Optuna; here is what it then relies on.
    @Test(arguments: [1, 2]) func optunaGetsAJournal(objectives: Int) async throws {
        try makeStudy(objectives: objectives)
        let text = try await run("export", "toy", "--format", "optuna").output
        let lines = try text.split(separator: "\n").map {
            try #require(
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.map { $0["op_code"] as? Int } == [0, 3, 2] + Array(repeating: 4, count: 12))
        #expect(lines[0]["directions"] as? [Int] == Array([1, 2].prefix(objectives)))
        let completed = lines.filter { $0["state"] as? Int == 1 }
        #expect(!completed.isEmpty)
        #expect(lines.dropFirst(3).allSatisfy { [1, 2].contains($0["state"] as? Int) })
        for trial in completed {
            #expect((trial["values"] as? [Double])?.count == objectives)
            let steps = (trial["intermediate_values"] as? [String: Double])?.count
            #expect(steps == (objectives == 1 ? 9 : 0))
        }
        for trial in lines.dropFirst(3) {
            let parameters = try #require(trial["params"] as? [String: Any])
            let distributions = try #require(trial["distributions"] as? [String: String])
            #expect(Set(parameters.keys) == Set(distributions.keys))
            // The branches have different domains of one name.
            let isFirst = parameters["solver"] as? Int == 0
            #expect(parameters[isFirst ? "solver.a" : "solver.a#2"] != nil)
        }
    }

    @Test func damageIsSaidAndWhatIsWholeIsShown() async throws {
        try makeStudy()
        let url = URL(fileURLWithPath: folder.path + "/studies/toy.db")
        let bytes = [UInt8](try Data(contentsOf: url))
        // Cut ever shorter, until something of the events is gone.
        for size in stride(from: bytes.count, to: 0, by: -512) {
            try Data(bytes[..<size]).write(to: url)
            guard let file = try? StudyFile.read(at: url.path), let damage = file.damage,
                file.events.count > 10
            else { continue }
            let command = try await run("front", "toy")
            #expect(command.status == .exited(0))
            #expect(command.output.hasPrefix("toy: "))
            #expect(
                command.errors.hasPrefix("mohpo-lua: warning: studies/toy.db: damaged at ")
                    && command.errors.hasSuffix(
                        " reports are kept. What is kept is shown here; export writes it to a "
                            + "file, and --resume continues from it\n")
                    && command.errors.split(separator: "\n").count == 1, "\(damage)")
            let replay = try await run("replay", "toy")
            #expect(replay.status == .exited(1))
            #expect(
                replay.errors
                    == "mohpo-lua: warning: \(damage)\n".replacing(url.path, with: "studies/toy.db")
            )
            #expect(replay.output.hasSuffix(", all agree\n"))
            // Its end may be what was lost.
            let report = try await run("report", "toy").output
            #expect(!report.contains("running") && !report.contains("it was abandoned"))
            return
        }
        Issue.record("no cut left a beginning of the events")
    }

    @Test func whatIsNoStudyIsSaidInALine() async throws {
        try await fails(
            "front", "nothing",
            with: "nothing: expected a study, there is neither such a file nor studies/nothing.db")
        try await fails("front", "", with: "expected a path or a name, got an empty text")
        try await fails(
            "front", "no/x.db", with: "no/x.db: expected a study, there is no such file")
        try await fails(
            "front", "postgres://me:secret@host/db",
            with:
                "postgres://: expected no password in the address, got one; put it into ~/.pgpass "
                + "or the file that PGPASSFILE names")
        try folder.write(String(repeating: "no study. ", count: 100), to: "text.db")
        let text = try await run("front", "text.db")
        #expect(text.status == .exited(1))
        #expect(text.errors.hasPrefix("mohpo-lua: text.db: expected a study, got "))
        try await fails(
            "front", "nothing.db",
            with: "nothing.db: expected a study, there is neither such a file "
                + "nor studies/nothing.db")
        try await fails("front", ".", with: ".: expected a study, got a folder")
        let note = StudyMetadata(name: "empty", created: "2026-01-01T00:00:00Z")
        try SQLiteJournal.create(at: folder.path + "/empty.db", about: note).close()
        try await fails(
            "front", "empty.db", with: "empty.db: the study has not begun, it has no events")
    }
}
