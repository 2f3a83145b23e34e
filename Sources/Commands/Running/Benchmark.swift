internal import Engine
internal import LuaHost
internal import Platform
internal import Results
internal import Running
internal import Settings

/// One script under several settings and seeds.
struct Benchmark: Sendable {
    /// What ended the runs early.
    struct Failure: Error, CustomStringConvertible {
        let description: String
        let isInterrupted: Bool
    }

    let script: String
    /// Paths of the settings' files.
    let files: [String]
    let seeds: Int
    /// What all runs share.
    let settings: RunSettings
    let output: RunOutput

    /// The settings to compare: each with its name, and its file if it has one.
    private var contestants: [(name: String, file: String?)] {
        let named = zip(Self.names(of: files), files).map { ($0, Optional($1)) }
        return named.count < 2 ? [("as it is", nil)] + named : named
    }

    /// What settings are called: their files without folder and ending.
    static func names(of files: [String]) -> [String] {
        files.map { path in
            let name = PathText.split(path).name
            return name.hasSuffix(".lua") ? String(name.dropLast(4)) : name
        }
    }

    /// Runs everything, seed by seed, so that what was run before an interruption can be compared.
    ///
    /// - Returns: a comparison for each experiment of the script, of the seeds that all have been run
    ///   with; and why that is not all.
    func run(_ interruption: Interruption) -> ([Comparison], Failure?) {
        // Shape [contestant][seed][experiment].
        var traces: [[[FrontTrace]]] = contestants.map { _ in [] }
        do {
            for seed in 1...seeds {
                let round = try contestants.map {
                    try run($0.name, file: $0.file, seed: seed, interruption)
                }
                try check(round)
                for (index, studies) in round.enumerated() { traces[index].append(studies) }
            }
            return (comparisons(traces), nil)
        } catch let failure as Failure {
            return (comparisons(traces), failure)
        } catch {
            return (comparisons(traces), Failure(description: "\(error)", isInterrupted: false))
        }
    }

    private func run(
        _ name: String, file: String?, seed: Int, _ interruption: Interruption
    ) throws -> [FrontTrace] {
        var settings = settings
        settings.overrides["seed"] = .word("\(seed)")
        let host = try ScriptHost(
            settings: settings, interruption: interruption, observer: output)
        defer { host.close() }
        var command = ScriptCommand(script: script)
        command.before = CommandLine.arguments.prefix(1).map { $0 }
        if let file { command.steps = [.overrides(file)] }
        do { try host.run(command) } catch let failure as ScriptFailure {
            throw Failure(
                description: "\(name), seed \(seed): \(failure)",
                isInterrupted: failure.isInterrupted)
        }
        let traces = host.studies.map(FrontTrace.init)
        let spent = traces.map(\.spent).reduce(0 as Resource, +)
        output.log(.notice, "\(name), seed \(seed) of \(seeds): \(spent) spent")
        return traces
    }

    /// - Throws: `Failure` where the runs cannot be compared.
    private func check(_ round: [[FrontTrace]]) throws {
        func fail(_ text: String) -> Failure { Failure(description: text, isInterrupted: false) }
        guard let first = round.first, !first.isEmpty else {
            throw fail("\(script): runs no experiment, so there is nothing to compare")
        }
        for (contestant, studies) in zip(contestants, round) {
            guard studies.count == first.count else {
                throw fail(
                    "\(contestant.name): ran \(studies.count) experiments, "
                        + "\(contestants[0].name) ran \(first.count)")
            }
            for (mine, other) in zip(studies, first) where !mine.hasObjectives(of: other) {
                throw fail(
                    "\(contestant.name): the objectives of \(mine.study) differ from those under "
                        + "\(contestants[0].name); settings must leave them alone")
            }
        }
    }

    private func comparisons(_ traces: [[[FrontTrace]]]) -> [Comparison] {
        guard let first = traces.first?.first,
            traces.allSatisfy({ $0.allSatisfy { $0.count == first.count } })
        else { return [] }
        return first.indices.map { study in
            Comparison(
                zip(contestants, traces).map { contestant, runs in
                    Comparison.Entry(name: contestant.name, runs: runs.map { $0[study] })
                })
        }
    }
}
