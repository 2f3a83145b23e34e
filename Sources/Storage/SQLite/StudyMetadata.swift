/// What a study's file says about it besides its events.
public struct StudyMetadata: Hashable, Sendable {
    /// The study's name.
    public var name: String
    /// When it was created, in UTC as ISO 8601 writes it.
    public var created: String
    /// The version of the program that created it.
    public var program: String
    /// The script that declared it; empty where there was none.
    public var script: String
    /// What the run that created it is known by.
    public var run: String
    /// Which of the run's experiments it is, from 1.
    public var ordinal: Int

    /// A note about a study.
    public init(
        name: String, created: String, program: String = "", script: String = "",
        run: String = "", ordinal: Int = 1
    ) {
        (self.name, self.created, self.program) = (name, created, program)
        (self.script, self.run, self.ordinal) = (script, run, ordinal)
    }
}
