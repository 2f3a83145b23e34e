import Engine
import EngineTesting

/// A space of one real parameter, which never runs out.
func lineSpace() throws -> SearchSpace {
    try SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))])
}

/// A study of one objective, `error`, to be minimised, over a line.
func oneObjectiveStudy(
    maxResource: Resource = 9, kind: Hyperband.Kind = .stopping, brackets: Int = 1,
    trialLimit: Int? = 9, slots: Int = 3, seed: Int = 1,
    order: StudyDefinition.Order = .virtualTime
) throws -> StudyDefinition {
    try StudyDefinition(
        name: "test", seed: seed, space: lineSpace(), objectives: [Objective("error", .minimize)],
        hyperband: Hyperband(maxResource: maxResource, brackets: brackets, kind: kind),
        ranking: .standard, trialLimit: trialLimit, slots: slots, order: order)
}

/// Trials whose error is the same at every epoch: that of their number.
struct ConstantRunner: TrialRunner {
    let errors: [Double]

    func step(trial: Int, configuration: Configuration, after resource: Resource) -> TrialStep {
        .report(["epoch": .integer(resource.whole + 1), "error": .real(errors[trial - 1])])
    }
}
