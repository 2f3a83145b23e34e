/// Where something stands in a search space: the steps to it from the outside in.
///
/// Its description is the one spelling of a path, in configurations, files and messages: names
/// joined by dots, the elements of an array numbered from 1, and the members of a branch below
/// their choice (`widths.1`, `optimizer`, `optimizer.beta_1`). Two branches of a choice may have
/// members of one name, so these share a description; their paths differ.
public struct ParameterPath: Hashable, Sendable {
    /// One step further in.
    package enum Step: Hashable, Sendable {
        case member(Name)
        /// Counted from 1.
        case element(Int)
        case branch(Name)
    }

    /// The steps from the root; none for the root.
    package private(set) var steps: [Step] = []

    /// The space itself.
    public static let root = ParameterPath()

    /// The member of that name of a group, or of a branch.
    public func member(_ name: String) -> ParameterPath { adding(.member(Name(name))) }

    /// The element of an array at `index`, counted from 0.
    public func element(_ index: Int) -> ParameterPath { adding(.element(index + 1)) }

    /// A branch of a choice, which its description leaves out.
    public func branch(_ name: String) -> ParameterPath { adding(.branch(Name(name))) }

    /// The same steps, after those of `outer`.
    package func below(_ outer: ParameterPath) -> ParameterPath {
        var path = outer
        path.steps += steps
        return path
    }

    /// The path without its last step.
    package var outer: ParameterPath {
        var path = self
        path.steps.removeLast()
        return path
    }

    private func adding(_ step: Step) -> ParameterPath {
        var path = self
        path.steps.append(step)
        return path
    }
}

extension ParameterPath: CustomStringConvertible {
    /// `optimizer.beta_1`; empty for the space itself.
    public var description: String {
        spelling { _ in nil }
    }

    /// The description with the branches: `optimizer(adam).beta_1`.
    package var qualified: String { spelling { "(\($0))" } }

    private func spelling(branch: (Name) -> String?) -> String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let name): text += text.isEmpty ? name.text : ".\(name)"
            case .element(let number): text += text.isEmpty ? "\(number)" : ".\(number)"
            case .branch(let name): text += branch(name) ?? ""
            }
        }
        return text
    }
}
