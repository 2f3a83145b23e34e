internal import DataSets
internal import LuaBridge
internal import NN
internal import Platform
internal import Running

/// The module `mohpo.data`: data sets as objects of the script's.
struct DataModule {
    let operations: NativeOperations
    let files: FileAccess
    let loaded: LoadedDataSets
    /// Is told of what may be wrong with a file.
    let observer: any RunObserver

    func define(in lua: LuaState) throws {
        try lua.defineStrictly(Dataset.self, name: "Dataset") { type in
            type.property("features") { .integer($0.columns) }
            type.property("classes") { [operations] data, call in
                try operations.withRoom { try Self.classes(data.classes, call) }
            }
            type.property("feature_names") { [operations] data, call in
                try operations.withRoom { try Self.featureNames(data, call) }
            }
            type.property("labels") { [operations] data, call in
                try operations.withRoom {
                    try Self.labels(data, call: call, operations: operations)
                }
            }
            type.property("name") { .text($0.name) }
            type.method("folds", taking: ["k", "options"]) { [operations] data, call in
                try operations.withRoom { try Self.folds(data, call) }
            }
            type.method("subset", taking: ["first", "last"]) { [operations] data, call in
                try operations.withRoom { try Self.subset(data, call) }
            }
            type.method("split", taking: ["fraction", "options"]) { [operations] data, call in
                try operations.withRoom { try Self.split(data, call) }
            }
            type.method("standardize", taking: ["from"]) { [operations] data, call in
                try operations.withRoom { try Self.standardize(data, call) }
            }
            type.metamethod("__len") { data, call in try call.return(data.rows) }
            type.metamethod("__tostring") { data, call in try call.return(Self.summary(of: data)) }
        }
    }

    func open(_ call: LuaCall) throws -> LuaAnswer {
        func function(
            _ name: String, taking parameters: LuaParameters, _ body: @escaping LuaNativeBody
        ) -> ModuleFunction { ModuleFunction(name, taking: parameters, operations.withRoom(body)) }
        return try call.return(
            call.state.module(
                "data",
                [
                    function("load", taking: ["name"], load),
                    function("idx", taking: ["files"], idx),
                    function("csv", taking: ["path", "options"], csv),
                    function("npy", taking: ["files"], npy),
                    function("npz", taking: ["path", "options"], npz),
                    function("libsvm", taking: ["path", "options"], libsvm),
                    function("arff", taking: ["path", "options"], arff),
                    function("concat", taking: .any, concat),
                    function("table", taking: ["features", "labels", "options"], table),
                ]))
    }

    // MARK: - Making data sets

    /// `data.load(name)`: `{ train, test }` of a known data set, the same objects at each call.
    private func load(_ call: LuaCall) throws -> LuaAnswer {
        let name = try call.text(1)
        if let table = loaded.tables[name] { return try call.return(table) }
        let files = try DataSetCache.standard().locate(name)
        // The user has fetched them: also in the sandbox they may be read where they are.
        let (train, test) = try Confinement.$current.withValue(nil) {
            (
                try Dataset(idxImages: files.trainImages, labels: files.trainLabels),
                try Dataset(idxImages: files.testImages, labels: files.testLabels)
            )
        }
        let table = try call.state.table(
            .record([
                ("train", try call.state.object(train).luaTree),
                ("test", try call.state.object(test).luaTree),
            ]))
        loaded.tables[name] = table
        return try call.return(table)
    }

    /// `data.table(features, labels [, { regression }])`: an array of rows, and for each row a label,
    /// or with `regression` the number, or the array of numbers, to predict.
    private func table(_ call: LuaCall) throws -> LuaAnswer {
        // A row may stand in the table a thousand times and costs Lua nothing then.
        let charge = MemoryCharge()
        let features = try arrayElements(of: call.table(1), "data.table: features")
            .enumerated().map { index, row in
                let row = try numericRow(row, "data.table: features[\(index + 1)]")
                try charge.add(8 * row.count, purpose: "data.table")
                return row
            }
        let labels = try arrayElements(of: call.table(2), "data.table: labels")
        let options =
            try call.isNil(3)
            ? TableOptions() : TableOptions.read(call[3], owner: "data.table").options
        guard options.regression else {
            let classes = try labels.enumerated().map { index, label in
                try ClassLabel(label, "data.table: labels[\(index + 1)]", payingBy: charge)
            }
            return try call.return(
                object: Dataset(features: features, labels: classes, name: "table"))
        }
        let values = try labels.enumerated().map { index, label in
            let owner = "data.table: labels[\(index + 1)]"
            let row = try label.asNumber.map { [try float($0, owner)] } ?? numericRow(label, owner)
            try charge.add(8 * row.count, purpose: "data.table")
            return row
        }
        return try call.return(object: regression(features, values))
    }

    private func regression(_ features: [[Float]], _ values: [[Float]]) throws -> Dataset {
        let (columns, outputs) = (features.first?.count ?? 0, values.first?.count ?? 0)
        for (rows, width, what) in [(features, columns, "features"), (values, outputs, "labels")] {
            guard let bad = rows.firstIndex(where: { $0.count != width }) else { continue }
            throw LuaError(
                "data.table: \(what)[\(bad + 1)]: expected \(width) numbers, as in row 1, "
                    + "got \(rows[bad].count)")
        }
        return try Dataset(
            features: Array(features.joined()), columns: columns, values: Array(values.joined()),
            outputs: outputs, name: "table")
    }

    private func numericRow(_ value: LuaValue, _ owner: String) throws -> [Float] {
        guard case .table(let row) = value else {
            throw LuaError("\(owner): expected an array of numbers, got \(value.shown)")
        }
        return try numbers(arrayElements(of: row, owner), owner)
    }

    private func numbers(_ values: [LuaValue], _ owner: String) throws -> [Float] {
        try values.enumerated().map { index, value in
            guard let number = value.asNumber else {
                throw LuaError("\(owner)[\(index + 1)]: expected a number, got \(value.shown)")
            }
            return try float(number, "\(owner)[\(index + 1)]")
        }
    }

    /// What is no number, or infinite, is told of with its row.
    private func float(_ number: Double, _ owner: String) throws -> Float {
        guard Float(number).isFinite || !number.isFinite else {
            throw LuaError(
                "\(owner): expected a number of at most 3.4e38 (float32), got "
                    + LuaValue.number(number).shown)
        }
        return Float(number)
    }

    /// One line for `print`.
    private static func summary(of data: Dataset) -> String {
        let outcome =
            data.classes.isEmpty ? "numbers to predict" : "\(data.classes.count) classes"
        return "Dataset \(data.name): \(data.rows) rows, \(data.columns) features, \(outcome)"
    }
}
