internal import Engine
internal import LuaBridge
internal import Platform

/// Reads `initial`: the configurations of the first trials, as tables of the space's shape. What is
/// left out takes the default.
struct GivenReader {
    private let owner: String
    /// By the parameters' paths.
    private var values: [Name: Value] = [:]

    private init(owner: String) { self.owner = owner }

    /// The configurations in their order; none where nothing is given. Whether the values are those of
    /// their domains is the engine's to say.
    ///
    /// - Throws: `LuaError` that names the place, for a name that is none of the space's and for a table
    ///   of another shape.
    static func configurations(
        _ options: OptionReader, in space: SearchSpace
    ) throws -> [Configuration] {
        guard let elements = try options.elements("initial") else { return [] }
        return try elements.enumerated().map { index, element in
            var reader = GivenReader(owner: "\(options.owner): initial[\(index + 1)]")
            try reader.read(element, as: space.members, at: .root) { $0.member($1) }
            return space.completed(reader.values)
        }
    }

    /// One configuration, as a table of the space's shape.
    ///
    /// - Throws: `LuaError` that begins with `owner` and names the place.
    static func configuration(
        _ value: LuaValue, in space: SearchSpace, owner: String
    ) throws -> Configuration {
        var reader = GivenReader(owner: owner)
        try reader.read(value, as: space.members, at: .root) { $0.member($1) }
        do { return try space.configuration(told: reader.values, field: owner) } catch {
            throw LuaError("\(error)")
        }
    }

    private mutating func read(
        _ value: LuaValue, as members: [SearchSpace.Member], at path: ParameterPath,
        ignoring ignored: String? = nil, place: (ParameterPath, String) -> ParameterPath
    ) throws {
        for (key, value) in try pairs(of: value, at: path) {
            guard case .string(let bytes) = key, let name = bytes.textWithoutNUL else {
                throw LuaError("\(at(path)): expected names as keys, found \(key.shown)")
            }
            if name == ignored { continue }
            guard let member = members.first(where: { Name($0.name) == Name(name) }) else {
                let names = members.map(\.name)
                throw LuaError(
                    "\(at(path)): \(OptionReader.unknown(name, known: names, what: "parameter"))")
            }
            try read(value, as: member.node, at: place(path, name))
        }
    }

    private mutating func read(
        _ value: LuaValue, as node: SearchSpace.Node, at path: ParameterPath
    ) throws {
        switch node {
        case .domain(let domain):
            values[Name(path.description)] = try given(value, of: domain, at: path)
        case .constant(let constant):
            guard let given = try? Value(value, at(path)), given == constant else {
                throw LuaError(
                    "\(at(path)): expected nothing but its value \(constant), as it is a constant, "
                        + "got \(value.shown)")
            }
        case .group(let space):
            try read(value, as: space.members, at: path) { $0.member($1) }
        case .list(let nodes):
            for (key, element) in try pairs(of: value, at: path) {
                guard let place = key.asInteger, nodes.indices.contains(place - 1) else {
                    throw LuaError(
                        "\(at(path)): expected the keys 1 to \(nodes.count), found \(key.shown)")
                }
                try read(element, as: nodes[place - 1], at: path.element(place - 1))
            }
        case .choice(let branches): try read(value, as: branches, at: path)
        }
    }

    /// A branch by its name alone, or a table with its `name` and parameters, as in `args`; without a
    /// name it is the first branch.
    private mutating func read(
        _ value: LuaValue, as branches: [SearchSpace.Branch], at path: ParameterPath
    ) throws {
        let names = branches.map(\.name)
        let name: LuaValue
        if case .table(let table) = value {
            name = try OptionReader.plain(table, at(path)).rawGet("name")
        } else {
            name = value
        }
        guard !name.isNil else {
            return try read(value, branch: branches[0], at: path)
        }
        guard case .string(let bytes) = name, let text = bytes.text,
            let branch = branches.first(where: { Name($0.name) == Name(text) })
        else {
            let text = if case .string(let bytes) = name { bytes.description } else { "" }
            let hint = nearestName(to: text, among: names).map { "; did you mean \($0)?" }
            throw LuaError(
                "\(at(path)): expected one of \(names.joined(separator: ", ")), "
                    + "got \(name.shown)\(hint ?? "")")
        }
        values[Name(path.description)] = .string(branch.name)
        if case .table = value { try read(value, branch: branch, at: path) }
    }

    private mutating func read(
        _ value: LuaValue, branch: SearchSpace.Branch, at path: ParameterPath
    ) throws {
        try read(value, as: branch.space.members, at: path, ignoring: "name") {
            $0.branch(branch.name).member($1)
        }
    }

    /// A number as the domain has it: `1` for 1.0 of a real parameter, `2.0` for 2 of an integer one.
    private func given(
        _ value: LuaValue, of domain: Domain, at path: ParameterPath
    ) throws -> Value {
        switch domain {
        case .int: if let integer = value.asInteger { return .integer(integer) }
        case .real: if let number = value.asNumber { return .real(number) }
        case .boolean: break
        case .categorical(let options), .ordinal(let options):
            if let number = value.asNumber,
                let option = options.values.first(where: { $0.number?.double == number })
            {
                return option
            }
        }
        return try Value(value, at(path))
    }

    private func pairs(
        of value: LuaValue, at path: ParameterPath
    ) throws -> [(key: LuaValue, value: LuaValue)] {
        guard case .table(let table) = value else {
            throw LuaError("\(at(path)): expected a table, got \(value.shown)")
        }
        return try OptionReader.plain(table, at(path)).rawPairs()
    }

    private func at(_ path: ParameterPath) -> String {
        path.description.isEmpty ? owner : "\(owner): \(path)"
    }
}
