internal import Engine
internal import Platform
internal import Running

/// Where users reach a run that has no clients: a socket that belongs to its study.
final class ControlDoor {
    /// What users want tried.
    private let added = AddedConfigurations()
    private var server: AskServer?

    /// What decides about free slots of a study: what users have added goes first.
    func policy(of definition: StudyDefinition) -> any SlotPolicy {
        AddedFirstPolicy(added, before: definition.makeSlotPolicy())
    }

    /// Lets users in while the loop runs. A study that is kept in no file has no place for the link to
    /// the socket.
    ///
    /// - Throws: `FileError`.
    func open(_ loop: StudyLoop) throws {
        guard let place = loop.place else { return }
        if case .server = StudyLocation(toRead: place) { return }
        let inbox = AskInbox(wake: loop.queue.wake)
        let server = AskServer(inbox, names: ReportNames(loop.state.definition))
        try server.listen(at: nil, study: place)
        let control = RunControl(inbox, StudyRequests(views: Serving.views, added: added))
        loop.answerNextRequest = control.answerNext
        self.server = server
    }

    /// Lets no one in any more.
    func close() {
        server?.close()
        server = nil
    }
}
