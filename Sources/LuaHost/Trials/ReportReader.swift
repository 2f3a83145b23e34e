internal import Engine
internal import LuaBridge
internal import Platform
internal import Results

/// Reads the table that a reporter is called with.
enum ReportReader {
    /// The fields by name; which must be there and what they may be is the engine's to say.
    static func fields(_ call: LuaCall) throws -> [Name: Value] {
        guard case .table = try call[2] else {
            throw LuaError("reporter: expected a table of metrics, got \(try call[2].shown)")
        }
        let pairs = try call.rawPairs(2)
        var fields = [Name: Value](minimumCapacity: pairs.count)
        for (key, value) in pairs {
            guard case .string(let bytes) = key, let name = bytes.textWithoutNUL
            else {
                throw LuaError("reporter: expected names as keys, found \(key.shown)")
            }
            guard !ObjectivesReader.reserved.contains(name) else {
                throw LuaError(
                    "reporter: \(name): a point has a field of this name; choose another")
            }
            fields[Name(name)] = try Value(value, "reporter: \(name)")
        }
        return fields
    }
}
