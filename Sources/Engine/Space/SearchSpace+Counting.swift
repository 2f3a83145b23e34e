/// How many configurations a space has.
public enum SpaceSize: Hashable, Sendable {
    case finite(Int)
    /// A continuum, or more than `Int.max`.
    case infinite
}

extension SearchSpace {
    /// How many different configurations there are. A space of constants alone has one.
    public var size: SpaceSize { count.map(SpaceSize.finite) ?? .infinite }

    private var count: Int? { Self.product(members.map { Self.count($0.node) }) }

    private static func count(_ node: Node) -> Int? {
        switch node {
        case .constant: 1
        case .domain(let domain): domain.count
        case .group(let space): space.count
        case .list(let nodes): product(nodes.map(count))
        case .choice(let branches):
            branches.reduce(0) { sum, branch in
                guard let sum, let count = branch.space.count else { return nil }
                let (total, overflow) = sum.addingReportingOverflow(count)
                return overflow ? nil : total
            }
        }
    }

    private static func product(_ counts: [Int?]) -> Int? {
        counts.reduce(1) { product, count in
            guard let product, let count else { return nil }
            let (total, overflow) = product.multipliedReportingOverflow(by: count)
            return overflow ? nil : total
        }
    }

    /// The configuration number `index` of a finite space: a bijection from `0 ..< size`.
    ///
    /// The first member turns fastest, as the digits of a number with mixed bases.
    public func configuration(at index: Int) -> Configuration {
        guard case .finite(let size) = size, (0..<size).contains(index) else {
            preconditionFailure("the space has no configuration number \(index)")
        }
        var rest = index
        return configuration(
            branch: { _, branches in Self.takeBranch(branches, from: &rest) },
            value: { _, domain in
                let base = domain.count ?? 1
                defer { rest /= base }
                return domain.value(at: rest % base)
            })
    }
}

extension SearchSpace {
    /// Takes a choice's digit off `rest` and leaves there what the chosen branch's members and then
    /// the rest of the space will take off.
    private static func takeBranch(_ branches: [Branch], from rest: inout Int) -> Int {
        let counts = branches.map { $0.space.count ?? 1 }
        let (outer, digit) = rest.quotientAndRemainder(dividingBy: counts.reduce(0, +))
        var inner = digit
        var chosen = 0
        while inner >= counts[chosen] {
            inner -= counts[chosen]
            chosen += 1
        }
        rest = outer * counts[chosen] + inner
        return chosen
    }
}
