extension Trial {
    /// The trial that an event starts.
    ///
    /// - Parameter configuration: the event's, which may share its storage.
    init(_ start: Event.Start, configuration: Configuration) {
        (id, self.configuration, bracket) = (start.trial, configuration, start.bracket)
        (origin, startTime, slotTime) = (start.origin, start.time, start.time)
        held = start.held
    }
}
