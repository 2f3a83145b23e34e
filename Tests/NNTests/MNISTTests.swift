import Foundation
import NN
import Testing

/// What a user sees on the real MNIST, where `mohpo-lua data fetch mnist` has put it.
@Suite(.enabled(if: MNIST.isPresent)) struct MNISTTests {
    @Test func oneHiddenLayerReachesScikitLearnsScores() throws {
        let train = try MNIST.load("train")
        let test = try MNIST.load("t10k")
        #expect(train.rows == 60_000 && test.rows == 10_000 && train.columns == 784)
        var options = MLPOptions()
        options.hiddenLayerSizes = [32]
        options.seed = 1
        let classifier = try MLPClassifier(options)
        for _ in 1...3 { try classifier.partialFit(train) }
        #expect(try classifier.score(test) >= 0.93)
        for _ in 4...20 { try classifier.partialFit(train) }
        #expect(try classifier.score(test) >= 0.955)
    }
}

enum MNIST {
    private static let folder: URL = {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (environment["HOME"] ?? "") + "/.cache"
        return URL(filePath: cache).appending(path: "mohpo-lua/datasets/mnist")
    }()

    private static func path(_ name: String) -> String { folder.appending(path: name).path() }

    static var isPresent: Bool {
        ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
            .allSatisfy { FileManager.default.fileExists(atPath: path("\($0)-ubyte")) }
    }

    static func load(_ part: String) throws -> Dataset {
        try Dataset(
            idxImages: path("\(part)-images-idx3-ubyte"),
            labels: path("\(part)-labels-idx1-ubyte"))
    }
}
