internal import Engine

/// What finds the configurations of a study: a searcher, under the rule that gives slots away.
struct SearchMethod: Sendable {
    /// What proposes them.
    var searcher = SearcherChoice.random
    /// What decides about trials, and with `model` proposes as well.
    var kind = Hyperband.Kind.stopping

    /// Whether a model proposes, which takes a thousand times as long.
    var usesModel: Bool { kind == .model || searcher.settings.usesModel }
}
