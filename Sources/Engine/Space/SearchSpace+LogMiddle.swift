extension SearchSpace {
    /// Whether configurations are the same one by one, but for how the middle of log space was rounded.
    func areSame(_ configurations: [Configuration], as old: [Configuration]) -> Bool {
        guard configurations != old else { return true }
        guard configurations.count == old.count else { return false }
        var domains: [Name: Domain] = [:]
        for parameter in parameters {
            if case .domain(let domain) = parameter.kind { domains[Name(parameter.path)] = domain }
        }
        return zip(configurations, old).allSatisfy { new, old in
            new.paths == old.paths
                && zip(new.paths, zip(new.values, old.values)).allSatisfy { path, values in
                    values.0 == values.1
                        || (domains[path]?.isLogMiddle(values.0) == true
                            && domains[path]?.isLogMiddle(values.1) == true)
                }
        }
    }
}
