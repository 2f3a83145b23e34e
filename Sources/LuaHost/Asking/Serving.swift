internal import Engine
internal import Platform
internal import Rendering
internal import Results
package import Running

/// How the experiment of a script is opened to clients in place of its `train`: `mohpo-lua serve`.
package struct Serving: Sendable {
    /// Where clients come from.
    package enum Door: Sendable {
        /// One client, on two descriptors that are the server's own.
        case lines(input: Int32, output: Int32)
        /// All that connect to the Unix socket of this path; nil: one in a folder of its own.
        case socket(String?)
        /// All that come through another door. A socket in a folder of its own is there, too.
        case other(any AskDoor)
    }

    /// Where clients come from.
    package let door: Door
    /// Seconds without a word after which a client has lost its trial.
    package let lease: Double

    /// - Parameters:
    ///   - door: where clients come from.
    ///   - lease: seconds without a word after which a client has lost its trial.
    package init(_ door: Door, lease: Double) { (self.door, self.lease) = (door, lease) }

    /// Opens the door.
    ///
    /// - Parameters:
    ///   - server: answers those that come in.
    ///   - study: the study's file; nil for one that is kept nowhere.
    /// - Returns: where the door is, in words for the user; nil where they know.
    /// - Throws: `FileError`, `AskDoorError`.
    func open(_ server: AskServer, of study: String?) throws -> String? {
        switch door {
        case .lines(let input, let output):
            server.serve(input: input, output: output)
            return nil
        case .socket(let path?):
            try server.listen(at: path, study: study)
            return nil
        case .socket(nil):
            let path = try server.listen(at: nil, study: study)
            return study.map { "ask for trials: mohpo-lua ask \($0)" }
                ?? "ask for trials: mohpo-lua ask \(path)"
        case .other(let door):
            try server.listen(at: nil, study: study)
            return try door.open(to: server)
        }
    }

    /// Closes the door.
    func close() { if case .other(let door) = door { door.close() } }

    /// How clients see a study.
    static var views: AskExecutor.Views {
        AskExecutor.Views(
            front: { StudyView($0).frontDocument.serialized() },
            study: { StudyView($0).summaryDocument.serialized() })
    }
}
