internal import Engine
internal import Results
internal import Running

/// Tells the observer what happens to trials, in the order of the virtual clock: at `info` how each
/// left its slot, at `debug` also how it came there and what was decided at rungs.
struct EventNarrator {
    private let observer: any RunObserver
    private let tellsDetails: Bool

    /// - Returns: nil where the observer shows nothing of it.
    init?(_ observer: any RunObserver) {
        guard observer.leastLevel < .notice else { return nil }
        self.observer = observer
        tellsDetails = observer.leastLevel <= .debug
    }

    /// - Parameter state: the study with the event.
    func tell(_ event: Event, in state: StudyState) {
        let text = EventText(state)
        if tellsDetails, let (id, detail) = text.detail(of: event) {
            observer.log(.debug, "trial \(id): \(detail)")
        }
        if let end = text.end(of: event) { observer.log(.info, end) }
    }
}
