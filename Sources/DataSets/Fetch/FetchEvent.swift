/// What a fetch does next; every description is one line for the user.
package enum FetchEvent: Equatable, Sendable, CustomStringConvertible {
    /// The files were there already and are right.
    case verified(name: String, directory: String)
    /// Another process fetches into the same cache; this one waits for it.
    case waiting(name: String)
    /// A source is being tried.
    case trying(name: String, source: String)
    /// A source did not give the files; the next one is tried.
    case failed(name: String, SourceFailure)
    /// The files are in place.
    case fetched(name: String, source: String, directory: String)

    package var description: String {
        switch self {
        case .verified(let name, let directory): "\(name): verified, in \(directory)"
        case .waiting(let name): "\(name): another fetch is under way, waiting for it"
        case .trying(let name, let source): "\(name): fetching from \(source)"
        case .failed(let name, let failure): "\(name): \(failure)"
        case .fetched(let name, let source, let directory):
            "\(name): fetched from \(source) and verified, in \(directory)"
        }
    }
}
