import Foundation
import Storage
import Subprocess
import Testing

/// Studies that are killed, interrupted, extended and wrongly gone on with, by the program itself.
@Suite("Studies survive")
struct ResumeTests {
    /// A search of known objectives, in which every report takes a while.
    static func script(
        type: String = "stopping", trials: Int = 16, space: String = "x = ag.Real(0, 1)",
        more: String = "", pause: Double = 0.001, body: String = ""
    ) -> String {
        """
        local ag = require "mohpo"
        local study = ag.experiment {
          name = "survivor", space = { \(space) },
          objectives = { a = "MIN", b = "MIN" },
          scheduler = ag.hyperband { max_t = 9, type = "\(type)" },
          num_trials = \(trials), seed = 3, \(more)
          train = function(args, reporter)
            \(body)
            for epoch = 1, 9 do
              local due = os.clock() + \(pause)
              while os.clock() < due do end
              reporter { epoch = epoch, a = args.x + 1 / epoch, b = (1 - args.x) ^ 2 + 1 / epoch }
            end
          end,
        }:run()
        for _, trial in ipairs(study.trials) do
          print(trial.id, trial.args.x, trial.state, #trial.reports, trial.reports[#trial.reports].a)
        end
        for _, point in ipairs(study:pareto_front()) do print(point) end
        """
    }

    private func run(_ folder: Folder, _ arguments: String...) async throws -> Command {
        try await Command.run(arguments, in: folder)
    }

    @Test(
        "a study that is killed again and again ends as the one that never was",
        arguments: ["stopping", "promotion", "model"])
    func killed(type: String) async throws {
        let folder = try Folder()
        try folder.write(Self.script(type: type), to: "s.lua")
        let reference = try await run(folder, "--study", "memory", "s.lua")
        try #require(reference.status == .exited(0))
        var hasBegun = false
        for kill in 0..<12 {
            let options = hasBegun ? ["--resume"] : []
            let command = try await Command.run(
                ["--study", "killed.db"] + options + ["s.lua"], in: folder
            ) { program in
                try await Task.sleep(for: .milliseconds(20 + 7 * (kill % 5)))
                try? program.send(.kill)
            }
            #expect(command.status == .signaled(SIGKILL) || command.status == .exited(0))
            hasBegun = folder.has("killed.db")
        }
        let options = hasBegun ? ["--resume"] : []
        let last = try await Command.run(
            ["--study", "killed.db"] + options + ["s.lua"], in: folder)
        #expect(last.status == .exited(0), "\(last.errors)")
        #expect(last.output == reference.output)
    }

