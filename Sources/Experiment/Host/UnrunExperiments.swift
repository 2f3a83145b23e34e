internal import LuaBridge

/// The experiments that a script has declared and not run yet.
struct UnrunExperiments {
    private var declared: [Int: (title: String, place: LuaPlace?)] = [:]
    private var count = 0

    /// A script may declare any number: of more than these nobody wants to read.
    private static let limit = 1000

    /// Takes an experiment that was declared.
    ///
    /// - Returns: its number, to take it out again.
    mutating func add(_ declaration: ExperimentDeclaration) -> Int {
        count += 1
        if declared.count < Self.limit { declared[count] = (declaration.title, declaration.place) }
        return count
    }

    mutating func remove(_ number: Int) { declared[number] = nil }

    /// What to tell at the end: each place where one was declared, once.
    var warnings: [String] {
        Dictionary(grouping: declared.sorted { $0.key < $1.key }, by: \.value.place).values
            .sorted { $0[0].key < $1[0].key }
            .map { entries in
                let more = entries.count > 1 ? ", nor \(entries.count - 1) more of that line" : ""
                return "\(entries[0].value.title) was never run\(more): "
                    + "call :run() on what ag.experiment gives"
            }
    }
}
