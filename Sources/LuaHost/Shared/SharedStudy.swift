internal import Engine
internal import PostgresStorage
internal import Running

/// The study that several processes run together: found, or opened by this one.
struct SharedStudy {
    /// Its address, with its number.
    let place: String
    /// What this process has opened; nil where it joins.
    let opened: StudySession?
    /// Its number.
    var number: Int? {
        guard case .id(let id)? = (try? ServerAddress(place))?.study else { return nil }
        return id
    }
}

/// Finds the study that a process joins.
struct StudySearch {
    let catalog: PostgresCatalog
    let settings: RunSettings
    let name: String
    let ordinal: Int
    /// The number of the study that the script has run before this one in common with others.
    let previous: Int?

    /// The study to join; nil where there is none.
    ///
    /// - Throws: `ServerError`, `otherProgram` where another version has made it.
    func joinable() throws -> String? {
        guard !settings.extends, let entry = try candidate(), joins(entry) else { return nil }
        if !settings.resumes, entry.metadata.program != settings.programVersion {
            throw ServerError.otherProgram(
                study: entry.address, expected: entry.metadata.program,
                got: settings.programVersion)
        }
        return entry.address
    }

    private func candidate() throws -> StudyEntry? {
        let entries = try catalog.studies(named: name, ordinal: ordinal)
        if let previous { return entries.last { (number(of: $0) ?? 0) > previous } }
        return entries.first
    }

    private func number(of entry: StudyEntry) -> Int? {
        SharedStudy(place: entry.address, opened: nil).number
    }

    private func joins(_ entry: StudyEntry) -> Bool {
        // The next one of a script that others run too: they may have ended it already.
        if previous != nil { return true }
        switch entry.state {
        case .running: return true
        case .abandoned: return settings.joinsOnly
        case .finished: return settings.joinsOnly && catalog.address.study != nil
        // Someone has ended it: someone has to resume it.
        case .interrupted: return false
        }
    }
}
