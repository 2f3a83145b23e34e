internal import Commands
internal import Engine
internal import LivePage
internal import LuaHost
internal import Platform
internal import Rendering
internal import Results
internal import Storage
internal import Synchronization

/// A stored study that is followed while a process writes it, and shown on pages.
///
/// Which study that is may change: a script runs one after the other.
final class WatchedStudy: Sendable {
    /// What pages are sent.
    let feed = PageFeed()
    private let target: Mutex<(path: String?, isLast: Bool)>

    /// Shows the study of a path; nil: that of the path that comes first.
    init(path: String?) { target = Mutex((path, false)) }

    /// The path of the study that is shown; nil before there is one.
    var path: String? { target.withLock(\.path) }

    /// Shows another study from now on.
    func show(path: String) { target.withLock { $0.path = path } }

    /// Shows what there is once more and ends.
    func end() { target.withLock { $0.isLast = true } }

    /// Seconds between two readings; more where a reading takes long.
    private static let interval = Duration.milliseconds(500)

    /// Publishes the study, and what is new of it twice a second, until `end` was called.
    ///
    /// Blocks its thread, which is to be one of its own.
    func follow() {
        var shown: ShownStudy?
        while true {
            let (path, isLast) = target.withLock { $0 }
            let pace = Pace()
            if let path {
                do {
                    if shown?.path != path { shown = try ShownStudy(path: path) }
                    try shown?.publish(to: feed)
                } catch {
                    shown?.forget()
                    feed.publish(problem: JSONValue.string("\(error)").serialized())
                }
            }
            if isLast { break }
            // A reader of a large study takes a fifth of a processor at most.
            pace.pause(times: 4, atLeast: Self.interval)
        }
        guard let path = shown?.path else { return }
        let command = "mohpo-lua watch \(ShellWord.quoted(path))"
        feed.publish(end: JSONValue.string("The run has ended; \(command) shows it.").serialized())
    }
}

/// A study as pages show it now.
private struct ShownStudy {
    let path: String
    private let follower: KeptFollower
    private var document: PageDocument?

    init(path: String) throws {
        self.path = path
        follower = try KeptFollower(place: path)
    }

    /// Publishes what has changed since the last time; all of it the first time.
    mutating func publish(to feed: PageFeed) throws {
        guard let new = try read() else { return }
        let old = document
        document = new
        if let old, !new.differs(from: old) { return }
        feed.publish {
            old.flatMap { new.increment(after: $0)?.serialized() }
        } complete: {
            new.json.serialized()
        }
    }

    /// Has all of it published the next time.
    mutating func forget() { document = nil }

    /// The study as it is now; nil where there is nothing to show yet, or nothing new.
    private func read() throws -> PageDocument? {
        let isControlled = PageControl.isOffered(byRunOf: path)
        guard let study = try follower.read() else {
            guard var known = document, known.isControlled != isControlled else { return nil }
            known.isControlled = isControlled
            return known
        }
        guard study.eventCount > 0 else { return nil }
        if document == nil, let damage = study.damage {
            standardError("mohpo-lua: warning: \(damage)")
        }
        var new = PageDocument(
            try study.view, metadata: study.metadata, at: path,
            kept: (try? KeptStudy.artifactKeys(at: path)) ?? [])
        new.isControlled = isControlled
        return new
    }
}
