/// A conductor that cannot be made.
public enum ConductorError: Error, Equatable, CustomStringConvertible {
    /// A new study in a journal that holds one.
    case journalInUse
    /// A study to resume in a journal that holds none.
    case journalEmpty
    /// The definition is not the one that the study has: what differs.
    case changed([DefinitionChange])

    public var description: String {
        switch self {
        case .journalInUse: "study: expected an empty journal, got one that holds a study"
        case .journalEmpty: "study: expected a journal that holds a study, got an empty one"
        case .changed(let changes):
            "study: expected the definition of the stored study, got "
                + changes.map(\.description).joined(separator: "; ")
        }
    }
}
