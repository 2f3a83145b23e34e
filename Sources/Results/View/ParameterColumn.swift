internal import Engine

/// A parameter as tables and pictures show it: what branches declare under one path is one column.
struct ParameterColumn {
    /// The path's spelling.
    let path: String
    /// The name of the column, which no other has.
    let label: String
    /// The path's steps from the outside in, without branches.
    let steps: [ParameterPath.Step]
    /// `int`, `real`, `categorical`, `ordinal`, `boolean` or `choice`.
    let kind: String
    /// Whether it is drawn from a logarithmic scale.
    let isLogarithmic: Bool
    /// The values in order where they can be listed; nil for numbers, and where branches differ.
    let choices: [Value]?

    /// Whether values are numbers.
    var isNumber: Bool { kind == "int" || kind == "real" }
}

extension StudyView {
    /// Every path once, in the order of the space.
    var parameterColumns: [ParameterColumn] {
        let space = state.definition.space
        let byPath = Dictionary(grouping: space.parameters) { $0.path }
        let steps = Dictionary(
            space.places.map { ($0.path.description, $0.path.namedSteps) }
        ) { first, _ in first }
        let names = ColumnNames(
            fixed: ["trial"], resource: resourceName, metrics: metrics, parameters: parameters)
        return zip(parameters, names.parameters).map { path, label in
            let own = byPath[path] ?? []
            let kinds = Set(own.map(\.kind.word))
            return ParameterColumn(
                path: path, label: label, steps: steps[path] ?? [],
                kind: kinds.count == 1 ? kinds.first ?? "" : "categorical",
                isLogarithmic: own.allSatisfy(\.kind.isLogarithmic),
                // What two branches declare differently is shown by the values alone.
                choices: own.count == 1 ? own[0].kind.choices : nil)
        }
    }
}

extension ParameterPath {
    /// The steps but branches, which have no place in a table of arguments.
    fileprivate var namedSteps: [Step] {
        steps.filter { if case .branch = $0 { false } else { true } }
    }
}

extension Parameter.Kind {
    /// The kind in a word.
    fileprivate var word: String {
        switch self {
        case .domain(.int): "int"
        case .domain(.real): "real"
        case .domain(.categorical): "categorical"
        case .domain(.ordinal): "ordinal"
        case .domain(.boolean): "boolean"
        case .choice: "choice"
        }
    }

    fileprivate var isLogarithmic: Bool {
        switch self {
        case .domain(.int(let domain)): domain.log
        case .domain(.real(let domain)): domain.log
        case .domain(.categorical), .domain(.ordinal), .domain(.boolean), .choice: false
        }
    }

    fileprivate var choices: [Value]? {
        switch self {
        case .domain(.categorical(let options)), .domain(.ordinal(let options)): options.values
        case .domain(.boolean): [.boolean(false), .boolean(true)]
        case .choice(let branches): branches.map { .string($0.name) }
        case .domain(.int), .domain(.real): nil
        }
    }
}