    @Test("a study that is removed while it is written ends the run with a line")
    func removed() async throws {
        let folder = try Folder()
        // In the middle of the study, which then goes on.
        let body =
            "if reporter.trial == 9 then local go repeat go = io.open 'go' until go go:close() end"
        try folder.write(Self.script(trials: 2_000, body: body), to: "s.lua")
        let command = try await Command.run(["--study", "gone.db", "s.lua"], in: folder) { _ in
            try await folder.waitFor("gone.db")
            try await Task.sleep(for: .milliseconds(100))
            try FileManager.default.removeItem(atPath: folder.path + "/gone.db")
            try folder.write("", to: "go")
        }
        #expect(command.status == .exited(1))
        #expect(
            command.errors.contains("gone.db: expected the study that this run writes, it was "))
    }

    @Test("another program's lock for writing is waited for, with a line")
    func locked() async throws {
        let folder = try Folder()
        // Goes on only when the lock is held, however long that takes.
        let body = "local go repeat go = io.open 'go' until go go:close()"
        try folder.write(Self.script(trials: 60, body: body), to: "s.lua")
        let command = try await Command.run(["--study", "s.db", "s.lua"], in: folder) { _ in
            try await folder.waitFor("s.db-wal")
            let other = try SQLiteConnection(folder.path + "/s.db", .write)
            try other.run("BEGIN IMMEDIATE")
            try folder.write("", to: "go")
            try await Task.sleep(for: .seconds(4))
            try other.run("ROLLBACK")
            other.close()
        }
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(
            command.errors.contains(
                "s.db: another program holds the lock for writing; the run waits for it\n"))
    }

    @Test("every run gets a file of its own, and --resume takes the newest")
    func files() async throws {
        let folder = try Folder()
        try folder.write(Self.script(trials: 2, pause: 0), to: "s.lua")
        for number in 1...2 {
            let command = try await run(folder, "s.lua")
            #expect(command.status == .exited(0), "\(command.errors)")
            let told = command.errors.contains("mohpo-lua: kept in studies/survivor-2.db\n")
            #expect(told == (number == 2), "\(command.errors)")
        }
        #expect(folder.has("studies/survivor.db") && folder.has("studies/survivor-2.db"))
        #expect(!folder.has("studies/survivor-2.db-wal"))
        #expect(!folder.has("studies/survivor-2.db.lock"))
        let resumed = try await run(folder, "--resume", "s.lua")
        #expect(resumed.status == .exited(0))
        #expect(
            resumed.errors.contains(
                "mohpo-lua: studies/survivor-2.db has ended: all trials were run (2 trials, 18 reports); "
                    + "nothing is run. --resume --extend --trials N continues with more trials, "
                    + "without --resume a new study begins\n"))
        #expect(!folder.has("studies/survivor-3.db"))
        let refused = try await run(folder, "--study", "studies/survivor.db", "s.lua")
        #expect(refused.status == .exited(1))
        #expect(
            refused.errors.contains(
                "studies/survivor.db: the file exists already; --resume continues it"))
        let memory = try await run(folder, "--study", "memory", "s.lua")
        #expect(memory.output == resumed.output)
        #expect(!folder.has("studies/survivor-3.db"))
    }

    @Test(
        "of a study that has ended it is said how it could continue",
        arguments: [
            ("x = ag.Bool()", "", "every configuration of the space was tried", "a wider space"),
            (
                "x = ag.Real(0, 1)", "stop = { no_gain = 1 },", "the last trials gained nothing",
                "a larger stop.no_gain"
            ),
        ])
    func ended(space: String, more: String, reason: String, hint: String) async throws {
        let folder = try Folder()
        let body = "reporter { epoch = 9, a = 1, b = 1 } do return end"
        try folder.write(Self.script(space: space, more: more, body: body), to: "s.lua")
        _ = try await run(folder, "--study", "s.db", "s.lua")
        let resumed = try await run(folder, "--study", "s.db", "--resume", "s.lua")
        #expect(resumed.status == .exited(0))
        #expect(resumed.errors.contains("mohpo-lua: s.db has ended: \(reason) ("))
        #expect(
            resumed.errors.contains(
                "nothing is run. --resume --extend continues with \(hint), another --study PATH begins a "
                    + "new one\n"))
    }

    @Test("what has changed is said and refused, and with --extend taken where it can be")
    func changes() async throws {
        let folder = try Folder()
        try folder.write(Self.script(trials: 4, pause: 0), to: "s.lua")
        _ = try await run(folder, "--study", "s.db", "s.lua")
        try folder.write(
            Self.script(trials: 6, space: "x = ag.Real(0, 2)", pause: 0), to: "s.lua")
        let refused = try await run(folder, "--study", "s.db", "--resume", "s.lua")
        #expect(refused.status == .exited(1))
        #expect(refused.errors.contains("space.x: was Real(0.0, 1.0), is now Real(0.0, 2.0)"))
        #expect(refused.errors.contains("num_trials: was 4, is now 6"))
        #expect(refused.errors.contains("--extend accepts that"))
        let extended = try await run(
            folder, "--study", "s.db", "--resume", "--extend", "s.lua")
        #expect(extended.status == .exited(0), "\(extended.errors)")
        #expect(extended.output.contains("\n6\t"))
        try folder.write(
            Self.script(trials: 6, space: "x = ag.Real(0.5, 3)", pause: 0), to: "s.lua")
        let moved = try await run(
            folder, "--study", "s.db", "--resume", "--extend", "s.lua")
        #expect(moved.status == .exited(1))
        #expect(moved.errors.contains("space.x: was Real(0.0, 2.0), is now Real(0.5, 3.0)"))
    }

    @Test("an extended study stays so when the script still says what it was begun with")
    func extendedBefore() async throws {
        let folder = try Folder()
        try folder.write(Self.script(trials: 4, pause: 0), to: "s.lua")
        _ = try await run(folder, "--study", "s.db", "s.lua")
        let extended = try await run(
            folder, "--study", "s.db", "--resume", "--extend", "--trials", "6", "s.lua")
        #expect(extended.status == .exited(0) && extended.output.contains("\n6\t"))
        let resumed = try await run(folder, "--study", "s.db", "--resume", "s.lua")
        #expect(resumed.status == .exited(0), "\(resumed.errors)")
        #expect(resumed.output == extended.output)
        #expect(resumed.errors.contains("num_trials: it was extended to 6 and stays so"))
        let longer = try await run(
            folder, "--study", "s.db", "--resume", "--extend", "--max-t", "12", "s.lua")
        #expect(longer.status == .exited(0), "\(longer.errors)")
        #expect(longer.errors.contains("num_trials: it was extended to 6 and stays so"))
        let other = try await run(
            folder, "--study", "s.db", "--resume", "--trials", "5", "s.lua")
        #expect(other.status == .exited(1))
        #expect(
            other.errors.contains(
                "the script differs from the stored study: num_trials: was 6, is now 5"))
    }

    @Test("trials that end by what was received alone have their arguments in the results")
    func argumentsOfEndedTrials() async throws {
        let folder = try Folder()
        try folder.write(Self.script(trials: 6, pause: 0), to: "s.lua")
        let whole = try await run(folder, "--study", "s.db", "s.lua")
        let file = try StudyFile.read(at: folder.path + "/s.db")
        for count in [1, 2, 9, file.events.count / 2, file.events.count - 1] {
            let name = "cut\(count).db"
            let journal = try SQLiteJournal.create(
                at: "\(folder.path)/\(name)", about: try #require(file.note))
            for arrival in file.arrivals { journal.receive(arrival) }
            try journal.append(
                Array(file.events.prefix(count)), expecting: 0, under: journal.takeLease())
            try journal.close()
            let resumed = try await run(folder, "--study", name, "--resume", "s.lua")
            #expect(resumed.status == .exited(0), "\(resumed.errors)")
            #expect(resumed.output == whole.output, "\(count) events")
        }
    }

    @Test("a second program on one study is refused at once, and told of the first")
    func second() async throws {
        let folder = try Folder()
        try folder.write(
            Self.script(
                pause: 0, body: "io.open('running', 'w'):close() while not io.open('go') do end"),
            to: "s.lua")
        let first = Task { try await Command.run(["--study", "s.db", "s.lua"], in: folder) }
        try await folder.waitFor("running")
        let second = try await run(folder, "--study", "s.db", "--resume", "s.lua")
        try folder.write("", to: "go")
        #expect(second.status == .exited(1))
        #expect(second.errors.contains("s.db: in use by process"))
        #expect(try await first.value.status == .exited(0))
    }

    @Test("a trial continues from its checkpoint: networks, values and random numbers")
    func checkpoint() async throws {
        let folder = try Folder()
        let script = """
            local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
            local points, labels = {}, {}
            for i = 1, 60 do
              points[i] = { math.random(), math.random() }
              labels[i] = points[i][1] > points[i][2]
            end
            local set = data.table(points, labels)
            local study = ag.experiment {
              space = { width = ag.Int(2, 8) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 12, type = 'stopping' }, num_trials = 1, seed = 5,
              train = function(args, reporter)
                local kept = reporter:restore() or {
                  mlp = nn.MLPClassifier { hidden_layer_sizes = { args.width } }, epoch = 0,
                }
                if kept.epoch > 0 then io.stderr:write("restored after ", kept.epoch, "\\n") end
                for epoch = kept.epoch + 1, 12 do
                  kept.mlp:partial_fit(set)
                  reporter { epoch = epoch, loss = kept.mlp:loss(set) + math.random() / 1000 }
                  reporter:checkpoint { mlp = kept.mlp, epoch = epoch }
                  if arg[1] and epoch == 7 and kept.epoch == 0 then os.exit(3) end
                end
              end,
            }:run()
            for _, report in ipairs(study.history[1]) do print(report.resource, report.loss) end
            """
        try folder.write(script, to: "s.lua")
        let whole = try await run(folder, "--study", "memory", "s.lua")
        try #require(whole.status == .exited(0), "\(whole.errors)")
        let left = try await run(folder, "--study", "s.db", "s.lua", "leave")
        #expect(left.status == .exited(3), "\(left.errors)")
        let resumed = try await run(folder, "--study", "s.db", "--resume", "s.lua", "leave")
        #expect(resumed.status == .exited(0), "\(resumed.errors)")
        #expect(resumed.errors.contains("restored after 6"), "\(resumed.errors)")
        #expect(resumed.output == whole.output)
    }

    /// Exits in the fourth epoch of a trial that pauses nowhere, and in the third trial of those that
    /// pause after one.
    @Test(
        "a study that is resumed says how many epochs are repeated",
        arguments: [
            ("stopping", "", nil, "3 epochs will be repeated", "3 by 1 running trial"),
            (
                "stopping", "reporter:checkpoint { epoch = epoch }", nil,
                "1 epoch will be repeated", "1 by 1 running trial"
            ),
            ("stopping", "", "2\n", "1 epoch will be repeated", "1 by 1 running trial"),
            (
                "promotion", "", nil, "2 epochs will be repeated",
                "2 by 2 paused trials if they continue"
            ),
            ("stopping", "", "3\n", "", ""),
        ] as [(String, String, String?, String, String)])
    func repeated(
        type: String, checkpoint: String, ofProgram kept: String?, amount: String, parts: String
    ) async throws {
        let folder = try Folder()
        let script = """
            local ag = require "mohpo"
            ag.experiment {
              name = "repeated", space = { x = ag.Real(0, 1) }, objectives = { a = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = "\(type)" }, num_trials = 4, seed = 3,
              parallel_trials = 1,
              train = function(args, reporter)
                for epoch = 1, 9 do
                  if arg[1] and (epoch == 4 or reporter.trial == 3) then os.exit(3) end
                  reporter { epoch = epoch, a = args.x }
                  \(checkpoint)
                end
              end,
            }:run()
            """
        try folder.write(script, to: "s.lua")
        let left = try await run(folder, "--study", "s.db", "s.lua", "leave")
        #expect(left.status == .exited(3), "\(left.errors)")
        if let kept {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/s.trials/1", withIntermediateDirectories: true)
            try folder.write(kept, to: "s.trials/1/.mohpo-checkpoint")
        }
        let resumed = try await run(folder, "--study", "s.db", "--resume", "s.lua")
        #expect(resumed.status == .exited(0), "\(resumed.errors)")
        let line = "mohpo-lua: \(amount) for want of checkpoints: \(parts)\n"
        #expect(
            amount.isEmpty
                ? !resumed.errors.contains("for want of checkpoints")
                : resumed.errors.contains(line),
            "\(resumed.errors)")
    }

    @Test("of retries the first of a kind is told, and only failures are told as such")
    func retriesAreTold() async throws {
        let folder = try Folder()
        try folder.write(
            Self.script(
                trials: 5, more: "retries = 2,", pause: 0,
                body: "tries = tries or {}; local x = args.x; tries[x] = (tries[x] or 0) + 1\n"
                    + "if x == 0.5 and tries[x] == 3 then reporter { epoch = 1, a = 1, b = 1 } end\n"
                    + "if tries[x] < 3 or x == 0.5 then error 'unlucky' end"),
            to: "s.lua")
        let command = try await run(folder, "s.lua")
        #expect(command.status == .exited(0), "\(command.errors)")
        let lines = command.errors.split(separator: "\n").filter { $0.contains("unlucky") }
        #expect(lines.count == 3, "\(command.errors)")
        #expect(lines.first?.hasSuffix("unlucky; tried again (1 of 2)") == true)
        #expect(lines.filter { $0.contains("failed") }.count == 1)
        #expect(
            lines.contains { $0.contains(" 9 more retries after what trial 1 raised: ") },
            "\(command.errors)")
        let explained = try await run(folder, "explain", "survivor", "1")
        #expect(
            explained.output.contains("its attempt 2 raised an error without a report, and it was"))
    }

    @Test("retries try a trial that raises again, from its checkpoint")
    func retries() async throws {
        let folder = try Folder()
        let body = """
            local kept = reporter:restore()
            if args.x == 0.5 then
              if not kept then
                reporter { epoch = 1, a = args.x + 1, b = (1 - args.x) ^ 2 + 1 }
                reporter:checkpoint { done = 1 }
                error "unlucky"
              end
              assert(kept.done == 1)
            end
            """
        try folder.write(
            Self.script(trials: 3, more: "retries = 1,", pause: 0, body: body), to: "s.lua")
        let command = try await run(folder, "--study", "memory", "s.lua")
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output.hasPrefix("1\t0.5\tcompleted\t9\t"), "\(command.output)")
        #expect(
            command.errors.contains(
                #/^mohpo-lua: trial 1 raised .*unlucky; tried again \(1 of 1\)$/#
                    .anchorsMatchLineEndings()), "\(command.errors)")
        #expect(!command.errors.contains("failed"), "\(command.errors)")
        try folder.write(
            Self.script(trials: 3, more: "on_error = 'stop',", pause: 0, body: body), to: "s.lua")
        let stopped = try await run(folder, "--study", "memory", "s.lua")
        #expect(stopped.output.hasPrefix("1\t0.5\tfailed\t1\t"), "\(stopped.output)")
    }
}
