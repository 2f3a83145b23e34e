import NN
import Platform
import Synchronization
import Testing

/// Data sets and networks take their memory from a budget, and give all of it back.
@Suite struct MemoryBudgetTests {
    private final class Budget: MemoryBudget {
        let held = Atomic(0)
        let limit: Int
        init(limit: Int) { self.limit = limit }

        func take(_ bytes: Int) -> Bool {
            guard held.load(ordering: .relaxed) + bytes <= limit else { return false }
            held.wrappingAdd(bytes, ordering: .relaxed)
            return true
        }
        func give(_ bytes: Int) { held.wrappingSubtract(bytes, ordering: .relaxed) }
    }

    private func work(_ hidden: Int, solver: Solver = .adam) throws {
        let features = (0..<200).map { [Float($0), Float($0 % 7)] }
        let data = try Dataset(
            features: features, labels: (0..<200).map { .integer($0 % 2) })
        let half = try data.standardized().split(fraction: 0.5, seed: 1).first
        var options = MLPOptions()
        options.hiddenLayerSizes = [hidden]
        options.maxIter = 3
        options.solver = solver
        let network = try MLPClassifier(options)
        try network.fit(half)
        _ = try network.predictProbabilities(data)
        _ = try network.serialized()
    }

    @Test(arguments: [Solver.adam, .sgd, .lbfgs]) func allIsGivenBack(solver: Solver) throws {
        let budget = Budget(limit: .max / 2)
        try MemoryBudgets.$current.withValue(budget) { try work(8, solver: solver) }
        #expect(budget.held.load(ordering: .relaxed) == 0)
    }

    /// Whatever is refused, the rest is given back.
    @Test func everyAmountMayBeTooMuch() throws {
        var refusals = 0
        for limit in stride(from: 0, to: 400_000, by: 1500) {
            let budget = Budget(limit: limit)
            do {
                try MemoryBudgets.$current.withValue(budget) { try work(40) }
            } catch is OutOfMemory {
                refusals += 1
            }
            #expect(budget.held.load(ordering: .relaxed) == 0, "\(limit)")
        }
        #expect(refusals > 10)
    }

    /// A label of one byte in a file is a value of its own for a while.
    @Test func labelsOfNumPyAreCharged() throws {
        let rows = 1 << 18
        func file(_ type: String, _ shape: String) -> [UInt8] {
            let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
            let header = Array(text.utf8) + [UInt8](repeating: 0x20, count: 117 - text.utf8.count)
            return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + header + [0x0A]
                + (0..<rows).map { 0x41 + UInt8($0 & 1) }
        }
        try withFile(file("|u1", "(\(rows), 1)")) { features in
            try withFile(file("|S1", "(\(rows),)")) { labels in
                func read(_ limit: Int) throws -> Int {
                    let budget = Budget(limit: limit)
                    return try MemoryBudgets.$current.withValue(budget) {
                        try Dataset(npyFeatures: features, labels: labels).classes.count
                    }
                }
                #expect(throws: OutOfMemory.self) { try read(16 << 20) }
                let classes = try read(64 << 20)
                #expect(classes == 2)
            }
        }
    }

    /// A line of a byte or two becomes a row, and a word of four bytes an entry.
    @Test(arguments: ["1\n", "1 1:1\n", "1 1:1 2:1 3:1\n"]) func linesOfLIBSVMAreCharged(
        _ line: String
    ) throws {
        let rows = 1 << 16
        try withFile(Array(String(repeating: line, count: rows).utf8)) { path in
            let budget = Budget(limit: 4 << 20)
            #expect(throws: OutOfMemory.self) {
                try MemoryBudgets.$current.withValue(budget) { try Dataset(libsvm: path) }
            }
            #expect(budget.held.load(ordering: .relaxed) == 0)
        }
    }

    /// A file of commas has a column for each, one of ends of lines may have a row for each.
    @Test(arguments: [",", "\n", "1,2\n"]) func cellsOfCSVAreCharged(_ text: String) throws {
        let size = 1 << 19
        let header = text == "," ? "" : "a,y\n1,2\n"
        let body = String(repeating: text, count: size / text.utf8.count)
        try withFile(Array((header + body).utf8)) { path in
            let budget = Budget(limit: size + 1 << 20)
            #expect(throws: OutOfMemory.self) {
                try MemoryBudgets.$current.withValue(budget) {
                    try Dataset(csv: path, label: .number(1))
                }
            }
        }
    }

    /// All of it in one line.
    @Test func entriesOfLIBSVMAreChargedBeforeTheirLineEnds() throws {
        let entries = (1...100_000).map { " \($0):1" }.joined()
        try withFile(Array("1\(entries) x".utf8)) { path in
            let budget = Budget(limit: entries.utf8.count + 1 << 20)
            #expect(throws: OutOfMemory.self) {
                try MemoryBudgets.$current.withValue(budget) { try Dataset(libsvm: path) }
            }
        }
    }
}
