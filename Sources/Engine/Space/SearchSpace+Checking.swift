extension SearchSpace {
    /// Checks a space that was decoded, which nothing has checked before: names, branches and every
    /// domain.
    ///
    /// - Throws: `SettingError`, as the initializers of spaces and domains.
    /// - Complexity: O(domains and their choices).
    func check() throws {
        _ = try SearchSpace(members)
        for member in members { try Self.checkDomains(of: member.node, at: member.name) }
    }

    private static func checkDomains(of node: Node, at path: String) throws {
        switch node {
        case .constant: break
        case .domain(let domain): try domain.check(parameter: path)
        case .group(let space):
            for member in space.members {
                try checkDomains(of: member.node, at: "\(path).\(member.name)")
            }
        case .list(let nodes):
            for (index, node) in nodes.enumerated() {
                try checkDomains(of: node, at: "\(path).\(index + 1)")
            }
        case .choice(let branches):
            for branch in branches { try checkDomains(of: .group(branch.space), at: path) }
        }
    }
}

extension Domain {
    /// Checks a domain that was decoded.
    ///
    /// - Parameter parameter: the name that errors give.
    /// - Throws: `SettingError`, as the domains' initializers.
    fileprivate func check(parameter: String) throws {
        switch self {
        case .int(let domain):
            _ = try IntDomain(
                domain.lo, domain.hi, log: domain.log, step: domain.step,
                default: domain.defaultValue, prior: domain.prior, parameter: parameter)
        case .real(let domain):
            _ = try RealDomain(
                domain.lo, domain.hi, log: domain.log, step: domain.step,
                default: domain.defaultValue, prior: domain.prior, parameter: parameter)
        case .categorical(let options), .ordinal(let options):
            _ = try Options(options.values, parameter: parameter)
        case .boolean: break
        }
    }
}
