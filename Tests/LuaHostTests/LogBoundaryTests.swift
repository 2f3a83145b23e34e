import Engine
import Foundation
import LuaHost
import Storage
import Synchronization
import Testing

/// Studies whose log is cut behind each of its transactions, as a kill leaves them: resumed, each is
/// the undisturbed one.
@Suite("Kills between any two transactions")
struct LogBoundaryTests {
    /// When a script takes its checkpoints.
    enum Order: String, CaseIterable {
        case before, after, between, none
    }

    /// Trials that learn in epochs; some raise an error once, which their checkpoint tells them, and
    /// some always.
    private static func script(_ kind: Hyperband.Kind, _ order: Order) -> String {
        """
        local ag = require "mohpo"
        ag.experiment {
          name = "cut", space = { x = ag.Real(0, 1), n = ag.Int(1, 9) },
          objectives = { a = "MIN", b = "MIN" },
          scheduler = ag.hyperband { max_t = 9, type = "\(kind.rawValue)" },
          num_trials = 10, seed = 5, retries = 2, parallel_trials = 3,
          train = function(args, reporter)
            out("train")
            local order = "\(order.rawValue)"
            local state = reporter:restore() or { epoch = 0, tries = 0 }
            for epoch = state.epoch + 1, 9 do
              if args.n % 4 == 1 and epoch == 2 and state.tries < 1 and order ~= "none" then
                reporter:checkpoint { epoch = epoch - 1, tries = 1 }
                error("once")
              end
              if args.n % 4 == 2 and epoch == 5 then error("always") end
              if order == "before" or (order == "between" and epoch % 2 == 0) then
                reporter:checkpoint { epoch = epoch, tries = state.tries }
              end
              reporter { epoch = epoch, a = args.x + 1 / epoch, b = (1 - args.x) ^ 2 + 1 / epoch }
              if order == "after" or (order == "between" and epoch % 3 == 0) then
                reporter:checkpoint { epoch = epoch, tries = state.tries }
              end
            end
          end,
        }:run()
        """
    }

    private func run(_ script: String, at path: String, resumes: Bool) async -> ScriptRun {
        await run(script, at: path, resumes: resumes) {}
    }

    private func run(
        _ script: String, at path: String, resumes: Bool,
        onLine: @escaping @Sendable () -> Void
    ) async -> ScriptRun {
        var settings = RunSettings()
        settings.place = .file(path)
        settings.resumes = resumes
        settings.workers = 2
        return await ScriptRun.of(script, settings: settings, onLine: onLine)
    }

    /// Keeps a reader open, so that the log holds all that was written.
    private final class Reader: Sendable {
        private let connection = Mutex<SQLiteConnection?>(nil)

        func open(_ path: String) {
            connection.withLock { connection in
                guard connection == nil, let new = try? SQLiteConnection(path, .read),
                    (try? new.run("BEGIN; SELECT * FROM study")) != nil
                else { return }
                connection = new
            }
        }

        func close() { connection.withLock { $0 = nil } }
    }

    /// A study's file without its writer's mark, and its log.
    private func study(
        _ script: String, at path: String
    ) async throws -> (file: Data, log: Data, events: [Event]) {
        let reader = Reader()
        let run = await run(script, at: path, resumes: false) { reader.open(path) }
        #expect(run.failure == nil)
        var file = try Data(contentsOf: URL(fileURLWithPath: path))
        file.replaceSubrange(72..<92, with: Data(count: 20))
        let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        let events = try StudyFile.read(at: path).events
        reader.close()
        return (file, log, events)
    }

    /// Where the log's transactions end.
    private func ends(of log: Data) -> [Int] {
        func word(_ place: Int) -> Int { log[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        let frame = 24 + word(8)
        return stride(from: 32, through: log.count - frame, by: frame)
            .filter { word($0 + 4) != 0 }.map { $0 + frame }
    }

    @Test(
        "the study in the end is the undisturbed one", arguments: Hyperband.Kind.allCases,
        Order.allCases)
    func boundaries(kind: Hyperband.Kind, order: Order) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "mohpo-cut-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = Self.script(kind, order)
        let whole = try await study(script, at: folder.appending(path: "whole.db").path)
        let ends = ends(of: whole.log)
        #expect(ends.count > 10)
        for (number, end) in ends.enumerated() {
            let path = folder.appending(path: "cut-\(number).db").path
            try whole.file.write(to: URL(fileURLWithPath: path))
            try whole.log[..<end].write(to: URL(fileURLWithPath: path + "-wal"))
            let run = await run(script, at: path, resumes: true)
            #expect(run.failure == nil, "\(number): \(run.messages)")
            let file = try StudyFile.read(at: path)
            let events = file.events.effective
            let first = zip(events, whole.events).enumerated().first { $0.1.0 != $0.1.1 }
            #expect(
                events == whole.events,
                "boundary \(number) of \(ends.count): \(events.count) of \(whole.events.count), \(first.map { "\($0)" } ?? "")"
            )
            #expect(try Replay(file.events).disagreements.isEmpty)
            #expect(try file.study.resourceGaps.isEmpty)
        }
    }
}
