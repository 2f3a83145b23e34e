/// Search spaces in the event format.
extension JSON {
    /// A space: its members in order.
    init(_ space: SearchSpace) {
        self = .object([
            "members": .array(
                space.members.map {
                    .object(["name": .text($0.name), "node": JSON($0.node)])
                })
        ])
    }

    /// - Parameter prefix: the path of what the space belongs to, with a dot.
    func space(_ prefix: String = "") throws -> SearchSpace {
        try SearchSpace(
            try array("members").map { member in
                let name = try member.text("name")
                return .init(name, try member.member("node").node(prefix + name))
            })
    }

    private init(_ node: SearchSpace.Node) {
        self =
            switch node {
            case .domain(let domain): .object(["domain": JSON(domain)])
            case .constant(let value): .object(["constant": JSON(value)])
            case .group(let space): .object(["group": JSON(space)])
            case .list(let nodes): .object(["list": .array(nodes.map { JSON($0) })])
            case .choice(let branches):
                .object([
                    "choice": .array(
                        branches.map {
                            .object(["name": .text($0.name), "space": JSON($0.space)])
                        })
                ])
            }
    }

    private func node(_ path: String) throws -> SearchSpace.Node {
        let (tag, content) = try tagged()
        switch (tag, content) {
        case ("domain", _): return .domain(try content.domain(path))
        case ("constant", _): return .constant(try content.value())
        case ("group", _): return .group(try content.space(path + "."))
        case ("list", .array(let nodes)):
            return .list(
                try nodes.enumerated().map { try $0.element.node("\(path).\($0.offset + 1)") })
        case ("choice", .array(let branches)):
            return .choice(
                try branches.map {
                    try .init($0.text("name"), $0.member("space").space(path + "."))
                })
        default: throw FormatError(tag, expected: "a known kind of member", got: content)
        }
    }

    private init(_ domain: Domain) {
        func options(_ options: Options) -> JSON {
            .object(["values": .array(options.values.map { JSON($0) })])
        }
        self =
            switch domain {
            case .int(let domain): .object(["int": Self.fields(domain)])
            case .real(let domain): .object(["real": Self.fields(domain)])
            case .categorical(let values): .object(["categorical": options(values)])
            case .ordinal(let values): .object(["ordinal": options(values)])
            case .boolean: .object(["boolean": .object([:])])
            }
    }

    private static func fields(_ domain: IntDomain) -> JSON {
        var fields: [Name: JSON] = [
            "lo": .integer(domain.lo), "hi": .integer(domain.hi), "log": .boolean(domain.log),
            "step": .integer(domain.step), "defaultValue": .integer(domain.defaultValue),
        ]
        if let prior = domain.prior { fields["prior"] = Self.fields(prior) }
        return .object(fields)
    }

    private static func fields(_ prior: Prior) -> JSON {
        .object([
            "value": .real(prior.value), "confidence": .text(prior.confidence.rawValue),
        ])
    }

    /// The prior that stands under "prior"; nil where none does.
    private func prior() throws -> Prior? {
        guard let prior = self["prior"] else { return nil }
        return Prior(try prior.real("value"), confidence: try prior.word("confidence"))
    }

    private static func fields(_ domain: RealDomain) -> JSON {
        var fields: [Name: JSON] = [
            "lo": .real(domain.lo), "hi": .real(domain.hi), "log": .boolean(domain.log),
            "defaultValue": .real(domain.defaultValue),
        ]
        if let step = domain.step { fields["step"] = .real(step) }
        if let prior = domain.prior { fields["prior"] = Self.fields(prior) }
        return .object(fields)
    }

    private func domain(_ path: String) throws -> Domain {
        let (tag, content) = try tagged()
        switch tag {
        case "int":
            return .int(
                try IntDomain(
                    content.integer("lo"), content.integer("hi"),
                    log: content.boolean("log", or: false), step: content.integer("step", or: 1),
                    default: content.optionalInteger("defaultValue"), prior: content.prior(),
                    parameter: path))
        case "real":
            return .real(
                try RealDomain(
                    content.real("lo"), content.real("hi"), log: content.boolean("log", or: false),
                    step: content.optionalReal("step"),
                    default: content.optionalReal("defaultValue"), prior: content.prior(),
                    parameter: path))
        case "categorical": return .categorical(try content.options(path))
        case "ordinal": return .ordinal(try content.options(path))
        case "boolean": return .boolean
        default: throw FormatError(tag, expected: "a known kind of parameter", got: content)
        }
    }

    private func options(_ path: String) throws -> Options {
        try Options(try array("values").map { try $0.value() }, parameter: path)
    }
}
