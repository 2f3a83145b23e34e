internal import Engine
internal import LuaBridge
internal import NN
internal import Platform
internal import Results

/// What a trial keeps: plain values and networks, as bytes.
///
/// Eight bytes with the length of a JSON header, the header, then the networks one after another,
/// each as the safetensors file that `save` would write.
struct CheckpointContent {
    /// A value of the kinds that can be kept.
    indirect enum Kept {
        case plain(Value)
        case list([Kept])
        case group([Name: Kept])
        /// Where a network's bytes are, from the end of the header on.
        case network(offset: Int, count: Int)
    }

    let seed: (Int, Int)
    let networks: Int
    let root: Kept
    private var blobs: [UInt8] = []

    /// - Parameter owner: what keeps it, as an error says it.
    /// - Throws: `LuaError` that names the field that cannot be kept.
    init(
        _ value: LuaValue, owner: String = "reporter:checkpoint", seed: (Int, Int), networks: Int
    ) throws {
        var blobs: [UInt8] = []
        root = try Self.kept(value, owner: owner, depth: 0, blobs: &blobs)
        (self.seed, self.networks, self.blobs) = (seed, networks, blobs)
    }

    /// - Throws: `LuaError` when these are not the bytes of a checkpoint.
    init(bytes: [UInt8]) throws {
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count >= 8, length <= bytes.count - 8,
            let header = try? Header(json: bytes[8..<8 + length])
        else { throw LuaError("reporter:restore: expected a checkpoint, got something else") }
        (seed, networks, root) = (header.seed, header.networks, header.root)
        blobs = Array(bytes[(8 + length)...])
    }

    var bytes: [UInt8] {
        get throws {
            // The header is made twice of what it holds, and once more as a part of all.
            let charge = try MemoryCharge.ofCopies.map {
                try MemoryCharge.of(3 * $0.bytes, purpose: "a checkpoint")
            }
            defer { withExtendedLifetime(charge) {} }
            let header = Array(Header(seed: seed, networks: networks, root: root).json.utf8)
            let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
            return length + header + blobs
        }
    }

    // MARK: - From Lua

    private static func kept(
        _ value: LuaValue, owner: String, depth: Int, blobs: inout [UInt8]
    ) throws -> Kept {
        switch value {
        case .table(let table):
            guard depth < 32 else {
                throw LuaError("\(owner): a table that is nested too deeply or contains itself")
            }
            return try kept(table, owner: owner, depth: depth, blobs: &blobs)
        case .object(let object):
            guard let bytes = try serialized(object.object, owner) else {
                throw LuaError(
                    "\(owner): expected plain values and networks, got a \(value.typeName)")
            }
            defer { blobs += bytes }
            return .network(offset: blobs.count, count: bytes.count)
        default: return .plain(try Value(value, owner))
        }
    }

    private static func kept(
        _ table: LuaTable, owner: String, depth: Int, blobs: inout [UInt8]
    ) throws -> Kept {
        let table = try OptionReader.plain(table, owner)
        let pairs = try table.rawPairs()
        guard !pairs.contains(where: { if case .integer(1) = $0.key { true } else { false } })
        else {
            return .list(
                try arrayElements(of: table, owner).map {
                    try kept($0, owner: owner, depth: depth + 1, blobs: &blobs)
                })
        }
        var group: [Name: Kept] = [:]
        for (key, value) in pairs {
            guard case .string(let bytes) = key, let name = bytes.text else {
                throw LuaError("\(owner): expected names as keys, found \(key.shown)")
            }
            group[Name(name)] = try kept(
                value, owner: "\(owner): \(name)", depth: depth + 1, blobs: &blobs)
        }
        return .group(group)
    }

    private static func serialized(_ object: AnyObject?, _ owner: String) throws -> [UInt8]? {
        do {
            switch object {
            case let network as MLPClassifier: return try network.serialized()
            case let network as MLPRegressor: return try network.serialized()
            default: return nil
            }
        } catch let error as NNError {
            throw LuaError("\(owner): \(error)")
        }
    }

    // MARK: - To Lua

    /// What was kept, with networks of its own.
    ///
    /// - Parameter made: is called with each of those.
    func tree(
        in lua: LuaState, made: (any TrainableNetwork) -> Void = { _ in }
    ) throws -> LuaTree { try tree(root, in: lua, made: made) }

    /// The bytes of a network.
    ///
    /// - Throws: `LuaError` where there are not so many.
    func network(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= blobs.count, count <= blobs.count - offset
        else { throw LuaError("reporter:restore: expected a network, got a part of one") }
        return Array(blobs[offset..<offset + count])
    }

    private func tree(
        _ kept: Kept, in lua: LuaState, made: (any TrainableNetwork) -> Void
    ) throws -> LuaTree {
        switch kept {
        case .plain(let value): return value.luaTree
        case .list(let elements):
            return .array(try elements.map { try tree($0, in: lua, made: made) })
        case .group(let fields):
            return .record(
                try fields.sorted { $0.key < $1.key }.map {
                    ($0.key.text, try tree($0.value, in: lua, made: made))
                })
        case .network(let offset, let count):
            do {
                switch try SavedNetwork(bytes: network(at: offset, count: count)) {
                case .classifier(let network):
                    made(network)
                    return try lua.object(network).luaTree
                case .regressor(let network):
                    made(network)
                    return try lua.object(network).luaTree
                }
            } catch let error as NNError {
                throw LuaError("reporter:restore: \(error)")
            }
        }
    }
}
