import Engine

/// A study of one objective, `error`, to be minimised, over a line.
func study(
    maxResource: Resource = 9, gracePeriod: Resource = 1, kind: Hyperband.Kind = .stopping,
    trials: Int? = 6,
    slots: Int = 3,
    order: StudyDefinition.Order = .virtualTime, retries: Int = 0
) throws -> StudyDefinition {
    try StudyDefinition(
        name: "test", seed: 1, space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
        objectives: [Objective("error", .minimize)],
        hyperband: Hyperband(
            maxResource: maxResource, gracePeriod: gracePeriod, kind: kind), ranking: .standard,
        trialLimit: trials, slots: slots, order: order, retries: retries)
}

/// What a trial reports at an epoch.
func fields(_ epoch: Int, error: Double) -> [Name: Value] {
    ["epoch": .integer(epoch), "error": .real(error)]
}
