/// What reports keep: networks of the front, say.
///
/// Who runs the study says what is kept and what is dropped; a journal never drops anything by itself.
public protocol ArtifactStore: Sendable {
    /// Takes what a report keeps, in place of what it kept before.
    func keep(_ artifact: Artifact) throws

    /// Drops what a report keeps; nothing where it keeps nothing.
    func drop(_ key: Artifact.Key) throws

    /// What a report keeps; nil where that is nothing.
    func artifact(_ key: Artifact.Key) throws -> Artifact?

    /// The reports that keep something, in any order.
    func artifactKeys() throws -> [Artifact.Key]
}

/// What one report keeps.
public struct Artifact: Hashable, Sendable {
    /// The report that keeps it.
    public struct Key: Hashable, Sendable {
        /// The trial that reported.
        public let trial: Int
        /// The resource of the report.
        public let resource: Resource

        /// The report of a trial at a resource.
        public init(trial: Int, resource: Resource) {
            (self.trial, self.resource) = (trial, resource)
        }
    }

    /// The report that keeps it.
    public let key: Key
    /// What the host wrote and will read; means nothing to the engine.
    public let content: [UInt8]

    /// What a report keeps.
    public init(_ key: Key, content: [UInt8]) { (self.key, self.content) = (key, content) }
}
