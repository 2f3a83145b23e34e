internal import ArgumentParser
internal import Experiment

/// The study that a command is about.
struct StudyArgument: ParsableArguments {
    @Argument(
        help: "The study: a file, or the name of one in studies, without .db.",
        completion: .file(extensions: ["db"]))
    var study: String

    /// Reads the study and says what of it is damaged, then does the command's work.
    func show(_ body: (StoredStudy) throws -> Void) {
        orFail {
            let stored = try StoredStudy(study)
            if let damage = stored.damage { standardError("mohpo-lua: warning: \(damage)") }
            try body(stored)
        }
    }
}

/// Does a command's work, or says in a line why not and ends the program.
func orFail(_ body: () throws -> Void) {
    do { try body() } catch {
        standardError("mohpo-lua: \(error)")
        quit(ExitStatus.failed)
    }
}
