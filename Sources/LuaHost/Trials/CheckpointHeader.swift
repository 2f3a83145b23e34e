internal import Engine

extension CheckpointContent {
    /// What stands before the networks of a checkpoint, in JSON.
    struct Header {
        /// What `math.random` was seeded with when the checkpoint was taken.
        let seed: (Int, Int)
        /// How many networks the trial had made.
        let networks: Int
        let root: Kept

        private static let version = 1

        init(seed: (Int, Int), networks: Int, root: Kept) {
            (self.seed, self.networks, self.root) = (seed, networks, root)
        }

        private struct Malformed: Error {}

        /// - Throws: any error where these are not the bytes of a header.
        init(json bytes: ArraySlice<UInt8>) throws {
            let json = try bytes.withUnsafeBufferPointer { try JSON(parsing: $0) }
            guard json["version"] == .integer(Self.version),
                let seed = json["seed"]?.asArray?.compactMap(\.asInteger), seed.count == 2,
                let networks = json["networks"]?.asInteger, let root = json["root"]
            else { throw Malformed() }
            self.init(
                seed: (seed[0], seed[1]), networks: networks, root: try Self.kept(root))
        }

        var json: String {
            JSON.object([
                "version": .integer(Self.version), "networks": .integer(networks),
                "seed": .array([.integer(seed.0), .integer(seed.1)]), "root": Self.json(root),
            ]).written
        }

        /// Each kind is an object of one name; what belongs to it is wrapped under `_0`.
        private static func json(_ kept: Kept) -> JSON {
            func tagged(_ tag: Name, _ content: JSON) -> JSON {
                .object([tag: .object(["_0": content])])
            }
            return switch kept {
            case .plain(let value): tagged("plain", JSON(value))
            case .list(let elements): tagged("list", .array(elements.map(json)))
            case .group(let members): tagged("group", .object(members.mapValues(json)))
            case .network(let offset, let count):
                .object([
                    "network": .object(["offset": .integer(offset), "count": .integer(count)])
                ])
            }
        }

        private static func kept(_ json: JSON) throws -> Kept {
            let (tag, content) = try json.tagged()
            switch (tag, content) {
            case ("plain", _): return .plain(try content.value())
            case ("list", .array(let elements)): return .list(try elements.map(kept))
            case ("group", .object(let members)): return .group(try members.mapValues(kept))
            case ("network", .object):
                guard let offset = content["offset"]?.asInteger,
                    let count = content["count"]?.asInteger
                else { throw Malformed() }
                return .network(offset: offset, count: count)
            default: throw Malformed()
            }
        }
    }
}
