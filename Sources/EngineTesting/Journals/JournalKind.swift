public import Engine

/// A kind of journal, as the conformance suite has to know it: how to make one, and how others come to
/// what it holds. Nil and false say that no one else can.
///
/// ```swift
/// struct FileKind: JournalKind {
///     var description: String { "files" }
///     func makeEmpty() throws -> any Journal { try FileJournal(temporaryFolder()) }
/// }
/// ```
public protocol JournalKind: Sendable, CustomStringConvertible {
    /// An empty journal.
    func makeEmpty() throws -> any Journal

    /// What another connection, or another process, reads while `journal` may write.
    func read(beside journal: any Journal) throws -> (events: [Event], arrivals: [ReceivedReport])?

    /// Ends a journal and opens its study again.
    func reopen(_ journal: any Journal) throws -> (any Journal)?

    /// Has a newer program append an event of a kind that this one does not know. The journal is not
    /// written afterwards.
    func appendEventOfNewerProgram(_ name: String, to journal: any Journal) throws -> Bool
}

/// Of a journal that is gone with its process.
extension JournalKind {
    /// Nil: no one else can read it.
    public func read(
        beside journal: any Journal
    ) throws -> (events: [Event], arrivals: [ReceivedReport])? { nil }

    /// Nil: nothing is left of it.
    public func reopen(_ journal: any Journal) throws -> (any Journal)? { nil }

    /// False: only this program writes it.
    public func appendEventOfNewerProgram(
        _ name: String, to journal: any Journal
    ) throws -> Bool { false }
}
