internal import Results

/// What a script has at hand of a study, as declarations see it.
protocol StudyHolder: AnyObject {
    /// The study as it ended, or where it was interrupted.
    var view: StudyView { get }
}
