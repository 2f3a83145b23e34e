package import Engine
internal import Platform

/// What a program is told of its trial: its arguments, and where it runs.
package struct TrialValues: Sendable {
    /// The trial's number.
    package let trial: Int
    /// The trial's arguments, in the shape of the space.
    package let arguments: Arguments
    /// The number of the trial's slot, from 1.
    package var slot: Int
    /// The trial's own directory.
    package let directory: String

    /// What a program is told.
    package init(trial: Int, arguments: Arguments, slot: Int, directory: String) {
        (self.trial, self.arguments) = (trial, arguments)
        (self.slot, self.directory) = (slot, directory)
    }

    /// The names that are no parameters: of a slot also its number from 0, as graphics processors count.
    package static let names = ["slot", "slot0", "trial", "dir"]

    /// The value of a name in a template; nil where the trial has none.
    package func text(of name: String) -> String? {
        switch name {
        case "slot": return "\(slot)"
        case "slot0": return "\(slot - 1)"
        case "trial": return "\(trial)"
        case "dir": return directory
        default: break
        }
        var argument: Arguments? = arguments
        for step in name.split(separator: ".", omittingEmptySubsequences: false) {
            argument = argument?.member(at: String(step))
        }
        return argument?.text
    }

    /// The arguments as JSON, without what only a script can hold.
    package var json: String { (arguments.json ?? .object([:])).written }

    /// Every name that a template may hold of a space: of parameters and constants, by path.
    ///
    /// - Returns: paths, and whether each is something a text can say.
    static func names(of space: SearchSpace) -> [String: Bool] {
        var names: [String: Bool] = [:]
        add(space.members, below: "", to: &names)
        return names
    }

    private static func add(
        _ members: [SearchSpace.Member], below path: String, to names: inout [String: Bool]
    ) {
        for member in members {
            add(member.node, at: path.isEmpty ? member.name : "\(path).\(member.name)", to: &names)
        }
    }

    private static func add(
        _ node: SearchSpace.Node, at path: String, to names: inout [String: Bool]
    ) {
        switch node {
        case .constant(.opaque): names[path] = false
        case .constant(let value): add(value, at: path, to: &names)
        case .domain: names[path] = true
        case .group(let space):
            names[path] = true
            add(space.members, below: path, to: &names)
        case .list(let nodes):
            names[path] = true
            for (index, node) in nodes.enumerated() {
                add(node, at: "\(path).\(index + 1)", to: &names)
            }
        case .choice(let branches):
            names[path] = true
            names["\(path).name"] = true
            for branch in branches { add(branch.space.members, below: path, to: &names) }
        }
    }

    private static func add(_ value: Value, at path: String, to names: inout [String: Bool]) {
        names[path] = true
        switch value {
        case .list(let values):
            for (index, value) in values.enumerated() {
                add(value, at: "\(path).\(index + 1)", to: &names)
            }
        case .map(let values):
            for (name, value) in values { add(value, at: "\(path).\(name)", to: &names) }
        default: break
        }
    }
}

extension Arguments {
    fileprivate func member(at step: String) -> Arguments? {
        switch self {
        case .group: self[step]
        case .list(let elements): Self.element(step, of: elements)
        case .value(.list(let values)): Self.element(step, of: values).map { .value($0) }
        case .value(.map(let values)): values[Name(step)].map { .value($0) }
        case .value: nil
        }
    }

    private static func element<Element>(_ step: String, of elements: [Element]) -> Element? {
        guard let number = Int(step), elements.indices.contains(number - 1) else { return nil }
        return elements[number - 1]
    }

    /// One word for a command line: a plain value as it is, the name of a chosen branch, all else as JSON.
    fileprivate var text: String? {
        switch self {
        case .value(.opaque): nil
        case .value(.string(let text)): text
        case .value(.list), .value(.map), .list: json?.written
        case .value(let value): value.description
        case .group(let members):
            if members.first?.name == "name",
                case .value(.string(let name))? = members.first?.argument
            {
                name
            } else {
                json?.written
            }
        }
    }

    fileprivate var json: JSON? {
        switch self {
        case .value(let value): value.plainJSON
        case .list(let elements): .array(elements.map { $0.json ?? .null })
        case .group(let members):
            .object(
                Dictionary(
                    members.compactMap { member in
                        member.argument.json.map { (Name(member.name), $0) }
                    },
                    uniquingKeysWith: { first, _ in first }))
        }
    }
}

extension Value {
    /// The value as other programs write it; nil where no JSON can say it.
    fileprivate var plainJSON: JSON? {
        switch self {
        case .boolean(let flag): .boolean(flag)
        case .integer(let integer): .integer(integer)
        case .real(let number): .real(number)
        case .string(let text): .text(text)
        case .bytes, .opaque: nil
        case .list(let values): .array(values.map { $0.plainJSON ?? .null })
        case .map(let values): .object(values.compactMapValues(\.plainJSON))
        }
    }
}
