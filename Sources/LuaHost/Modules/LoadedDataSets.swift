internal import LuaBridge

/// What `data.load` has loaded, by name.
final class LoadedDataSets {
    var tables: [String: LuaTable] = [:]
}
