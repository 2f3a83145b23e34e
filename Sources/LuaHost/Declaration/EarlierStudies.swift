internal import Engine
internal import LuaBridge
internal import Results
internal import Storage

/// Earlier studies that a script names as `warm_start`: the configurations on their fronts are tried
/// first, and their reports train a model.
///
/// They are read when they are first needed, and once.
final class EarlierStudies {
    /// A study that the script has at hand, or one that is kept.
    private enum Source {
        case study(any StudyHolder)
        case stored(String)
    }

    /// How many configurations each study gives at most.
    static let mostOfEach = 8

    private let sources: [Source]
    private let owner: String
    private var found: (levels: [Resource], findings: Findings)?

    /// What the studies found.
    struct Findings {
        /// The configurations of the new space that are nearest to those on the fronts, none twice.
        var configurations: [Configuration] = []
        /// What a model learns from.
        var studies: [EarlierStudy] = []
    }

    /// Reads the names of `warm_start`, an array of studies and of their names or paths.
    ///
    /// - Throws: `LuaError` that names the place.
    init(_ options: OptionReader) throws {
        owner = "\(options.owner): warm_start"
        sources = try (options.elements("warm_start") ?? []).enumerated().map {
            index, element in
            switch element {
            case .string(let bytes):
                if let name = bytes.textWithoutNUL, !name.isEmpty { return .stored(name) }
            case .object(let object):
                if let study = object.object as? any StudyHolder { return .study(study) }
            default: break
            }
            throw LuaError(
                "\(options.owner): warm_start[\(index + 1)]: expected a study, its name or its path, "
                    + "got \(element.shown)")
        }
    }

    /// Whether there is none.
    var isEmpty: Bool { sources.isEmpty }

    /// What the studies found, one after the other, so that no two are in memory.
    ///
    /// - Parameter levels: of the new study.
    /// - Throws: `LuaError` for a study that cannot be read or that has other objectives.
    func findings(
        in space: SearchSpace, objectives: [Objective], levels: [Resource]
    ) throws -> Findings {
        if let found, found.levels == levels { return found.findings }
        var seen: Set<Configuration> = []
        var findings = Findings()
        for (index, source) in sources.enumerated() {
            let place = "\(owner)[\(index + 1)]"
            let state = try state(of: source, place)
            try check(state.definition.objectives, against: objectives, place)
            findings.configurations += state.frontConfigurations(limit: Self.mostOfEach)
                .map(space.adapted).filter { seen.insert($0).inserted }
            let study = EarlierStudy(state, objectives: objectives, levels: levels)
            if !study.trials.isEmpty { findings.studies.append(study) }
        }
        found = (levels, findings)
        return findings
    }

    private func state(of source: Source, _ place: String) throws -> StudyState {
        switch source {
        case .study(let study): return study.view.state
        case .stored(let name):
            let path = Self.path(of: name)
            do { return try StudyFile.readStudy(at: path).study } catch {
                throw LuaError("\(place): \(path): \(error)")
            }
        }
    }

    private func check(
        _ earlier: [Objective], against objectives: [Objective], _ place: String
    ) throws {
        func text(_ objectives: [Objective]) -> [String] {
            objectives.map { "\($0.name) \($0.direction.rawValue)" }.sorted()
        }
        guard text(earlier) != text(objectives) else { return }
        throw LuaError(
            "\(place): expected a study of the same objectives, "
                + "\(text(objectives).joined(separator: ", ")), "
                + "got one of \(text(earlier).joined(separator: ", "))")
    }

    /// A path as it is; of a name the newest study in `studies`.
    private static func path(of name: String) -> String {
        guard case .name = StudyLocation(toRead: name), !name.hasSuffix(".db") else { return name }
        let folder = FolderCatalog("studies")
        return folder.studies(named: name).first?.path ?? folder.path(name)
    }
}
