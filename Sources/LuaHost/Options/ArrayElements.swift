internal import LuaBridge
internal import Platform

/// The elements of an array of the script's, or of one among a trial's arguments; nothing but the keys
/// 1…n may be in it.
func arrayElements(of table: LuaTable, _ owner: String) throws -> [LuaValue] {
    let table = try table.plain ?? table
    // What is read, and what it becomes, is there several times for a while.
    let charge = try MemoryCharge.of(160 * table.rawCount, purpose: "the elements of \(owner)")
    defer { withExtendedLifetime(charge) {} }
    let pairs = try table.rawPairs()
    var elements = [LuaValue?](repeating: nil, count: pairs.count)
    for (key, value) in pairs {
        guard case .integer(let position) = key, (1...pairs.count).contains(position) else {
            throw LuaError("\(owner): expected an array without holes, found the key \(key.shown)")
        }
        elements[position - 1] = value
    }
    return elements.map { $0! }
}
