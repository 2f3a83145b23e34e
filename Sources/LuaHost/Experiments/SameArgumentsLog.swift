internal import Engine
internal import LuaBridge
internal import Results

/// Says of experiments in which nothing varies that their trials would all be alike, once for each
/// place that declares them.
struct SameArgumentsLog {
    private var told: Set<LuaPlace?> = []
    /// A script may make its own source: of more places than these no one wants to read.
    private static let limit = 1000

    /// The warning; nil where there is nothing to say, or where it was said.
    mutating func warning(
        of declaration: ExperimentDeclaration, _ settings: RunSettings
    ) -> String? {
        // One trial may be all that is wanted.
        let trials = settings.applied(to: declaration.options).study.trialLimit
        guard trials != 1, told.count < Self.limit,
            let notice = declaration.space.space.sameArgumentsNotice,
            told.insert(declaration.place).inserted
        else { return nil }
        return "\(declaration.title): \(notice)"
    }
}
