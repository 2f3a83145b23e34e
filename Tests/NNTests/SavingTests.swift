import Foundation
import NN
import Testing

@Suite struct SavingTests {
    private let data: Dataset
    private let numbers: Dataset

    init() throws {
        let features = (0..<90).map { row in
            (0..<4).map { column -> Float in
                let step: Int = (row * 7 + column * 3) % 13
                return Float(step) / 6 - 1
            }
        }
        let labels: [ClassLabel] = [.string("a"), .real(2.5), .boolean(true)]
        data = try Dataset(features: features, labels: (0..<90).map { labels[$0 % 3] })
        numbers = try Dataset(
            features: features.flatMap { $0 }, columns: 4, values: features.map { $0[0] * $0[1] })
    }

    private func options(_ solver: Solver) -> MLPOptions {
        var options = MLPOptions()
        options.hiddenLayerSizes = [9, 5]
        options.solver = solver
        options.learningRate = .adaptive
        options.batchSize = 20
        options.seed = 3
        return options
    }

    @Test(arguments: [Solver.adam, .sgd]) func trainingGoesOnBitForBit(_ solver: Solver) throws {
        let classifier = try MLPClassifier(options(solver))
        for _ in 0..<3 { try classifier.partialFit(data) }
        guard case .classifier(let copy) = try SavedNetwork(bytes: classifier.serialized()) else {
            Issue.record("a classifier came back as something else")
            return
        }
        #expect(copy.options == classifier.options)
        #expect(copy.classes == classifier.classes)
        #expect(copy.weights == classifier.weights)
        for network in [classifier, copy] {
            for _ in 0..<3 { try network.partialFit(data) }
        }
        #expect(copy.weights == classifier.weights)
        #expect(copy.lossCurve == classifier.lossCurve)
        #expect(copy.lossCurve.count == 6)
    }

    @Test func aNetworkWithoutAnOptimizerComesBack() throws {
        let classifier = try MLPClassifier(options(.lbfgs))
        try classifier.fit(data)
        guard case .classifier(let copy) = try SavedNetwork(bytes: classifier.serialized()) else {
            Issue.record("a classifier came back as something else")
            return
        }
        #expect(copy.weights == classifier.weights)
        #expect(copy.lossCurve == classifier.lossCurve)
    }

    @Test func aFileHoldsARegressor() throws {
        let regressor = try MLPRegressor(options(.adam))
        try regressor.partialFit(numbers)
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("older".utf8).write(to: URL(filePath: path))
        try regressor.save(to: path)
        guard case .regressor(let copy) = try SavedNetwork(path: path) else {
            Issue.record("a regressor came back as something else")
            return
        }
        #expect(try copy.predict(numbers) == regressor.predict(numbers))
        expectError("/nonexistent/x: no such file or directory") {
            try regressor.save(to: "/nonexistent/x")
        }
    }

    /// The whole state comes back, as the bytes of the copy show, and the same training follows.
    @Test(arguments: [2, 40]) func earlyStoppingGoesOnBitForBit(epochs: Int) throws {
        var options = options(.sgd)
        options.learningRateInit = 0.3
        options.earlyStopping = true
        options.validationFraction = 0.3
        options.nIterNoChange = 3
        options.maxIter = epochs
        let classifier = try MLPClassifier(options)
        let regressor = try MLPRegressor(options)
        try classifier.fit(data)
        try regressor.fit(numbers)
        #expect(epochs == 2 || classifier.lossCurve.count < epochs, "it stopped early")
        guard case .classifier(let copy) = try SavedNetwork(bytes: classifier.serialized()),
            case .regressor(let other) = try SavedNetwork(bytes: regressor.serialized())
        else {
            Issue.record("a network came back as something else")
            return
        }
        #expect(try copy.serialized() == classifier.serialized())
        #expect(try other.serialized() == regressor.serialized())
        #expect(try copy.predictProbabilities(data) == classifier.predictProbabilities(data))
        try copy.fit(data)
        try other.fit(numbers)
        #expect(copy.weights == classifier.weights)
        #expect(try copy.serialized() == classifier.serialized())
        #expect(try other.serialized() == regressor.serialized())
    }

