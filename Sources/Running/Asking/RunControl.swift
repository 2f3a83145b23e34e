/// What users may ask of a run from outside while it runs its own trials: to stop it or one trial, to
/// try a configuration, to say where it stands.
///
/// Requests come as lines to an ``AskServer``, as those of clients that run trials do.
package struct RunControl {
    private let inbox: AskInbox
    private let requests: StudyRequests

    /// - Parameters:
    ///   - inbox: where requests come from other threads. It wakes the loop's queue.
    ///   - requests: answers them.
    package init(_ inbox: AskInbox, _ requests: StudyRequests) {
        (self.inbox, self.requests) = (inbox, requests)
    }

    /// Answers the next request, on the loop's thread; false where there is none.
    package func answerNext(of loop: StudyLoop) -> Bool {
        guard let entry = inbox.next() else { return false }
        entry.reply(
            requests.answer(entry.content, of: loop)
                ?? .error("the run gives no trials to clients; mohpo-lua serve does"))
        return true
    }
}
