import Engine
import Foundation
import Studies

/// What a report or a decision costs in processor time, which other programs disturb less than the clock.
///
///     cost reports RANKING TRIALS [COUNT]
///     cost decisions RECORDS OBJECTIVES PARAMETERS [COUNT]
///     cost fits RECORDS OBJECTIVES PARAMETERS [COUNT]
///
/// Under `valgrind --tool=callgrind --toggle-collect='*measured*'` only what is printed is counted.
enum Cost {
    static let rankings: [String: RankingRule] = [
        "random_weights": .standard, "parego": .parEGO(count: 100, rho: 0.05),
        "nondominated": .nondominated, "hypervolume": .hypervolume,
    ]

    /// Prints what one of `count` calls takes.
    @inline(never)
    static func measured(_ what: String, _ count: Int, _ body: () throws -> Void) rethrows {
        let start = clock()
        for _ in 0..<count { try body() }
        let microseconds = Double(clock() - start) * 1e6 / Double(CLOCKS_PER_SEC)
        print("\(what): \(String(format: "%.2f", microseconds / Double(count))) µs")
    }

    static func run(_ words: [String]) throws {
        let numbers = words.dropFirst().compactMap { Int($0) }
        switch words.first {
        case "reports" where words.count > 2 && numbers.count >= 1:
            guard let rule = rankings[words[1]] else { return usage() }
            var study = try Study(objectives: 2, values: .bands, ranking: rule)
            try study.grow(toTrials: numbers[0])
            let name = "a report at \(numbers[0]) trials, \(words[1])"
            try measured(name, numbers.count > 1 ? numbers[1] : 10_000) { try study.report() }
        case "decisions" where numbers.count >= 3, "fits" where numbers.count >= 3:
            let withFit = words[0] == "fits"
            var decision = try ModelDecision(
                records: numbers[0], objectives: numbers[1], parameters: numbers[2],
                withFit: withFit)
            let name =
                "a decision \(withFit ? "with a fit " : "")at \(numbers[0]) records, "
                + "\(numbers[1]) objectives, \(numbers[2]) parameters"
            measured(name, numbers.count > 3 ? numbers[3] : 200) { _ = decision.decide() }
        default: usage()
        }
    }

    private static func usage() {
        print("cost reports RANKING TRIALS [COUNT]")
        print("cost decisions|fits RECORDS OBJECTIVES PARAMETERS [COUNT]")
    }
}

try Cost.run(Array(CommandLine.arguments.dropFirst()))
