internal import Engine
internal import LuaBridge

/// The tables `args` by trial: those that trials got, and for the others, which ran before this
/// process began, one that is made when it is asked for.
final class TrialArguments {
    private let tables: ArgumentTables
    private let space: SearchSpace
    private var made: [Int: LuaTable] = [:]

    init(_ tables: ArgumentTables, _ space: SearchSpace) {
        (self.tables, self.space) = (tables, space)
    }

    /// Keeps what a trial gets.
    func keep(_ table: LuaTable, of trial: Int) { made[trial] = table }

    /// A trial's table; nil where the declared space has no such configuration.
    func table(of trial: Trial) -> LuaTable? {
        if let table = made[trial.id] { return table }
        let table = try? tables.table(of: trial.configuration, in: space)
        made[trial.id] = table
        return table
    }
}
