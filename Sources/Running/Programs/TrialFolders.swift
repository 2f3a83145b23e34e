internal import Engine
internal import Platform

/// A directory for each trial, beside the study, made when it is asked for.
///
/// The directories of `studies/circle.db` are in `studies/circle.trials`, those of study 17 of a database
/// in `studies/server-17.trials`. Those of a study in memory are temporary.
package final class TrialFolders {
    private let study: String?
    private let parent: String?
    private let isResumed: Bool
    private var root: String?
    private var isTemporary = false
    private let log: (String) -> Void

    /// - Parameters:
    ///   - study: the study's file; nil for one that is kept nowhere.
    ///   - isResumed: directories that are there are the study's own.
    ///   - directory: where that of the trials of a study on a server is made; nil: `studies`.
    ///   - log: is told what a user has to know.
    package init(
        study: String?, isResumed: Bool, directory: String? = nil, log: @escaping (String) -> Void
    ) {
        (self.study, self.isResumed, self.log) = (study, isResumed, log)
        parent = directory
    }

    /// A trial's directory.
    ///
    /// - Throws: `FileError`.
    package func folder(of trial: Int) throws -> String {
        let folder = try begin() + "/\(trial)"
        try Folders.make(folder)
        return folder
    }

    /// The directory of all.
    private func begin() throws -> String {
        if let root { return root }
        let made: String
        if let study {
            made = Self.absolute(Self.root(of: study, in: parent))
            if !isResumed { try moveAside(made) }
            try Folders.make(made)
        } else {
            made = try Folders.makeTemporary()
            isTemporary = true
        }
        root = made
        return made
    }

    /// Where the directories of trials are, or will be; empty for a study in memory.
    package var directory: String {
        study.map { Self.absolute(Self.root(of: $0, in: parent)) } ?? ""
    }

    /// The directory of all trials of the study in that file, or of that address on a server.
    static func root(of study: String, in parent: String? = nil) -> String {
        StudyCompanion.path(of: study, ending: ".trials", in: parent)
    }

    /// A program may have another working directory.
    private static func absolute(_ path: String) -> String {
        guard !PathText.hasPrefix(path, "/"), let here = PathText.resolved(".") else { return path }
        return "\(here)/\(path)"
    }

    /// What an earlier study of that name has left is not what a trial of this one continues from.
    private func moveAside(_ path: String) throws {
        guard access(path, F_OK) == 0, rmdir(path) != 0 else { return }
        for number in 1... {
            let other = "\(path).\(number)"
            guard access(other, F_OK) != 0 else { continue }
            guard rename(path, other) == 0 else { throw FileError.last }
            log("\(path) belongs to an earlier study; it is \(other) now")
            return
        }
    }

    /// Removes what is kept nowhere.
    package func close() {
        guard isTemporary, let root else { return }
        Folders.remove(root)
        self.root = nil
    }
}
