/// What the user has decided about a run, beside the study's definition.
package struct RunOptions {
    /// What messages about the whole study begin with.
    package var title: String
    /// Seconds after which the study is ended, on the run's clock; nil: never.
    package var timeOut: Double?
    /// Whether the user has asked for the end.
    package var isInterrupted: () -> Bool = { false }
    /// How many threads compute, for the observer.
    package var workers = 1
    /// Neither slots nor workers were chosen by the user.
    package var mayUseMoreCores = false

    /// A run that only its study ends.
    package init(title: String) { self.title = title }
}
