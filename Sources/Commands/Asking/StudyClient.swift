internal import Engine
internal import Platform
internal import Running
internal import Storage

/// A connection to the server of a study, for commands that ask and tell.
package struct StudyClient {
    private let connection: LineConnection
    private let path: String

    /// Connects to the server of a study.
    ///
    /// - Parameter name: the server's socket; or the study, as other commands take it.
    /// - Throws: `StudyFailure`.
    init(_ name: String) throws {
        try self.init(socket: Self.socket(of: name))
    }

    /// Connects to the server whose socket has this path, or a link that leads there.
    ///
    /// - Throws: `StudyFailure`.
    package init(socket path: String) throws {
        self.path = path
        // A socket's address holds 107 bytes, a path may have more.
        let isLong = path.utf8.count > SocketListener.longestPath
        do {
            connection = try LineConnection(isLong ? PathText.resolved(path) ?? path : path)
        } catch FileError.system(ECONNREFUSED) {
            throw StudyFailure("\(path): the server of the study has ended")
        } catch { throw StudyFailure("\(path): \(error)") }
    }

    private static func socket(of name: String) throws -> String {
        let prefix = "unix:"
        if name.hasPrefix(prefix) { return String(name.dropFirst(prefix.count)) }
        if isSocket(name) { return name }
        let study: String
        if case .server = StudyLocation(toRead: name) {
            study = name
        } else {
            do { study = try StudyPath.find(name, in: StoredStudy.folder).path } catch {
                throw StudyFailure("\(error)")
            }
        }
        let link = AskSocket.link(of: study)
        guard isSocket(link) else {
            throw StudyFailure(
                "\(study): no server runs for the study; mohpo-lua serve SCRIPT starts one")
        }
        return link
    }

    /// Whether a path is a socket, or a link that leads to one.
    package static func isSocket(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    /// Sends a request, and waits for its answer.
    ///
    /// - Throws: `StudyFailure`, also for an answer that is an error.
    func request(_ message: [Name: JSON]) throws -> JSON {
        let line = try exchange(JSON.object(message).written)
        let answer: JSON
        do { answer = try line.withUnsafeBufferPointer { try JSON(parsing: $0) } } catch {
            throw StudyFailure("\(path): expected an answer, got something else: \(error)")
        }
        if case .text(let error)? = answer["error"] { throw StudyFailure(error) }
        return answer
    }

    /// Sends a line, and waits for the next that comes.
    ///
    /// - Throws: `StudyFailure`.
    package func exchange(_ line: String) throws -> [UInt8] {
        let answer: [UInt8]?
        do { answer = try connection.exchange(line) } catch {
            throw StudyFailure("\(path): \(error)")
        }
        guard let answer else { throw StudyFailure("\(path): the server of the study has ended") }
        return answer
    }
}
