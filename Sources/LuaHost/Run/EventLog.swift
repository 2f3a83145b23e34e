internal import Engine
internal import Results

/// Tells the observer what happens to trials, in the order of the virtual clock: at `info` how each
/// left its slot, at `debug` also how it came there and what was decided at rungs.
struct EventLog {
    private let observer: any RunObserver
    private let tellsDetails: Bool

    init(_ observer: any RunObserver) {
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
