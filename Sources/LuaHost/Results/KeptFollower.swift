internal import Engine
internal import PostgresStorage
internal import Storage

/// Reads a study again and again, each time only what is new, wherever it is kept. Neither its writer
/// waits for a reader, nor a reader for the writer.
///
/// Not safe to share between threads.
package final class KeptFollower {
    private enum Journal {
        case file(StudyFollower)
        case server(ServerFollower)
    }

    /// A path, or `postgres://…`.
    package let place: String
    private let journal: Journal

    /// Follows a study, which need not be there yet.
    ///
    /// - Parameter place: a path, or `postgres://…`.
    /// - Throws: `ServerError` for an address that is none.
    package init(place: String) throws {
        self.place = place
        if case .server = StudyLocation(toRead: place) {
            journal = .server(try ServerFollower(place))
        } else {
            journal = .file(StudyFollower(path: place))
        }
    }

    /// Finds a study to follow.
    ///
    /// - Parameters:
    ///   - name: `postgres://…`, else as for `StudyPath.find`.
    ///   - folder: where names are looked for.
    /// - Returns: what follows it, and which study the name means where it could be another.
    /// - Throws: `StudyPath.NotFound`, `ServerError`.
    package static func find(
        _ name: String, in folder: String
    ) throws -> (follower: KeptFollower, notice: String?) {
        if case .server = StudyLocation(toRead: name) {
            return (try KeptFollower(place: name), nil)
        }
        let (path, notice) = try StudyPath.find(name, in: folder)
        return (try KeptFollower(place: path), notice)
    }

    /// The study as it is now; nil when nothing has changed since the last reading.
    ///
    /// - Throws: as `StudyFollower.read` and `ServerFollower.read`.
    /// - Complexity: O(what is new + trials).
    package func read() throws -> KeptStudy? {
        switch journal {
        case .file(let follower): try follower.read().map { .file($0, path: place) }
        case .server(let follower): try follower.read().map { .server($0) }
        }
    }
}