    /// A fit that is cancelled leaves a network as it was in the middle.
    @Test func aCancelledFitComesBack() throws {
        var options = options(.adam)
        options.earlyStopping = true
        options.maxIter = 1_000_000_000
        options.nIterNoChange = 1_000_000_000
        let classifier = try MLPClassifier(options)
        let token = CancellationToken()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.02)
            token.cancel()
        }
        #expect(throws: CancellationError.self) { try classifier.fit(data, cancellation: token) }
        guard case .classifier(let copy)? = try? SavedNetwork(bytes: classifier.serialized()) else {
            return  // cancelled before it began
        }
        #expect(copy.weights == classifier.weights)
        #expect(try copy.serialized() == classifier.serialized())
    }

    /// JSON has no numbers for these, so decoders take such texts for them.
    @Test func classesCalledAsNumbersAreText() throws {
        let classes: [ClassLabel] = ["-inf", "1", "a", "inf", "nan"].map { .string($0) }
        let data = try Dataset(
            features: (0..<20).map { [Float($0)] }, labels: (0..<20).map { classes[$0 % 5] })
        var options = options(.adam)
        options.batchSize = 10
        let classifier = try MLPClassifier(options)
        try classifier.partialFit(data)
        guard case .classifier(let copy) = try SavedNetwork(bytes: classifier.serialized()) else {
            Issue.record("a classifier came back as something else")
            return
        }
        #expect(copy.classes == classes)
        #expect(try copy.predict(data) == classifier.predict(data))
    }

    /// The header as any reader of safetensors sees it.
    @Test func theFormatIsSafetensors() throws {
        let classifier = try MLPClassifier(options(.sgd))
        try classifier.partialFit(data)
        let bytes = try classifier.serialized()
        let length = (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        #expect(length % 8 == 0)
        let header = try #require(
            try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) as? [String: Any])
        let weight = try #require(header["layers.1.weight"] as? [String: Any])
        #expect(weight["dtype"] as? String == "F32")
        #expect(weight["shape"] as? [Int] == [9, 5])
        let ends = header.values.compactMap { ($0 as? [String: Any])?["data_offsets"] as? [Int] }
        #expect(ends.compactMap(\.last).max() == bytes.count - 8 - length)
        let offsets = try #require(weight["data_offsets"] as? [Int])
        let first = bytes[(8 + length + offsets[0])...].prefix(4)
        let bits = first.enumerated().reduce(UInt32(0)) {
            $0 | UInt32($1.element) << (8 * $1.offset)
        }
        #expect(Float(bitPattern: bits) == classifier.weights?.coefs[1][0][0])
    }

    @Test func whatIsNoNetworkIsRefused() throws {
        let classifier = try MLPClassifier(options(.adam))
        expectError(
            "save: the network has not been trained yet, call fit or partial_fit first"
        ) { try classifier.serialized() }
        try classifier.partialFit(data)
        let bytes = try classifier.serialized()
        let text = "x: expected a saved network, got something else, or a part of one"
        for length in Array(0..<64) + [bytes.count / 2, bytes.count - 1] {
            expectError(text) { try SavedNetwork(bytes: Array(bytes.prefix(length)), name: "x") }
        }
        let later = replacing("\\\"version\\\":1", by: "\\\"version\\\":9", in: bytes)
        expectError("x: expected a network of version 1, got version 9, of a later program") {
            try SavedNetwork(bytes: later, name: "x")
        }
        for (old, new) in [
            ("\\\"widths\\\":[4,9", "\\\"widths\\\":[4,8"), ("[9,5]", "[5,9]"),
            ("\"F32\"", "\"F16\""), ("\\\"softmax\\\"", "\\\"logistic\\\""),
        ] {
            let changed = replacing(old, by: new, in: bytes)
            expectError(text) { try SavedNetwork(bytes: changed, name: "x") }
        }
    }

    /// Every count in a file may be what no integer, or no memory, holds.
    @Test func countsThatOverflowAreRefused() throws {
        let classifier = try MLPClassifier(options(.adam))
        try classifier.partialFit(data)
        let bytes = try classifier.serialized()
        let text = "x: expected a saved network, got something else, or a part of one"
        let most = "9223372036854775807"
        for (old, new) in [
            ("[9,5]", "[4611686018427387905,4]"), ("[9,5]", "[\(most),\(most)]"),
            ("[9,5]", "[-9,-5]"), ("[0,144]", "[\(most),\(most)]"), ("[0,144]", "[0,\(most)]"),
            ("[0,144]", "[-\(most),-9223372036854775663]"), ("[0,144]", "[144]"),
            ("[0,144]", "[0,18446744073709551760]"), ("[4,9,5,3]", "[4,9,5,\(most)]"),
            ("\\\"steps\\\":5", "\\\"steps\\\":\(most)"),
            ("\\\"steps\\\":5", "\\\"steps\\\":-1"),
            ("\\\"rowsSeen\\\":90", "\\\"rowsSeen\\\":\(most)"),
            ("\\\"epochsWithoutProgress\\\":0", "\\\"epochsWithoutProgress\\\":\(most)"),
        ] {
            let changed = replacing(old, by: new, in: bytes)
            expectError(text) { try SavedNetwork(bytes: changed, name: "x") }
        }
        for length in [UInt64.max, .max >> 1, .max - 7, UInt64(bytes.count)] {
            let head = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
            expectError(text) { try SavedNetwork(bytes: head + bytes.dropFirst(8), name: "x") }
        }
    }

    /// No single changed byte of the header makes the program do anything but load or refuse.
    @Test func flippedBytesAreRefusedOrHarmless() throws {
        let classifier = try MLPClassifier(options(.adam))
        try classifier.partialFit(data)
        let bytes = try classifier.serialized()
        for index in 0..<min(bytes.count, 3000) {
            var changed = bytes
            changed[index] ^= UInt8(1 << (index % 8))
            _ = try? SavedNetwork(bytes: changed)
        }
    }

    /// Replaces the first occurrence of a text in the header, and corrects the header's length.
    private func replacing(_ old: String, by new: String, in bytes: [UInt8]) -> [UInt8] {
        let from = Array(old.utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: from) }) else {
            Issue.record("\(old) is not in the file")
            return bytes
        }
        var result = bytes
        let to = Array(new.utf8)
        result.replaceSubrange(start..<start + from.count, with: to)
        let growth = to.count - from.count
        let length = (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) } + growth
        for index in 0..<8 { result[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        return result
    }
}
