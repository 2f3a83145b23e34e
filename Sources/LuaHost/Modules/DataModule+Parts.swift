internal import LuaBridge
internal import NN
internal import Platform

/// What a data set of the script's gives: its labels, and parts of it.
extension DataModule {
    /// `ds.labels`: by row its class, or what is to be predicted.
    static func labels(_ data: Dataset, call: LuaCall, operations: NativeOperations) throws
        -> LuaAnswer
    {
        let charge = try operations.chargeForTable(ofNumbers: data.rows * max(1, data.outputs + 1))
        defer { withExtendedLifetime(charge) {} }
        let classes = try data.classes.luaTrees(charge)
        return try call.return(
            LuaTree.array(
                (0..<data.rows).map { row in
                    if let label = data.classIndex(at: row) { return classes[label] }
                    let values = data.values(at: row).map { LuaTree.number(Double($0)) }
                    return values.count == 1 ? values[0] : .array(values)
                }))
    }

    /// `ds.classes`, and a network's: an array of labels.
    static func classes(_ labels: [ClassLabel], _ call: LuaCall) throws -> LuaAnswer {
        let charge = MemoryCharge()
        defer { withExtendedLifetime(charge) {} }
        return try call.return(LuaTree.array(labels.luaTrees(charge)))
    }

    /// `ds.feature_names`: those of a column of text repeat its name.
    static func featureNames(_ data: Dataset, _ call: LuaCall) throws -> LuaAnswer {
        let charge = try MemoryCharge.of(
            2 * data.featureNameBytes, purpose: "the names of \(data.columns) features")
        defer { withExtendedLifetime(charge) {} }
        return try call.return(LuaTree.array(data.featureNames.map { .text($0) }))
    }

    /// `ds:subset(first, last)`: rows first…last, both included, counted from 1; or
    /// `ds:subset { row, … }`: those rows, in that order.
    static func subset(_ data: Dataset, _ call: LuaCall) throws -> LuaAnswer {
        if case .table(let list) = try call[2] {
            guard call.isNil(3) else {
                throw LuaError("nothing beside a list of rows expected", at: .argument(3))
            }
            return try call.return(object: data.subset(rows: rows(list)))
        }
        let (first, last) = (try call.integer(2), try call.integer(3))
        guard first >= 1, first <= last, last <= data.rows else {
            throw LuaError(
                "subset: expected 1 <= first <= last <= \(data.rows), "
                    + "got first = \(first), last = \(last)")
        }
        return try call.return(object: data.subset(first - 1..<last))
    }

    private static func rows(_ list: LuaTable) throws -> [Int] {
        try arrayElements(of: list, "subset").enumerated().map { index, element in
            guard let row = element.asInteger, row > Int.min else {
                throw LuaError("subset[\(index + 1)]: expected an integer, got \(element.shown)")
            }
            return row - 1
        }
    }

    /// `{ seed, stratify }` in argument 3.
    private static func drawing(
        _ call: LuaCall, _ owner: String
    ) throws -> (seed: UInt64, stratify: Bool) {
        guard !call.isNil(3) else { return (0, false) }
        let options = try DrawingOptions.read(call[3], owner: owner).options
        return (UInt64(bitPattern: Int64(options.seed)), options.stratify)
    }

    /// `ds:folds(k [, { seed, stratify }])`: an array of `{ train, test }`.
    static func folds(_ data: Dataset, _ call: LuaCall) throws -> LuaAnswer {
        let count = try call.integer(2)
        let (seed, stratify) = try drawing(call, "folds")
        let charge = MemoryCharge()
        try charge.add(16 * data.rows, purpose: "the folds of \(data.rows) rows")
        do {
            let folds = try data.folds(count, seed: seed, stratify: stratify)
            return try call.return(
                LuaTree.array(
                    folds.map { fold in
                        .record([
                            ("train", try call.state.object(fold.train).luaTree),
                            ("test", try call.state.object(fold.test).luaTree),
                        ])
                    }))
        } catch DatasetError.invalid(let name, let expected, let got) {
            throw DatasetError.invalid(name: "folds: \(name)", expected: expected, got: got)
        }
    }

    /// `data.concat(a, b, …)`: the rows of all, one after the other.
    func concat(_ call: LuaCall) throws -> LuaAnswer {
        let parts = try (1...max(2, call.count)).map { position in
            try call.object(position) as Dataset
        }
        return try call.return(object: Dataset.concatenated(parts))
    }

    /// `ds:split(fraction, { seed, stratify })`: two data sets, the first with that share of the rows.
    static func split(_ data: Dataset, _ call: LuaCall) throws -> LuaAnswer {
        let fraction = try call.number(2)
        let (seed, stratify) = try drawing(call, "split")
        let parts: (first: Dataset, second: Dataset)
        do {
            parts = try data.split(
                fraction: fraction, seed: seed, stratify: stratify)
        } catch DatasetError.invalid(let name, let expected, let got) {
            throw DatasetError.invalid(name: "split: \(name)", expected: expected, got: got)
        }
        return try call.return(
            all: [
                call.state.object(parts.first).luaTree, call.state.object(parts.second).luaTree,
            ])
    }

    static func standardize(_ data: Dataset, _ call: LuaCall) throws -> LuaAnswer {
        let from: Dataset? = call.isNil(2) ? nil : try call.object(2)
        return try call.return(object: data.standardized(from: from))
    }
}
