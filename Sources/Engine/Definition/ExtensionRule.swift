/// By which rules a study was extended: all are equal, as they belong to the program and not to the
/// study's settings.
struct ExtensionRule: Hashable, Sendable {
    /// Whether trials that were complete continue up to the new maximum. Older programs left them.
    var continuesCompleted = false

    static func == (left: Self, right: Self) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
