/// Each trial's last checkpoint.
///
/// A checkpoint is dropped when an event ends its trial for good (`Event.trialDone`), unless that
/// event follows an interruption, which a resumption takes back.
public protocol CheckpointStore: Sendable {
    /// Takes a trial's checkpoint in place of the one before.
    func save(_ checkpoint: Checkpoint) throws

    /// A trial's last checkpoint; nil when it has none.
    func checkpoint(of trial: Int) throws -> Checkpoint?

    /// By trial, the resource of the last checkpoint, of those of `trials` that have one.
    func checkpointResources(of trials: [Int]) throws -> [Int: Resource]
}

extension CheckpointStore {
    /// Reads each checkpoint. A store that finds a resource without its content does better.
    public func checkpointResources(of trials: [Int]) throws -> [Int: Resource] {
        var resources: [Int: Resource] = [:]
        for trial in trials { resources[trial] = try checkpoint(of: trial)?.resource }
        return resources
    }
}

/// What a trial continues from when it has to start again.
public struct Checkpoint: Hashable, Sendable {
    /// The trial that keeps it.
    public let trial: Int
    /// The resource of the trial's last report before it.
    public let resource: Resource
    /// What the host wrote and will read; means nothing to the engine.
    public let content: [UInt8]

    /// A checkpoint of a trial.
    public init(trial: Int, resource: Resource, content: [UInt8]) {
        (self.trial, self.resource, self.content) = (trial, resource, content)
    }
}
