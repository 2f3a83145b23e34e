internal import Engine
internal import Platform
internal import Rendering
internal import Results
internal import Running

/// How the experiment of a script is opened to clients in place of its `train`: `mohpo-lua serve`.
package struct Serving: Sendable {
    /// Where clients come from.
    package enum Door: Sendable {
        /// One client, on two descriptors that are the server's own.
        case lines(input: Int32, output: Int32)
        /// All that connect to the Unix socket of this path.
        case socket(String)
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
    /// - Throws: `FileError`.
    func open(_ server: AskServer) throws {
        switch door {
        case .lines(let input, let output): server.serve(input: input, output: output)
        case .socket(let path): try server.listen(at: path)
        }
    }

    /// How clients see a study.
    static var views: AskExecutor.Views {
        AskExecutor.Views(
            front: { StudyView($0).frontDocument.serialized() },
            study: { StudyView($0).summaryDocument.serialized() })
    }
}
