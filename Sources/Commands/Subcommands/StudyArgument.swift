internal import ArgumentParser

/// The study that a command is about.
struct StudyArgument: ParsableArguments {
    @Argument(
        help: """
            The study: a file; a name, which means the newest study of that name in studies; or \
            postgres://HOST/DATABASE#NAME.
            """,
        completion: .file(extensions: ["db"]))
    var study: String

    /// Reads the study and says what of it is damaged, then does the command's work.
    ///
    /// - Parameters:
    ///   - keepsEvents: the command is about the events, and not only what they tell.
    ///   - isOverview: it shows all that is kept.
    func show(
        keepsEvents: Bool = false, isOverview: Bool = false, _ body: (StoredStudy) throws -> Void
    ) {
        Self.show([study], keepsEvents: keepsEvents, isOverview: isOverview) { try body($0[0]) }
    }

    /// As above, for several studies.
    static func show(
        _ studies: [String], keepsEvents: Bool = false, isOverview: Bool = false,
        _ body: ([StoredStudy]) throws -> Void
    ) {
        orFail {
            let all = try studies.map { study in
                let stored = try StoredStudy(study, keepsEvents: keepsEvents)
                if let notice = stored.notice { standardError("mohpo-lua: \(notice)") }
                if let damage = stored.damage {
                    standardError("mohpo-lua: warning: \(damage)\(isOverview ? hint : "")")
                }
                return stored
            }
            try body(all)
            // Giving a large study back to the system piece by piece takes longer than showing it.
            withExtendedLifetime(all) { quit(ExitStatus.done) }
        }
    }

    /// What can be done with what is kept of a damaged study.
    private static let hint =
        ". What is kept is shown here; export writes it to a file, and --resume continues from it"
}

/// Does a command's work, or says in a line why not and ends the program.
package func orFail(_ body: () throws -> Void) {
    do { try body() } catch {
        standardError("mohpo-lua: \(error)")
        quit(ExitStatus.failed)
    }
}
