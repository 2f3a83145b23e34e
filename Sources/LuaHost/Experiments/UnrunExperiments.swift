internal import LuaBridge

/// The experiments that a script has declared and not run yet.
struct UnrunExperiments {
    /// Those that were declared in one place.
    private struct Place {
        let name: LuaPlace?
        /// What messages about the first of them begin with.
        let title: String
        var declared = 0
        var open = 0

        var warning: String {
            let start = name.map { "\($0): " } ?? ""
            let which =
                declared == 1 ? "\(title) was" : "\(start)\(open) of \(declared) experiments were"
            return "\(which) never run: call :run() on what ag.experiment gives"
        }
    }
    private var places: [Place] = []
    private var positions: [LuaPlace?: Int] = [:]
    private var hasRun = false

    /// A script may make its own source: more places than these are not worth reading.
    private static let limit = 1000

    /// Takes note of an experiment that was declared.
    mutating func add(_ declaration: ExperimentDeclaration) {
        let place = declaration.place
        if positions[place] == nil, places.count < Self.limit {
            positions[place] = places.count
            places.append(Place(name: place, title: declaration.title))
        }
        guard let position = positions[place] else { return }
        places[position].declared += 1
        places[position].open += 1
    }

    /// Takes note that one of them is run.
    mutating func remove(_ declaration: ExperimentDeclaration) {
        hasRun = true
        if let position = positions[declaration.place] { places[position].open -= 1 }
    }

    /// What to tell at the end of `script`, of each place that has some left. Of what a module declares a
    /// script may choose.
    func warnings(of script: String) -> [String] {
        places.filter { $0.open > 0 && (!hasRun || $0.name?.chunk == script) }.map(\.warning)
    }
}
