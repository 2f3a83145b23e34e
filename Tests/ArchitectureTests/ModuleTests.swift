import Testing

/// One arrow down, never across, never up: who may import whom.
@Suite struct ModuleTests {
    private let tree = SourceTree.shared

    /// The floors of the house. A module imports those of lower floors alone.
    private static let floors: [(floor: Int, modules: Set<String>)] = [
        (7, ["mohpo-lua", "mohpo-lua-http"]), (6, ["Commands"]),
        (5, ["LuaHost", "EngineTesting", "HTTPServing"]),
        (4, ["Running", "Results", "LivePage"]), (3, ["Storage", "PostgresStorage"]),
        (2, ["Engine"]),
        (1, ["NN", "DataSets", "Rendering", "LuaBridge", "DeterministicMath", "HTTPListening"]),
        (0, ["Platform", "Settings"]),
    ]
    private static let floor = Dictionary(
        uniqueKeysWithValues: floors.flatMap { floor in floor.modules.map { ($0, floor.floor) } })

    @Test func everyModuleHasAFloor() {
        #expect(Set(tree.modules.keys).subtracting(Self.floor.keys) == [])
    }

    @Test func noModuleImportsUpwards() {
        for (module, floor) in Self.floor.sorted(by: { $0.key < $1.key }) {
            let used = tree.imports(of: module).union(tree.dependencies(of: module))
            let wrong = used.filter { name in
                guard let other = Self.floor[name], name != module else { return false }
                return other >= floor
            }
            #expect(wrong.sorted() == [], "\(module)")
        }
    }

    @Test(arguments: [
        "Running", "Results", "Rendering", "Engine", "Storage", "PostgresStorage", "LivePage",
        "HTTPServing", "HTTPListening",
    ])
    func luaIsNotSeen(module: String) {
        let used = tree.imports(of: module).union(tree.dependencies(of: module))
        #expect(used.intersection(["LuaBridge", "CLua", "CLuaLibrary", "LuaHost"]) == [])
    }

    /// Besides these modules of sums and containers the engine imports nothing: no files, no clocks of
    /// the system's, no network.
    @Test func theEngineDoesNoInputAndOutput() {
        let allowed: Set = [
            "DequeModule", "HeapModule", "RealModule",
            "OrderedCollections",
            "Synchronization", "DeterministicMath", "Settings",
        ]
        #expect(tree.imports(of: "Engine").subtracting(allowed).sorted() == [])
        #expect(!tree.dependencies(of: "Engine").contains("Platform"))
    }

    @Test(arguments: ["Results", "Running"]) func databasesAreNotSeen(module: String) {
        let used = tree.imports(of: module).union(tree.dependencies(of: module))
        #expect(used.intersection(["Storage", "PostgresStorage", "GRDB", "GRDBSQLite"]) == [])
    }

    /// Else the rules above would pass for want of anything to judge.
    @Test func theSourcesAreRead() {
        #expect(tree.files.count > 200)
        #expect(tree.imports(of: "LuaHost").isSuperset(of: ["LuaBridge", "Engine", "Platform"]))
        #expect(tree.dependencies(of: "Storage").isSuperset(of: ["Engine", "Platform"]))
    }
}
