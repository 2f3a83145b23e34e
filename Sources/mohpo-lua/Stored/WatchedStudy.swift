internal import Engine
internal import LivePage
internal import LuaHost
internal import Rendering
internal import Results
internal import Storage

/// A stored study that is followed while a process writes it.
struct WatchedStudy: Sendable {
    /// What pages are sent.
    let feed = PageFeed()
    private let path: String
    private let name: String

    /// - Parameter name: as for `StoredStudy`.
    /// - Throws: `StudyPath.NotFound` when there is no such study.
    init(_ name: String) throws {
        let (path, notice) = try StudyPath.find(name, in: StoredStudy.folder)
        if let notice { standardError("mohpo-lua: \(notice)") }
        (self.path, self.name) = (path, name)
    }

    /// The page before it has been sent anything.
    var emptyPage: String { StudyPage(title: name, source: .server).html }

    /// Publishes the study, and what is new of it twice a second, until the task is cancelled.
    func follow() async {
        let follower = StudyFollower(path: path)
        var shown: PageDocument?
        while !Task.isCancelled {
            do {
                if let file = try follower.read(), file.eventCount > 0 {
                    let document = PageDocument(
                        try StudyView(file), metadata: file.note, at: path)
                    publish(document, after: shown, damage: file.damage)
                    shown = document
                }
            } catch {
                feed.publish(problem: JSONValue.string("\(error)").serialized())
                shown = nil
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    private func publish(_ document: PageDocument, after shown: PageDocument?, damage: StudyDamage?)
    {
        if let shown, !document.differs(from: shown) { return }
        let increment = shown.flatMap { document.increment(after: $0)?.serialized() }
        feed.publish(increment: increment) { document.json.serialized() }
        if damage != nil, shown == nil {
            standardError("mohpo-lua: warning: \(damage.map { "\($0)" } ?? "")")
        }
    }
}
