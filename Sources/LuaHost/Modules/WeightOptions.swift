internal import LuaBridge
internal import NN
internal import Platform

/// What rows weigh, and what pays for it.
struct SampleWeights: Sendable {
    let values: [Double]
    private let charge: MemoryCharge

    /// - Throws: `OutOfMemory`, and what `read` throws.
    init(count: Int, _ read: () throws -> [Double]) throws {
        charge = MemoryCharge()
        try charge.add(8 * count, purpose: "the weights of \(count) rows")
        values = try read()
    }
}

/// Reads what rows weigh: `sample_weight`, an array with a number for each row, and `class_weight`,
/// "balanced" or a table of numbers by class.
enum WeightOptions {
    /// The options in argument 3 of a method that trains.
    static func training<Network: TrainableNetwork>(
        _ call: LuaCall, owner: String, type: Network.Type
    ) throws -> TrainingWeights {
        guard !call.isNil(3) else { return TrainingWeights() }
        let known = Network.hasClasses ? ["sample_weight", "class_weight"] : ["sample_weight"]
        let options = try reader(call, at: 3, owner: owner, known: known)
        return try TrainingWeights(
            sample: numbers(options), classes: Network.hasClasses ? classes(options) : nil)
    }

    /// `sample_weight` of the options in that argument of a method that judges.
    static func sample(
        _ call: LuaCall, at position: Int, owner: String
    ) throws -> SampleWeights? {
        guard !call.isNil(position) else { return nil }
        return try numbers(reader(call, at: position, owner: owner, known: ["sample_weight"]))
    }

    private static func reader(
        _ call: LuaCall, at position: Int, owner: String, known: [String]
    ) throws -> OptionReader {
        if case .table(let table) = try call[position], try !table.rawGet(1).isNil {
            throw LuaError(
                "\(owner): expected a table of options, got an array; "
                    + "did you mean { sample_weight = … }?")
        }
        return try OptionReader(call[position], owner: owner, known: known)
    }

    private static func numbers(_ options: OptionReader) throws -> SampleWeights? {
        guard let elements = try options.elements("sample_weight") else { return nil }
        return try SampleWeights(count: elements.count) {
            try elements.enumerated().map { index, element in
                guard let number = element.asNumber else {
                    throw LuaError(
                        "\(options.owner): sample_weight[\(index + 1)]: expected a number, "
                            + "got \(element.shown)")
                }
                return number
            }
        }
    }

    /// `class_weight`, nil where it is missing.
    static func classes(_ options: OptionReader) throws -> ClassWeight? {
        let expected = "\"balanced\" or a table of numbers by class"
        switch options["class_weight"] {
        case .nil: return nil
        case .string(let text) where text == LuaString("balanced"): return .balanced
        case .table(let table):
            let owner = "\(options.owner): class_weight"
            let charge = MemoryCharge.ofCopies ?? MemoryCharge()
            var weights: [ClassLabel: Double] = [:]
            for (key, value) in try OptionReader.plain(table, owner).rawPairs() {
                guard let weight = value.asNumber, weight >= 0, weight.isFinite else {
                    throw LuaError(
                        "\(owner): \(key.shown): expected a finite number of at least 0, "
                            + "got \(value.shown)")
                }
                weights[try ClassLabel(key, owner, payingBy: charge)] = weight
            }
            return .table(weights)
        default: throw options.error("class_weight", expected: expected)
        }
    }
}
