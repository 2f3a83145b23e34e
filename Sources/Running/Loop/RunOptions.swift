/// What the user has decided about a run, beside the study's definition.
public struct RunOptions {
    /// What messages about the whole study begin with.
    public var title: String
    /// Seconds after which the study is ended, on the run's clock; nil: never.
    public var timeOut: Double?
    /// Whether the user has asked for the end.
    public var isInterrupted: () -> Bool = { false }
    /// What the user types to continue the study.
    public var commandToResume = "--resume"
    /// Which reports keep what they were given to keep.
    public var keeps = KeepRule.front
    /// How many threads compute, for the observer.
    public var workers = 1
    /// Neither slots nor workers were chosen by the user.
    public var mayUseMoreCores = false

    /// A run that only its study ends.
    public init(title: String) { self.title = title }
}
