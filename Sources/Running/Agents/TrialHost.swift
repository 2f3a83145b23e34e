package import Engine

/// What an executor knows of the study whose trials it runs: a loop that decides, or an agent of a study
/// that another process decides about.
package protocol TrialHost: AnyObject {
    /// The study up to the last event that is known here.
    var state: StudyState { get }
    /// Where messages come from other threads.
    var queue: MessageQueue { get }
    /// Where the study is kept; nil for one in memory.
    var place: String? { get }
    /// Whether the study had begun before this run.
    var isResumed: Bool { get }
    /// Whether all that follows from the messages so far is carried out.
    var isSettled: Bool { get }
    /// Takes a message on the loop's thread.
    func take(_ message: TrialMessage)
    /// The resource that a trial in a slot has last reported; 0 before its first report.
    func reportedResource(of trial: Int) -> Resource
    /// How far a trial has come, so that those behind are run first; nil for one in no slot.
    func virtualTime(of trial: Int) -> Int?
    /// The last checkpoint of a trial; nil when it has none.
    func checkpoint(of trial: Int) throws -> Checkpoint?
    /// Whether a report of these fields may keep something.
    func mayKeep(_ fields: [Name: Value]) -> Bool
    /// The script ends the process: what is written is made durable now.
    func syncAtExit()
}

extension StudyLoop: TrialHost {}
