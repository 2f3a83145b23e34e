#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a saved network holds besides arrays: all that training needs to continue bit for bit.
struct TrainingState: Codable {
    /// The format's version. A reader refuses those above its own.
    static let currentVersion = 1

    var version = Self.currentVersion
    var options: MLPOptions
    var widths: [Int]
    var activation: Activation
    var output: OutputFunction
    /// Empty for regression.
    var classes: [ClassLabel]
    var generator: [UInt64]
    var steps: Int
    var learningRate: Double
    var progress: Progress

    var shape: NetworkShape {
        NetworkShape(widths: widths, activation: activation, output: output)
    }

    /// Whether the parts agree with one another, so that a network can be built of them.
    var isConsistent: Bool {
        let outputs =
            switch output {
            case .softmax: classes.count > 2 ? classes.count : 0
            case .logistic: classes.count == 2 ? 1 : 0
            case .identity: classes.isEmpty ? widths.last ?? 0 : 0
            }
        return (try? options.validate()) != nil && widths.count >= 2
            && widths.allSatisfy { $0 > 0 } && outputs == widths.last
            && widths.dropFirst().dropLast().elementsEqual(options.hiddenLayerSizes)
            && activation == options.activation && classes == Set(classes).sorted()
            && generator.count == 4 && generator.contains { $0 != 0 }
            && Self.counts.contains(steps) && progress.isWithin(Self.counts) && learningRate > 0
    }

    /// What a file may say was counted: beyond that training would overflow.
    private static let counts = 0...1 << 53

    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    static func decoded(_ text: String) throws -> TrainingState {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(TrainingState.self, from: Data(text.utf8))
    }

    /// The version alone, which every later format keeps readable.
    static func version(_ text: String) -> Int? {
        struct Version: Decodable { var version: Int }
        return try? JSONDecoder().decode(Version.self, from: Data(text.utf8)).version
    }
}
