import Foundation
import NN
import Testing

/// Whatever a file holds that says it is a network, it is one that predicts, trains on and is saved
/// again, or it is refused.
@Suite(.timeLimit(.minutes(10))) struct SavedNetworkFuzzTests {
    private static let features: [[Float]] = (0..<40).map { row in
        (0..<3).map { column in
            let step: Int = (row * 7 + column * 3) % 13
            return Float(step) / 6 - 1
        }
    }

    private func saved(_ solver: Solver, regression: Bool, classes: Int = 3) throws -> [UInt8] {
        var options = MLPOptions()
        options.hiddenLayerSizes = [4, 2]
        options.solver = solver
        options.maxIter = 3
        options.seed = 1
        let data = try data(regression: regression, classes: classes)
        if regression {
            let network = try MLPRegressor(options)
            try network.fit(data)
            return try network.serialized()
        }
        let network = try MLPClassifier(options)
        try network.fit(data)
        return try network.serialized()
    }

    private func data(regression: Bool, classes: Int = 3) throws -> Dataset {
        regression
            ? try Dataset(
                features: Self.features.flatMap { $0 }, columns: 3,
                values: Self.features.map { $0[0] })
            : try Dataset(
                features: Self.features, labels: (0..<40).map { .integer($0 % classes) })
    }

    @Test(arguments: [
        (Solver.adam, false, 3), (.sgd, false, 2), (.lbfgs, false, 3), (.adam, true, 0),
    ]) func everyFileIsReadOrRefused(_ solver: Solver, regression: Bool, classes: Int) throws {
        let bytes = try saved(solver, regression: regression, classes: classes)
        let length = headerLength(bytes)
        let (header, arrays) = (Array(bytes[8..<8 + length]), Array(bytes[(8 + length)...]))
        var mutator = Mutator(seed: 1)
        for round in 0..<500 {
            // Most changes to a header's length only cut it, so it is corrected for some.
            let changed = round % 2 == 0 ? mutator.numberChanged(header) : mutator.changed(header)
            try check(withLength(changed) + arrays, "header, case \(round + 1)")
            try check(mutator.changed(bytes), "file, case \(round + 1)")
        }
    }

    private func check(_ bytes: [UInt8], _ place: String) throws {
        do {
            switch try SavedNetwork(bytes: bytes, name: "x") {
            case .classifier(let network):
                let data = try data(regression: false, classes: network.classes.count)
                try use {
                    _ = try network.predict(data)
                    try network.partialFit(data)
                    _ = try network.serialized()
                }
            case .regressor(let network):
                let data = try data(regression: true)
                try use {
                    _ = try network.predict(data)
                    try network.partialFit(data)
                    _ = try network.serialized()
                }
            }
        } catch NNError.unsuitableFile(let path, _, _) {
            #expect(path == "x")
        } catch is OutOfMemory {
        } catch {
            Issue.record("\(place): \(error)")
        }
    }

    /// Options and shapes may be others than the data's, which is an error that says so.
    private func use(_ body: () throws -> Void) throws {
        do { try body() } catch is NNError {}
    }

    private func headerLength(_ bytes: [UInt8]) -> Int {
        (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
    }

    private func withLength(_ header: [UInt8]) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
    }
}
