internal import Engine
internal import Rendering

extension StudyView {
    /// Who had a slot when.
    var timelinePlot: TimelinePlot {
        let timeline = SlotTimeline(self)
        let used = timeline.used.map {
            "\(fixed(100 * $0, decimals: 0)) % of the slots' virtual time was used"
        }
        return TimelinePlot(
            title: "\(name): timeline", slots: timeline.slots,
            spans: timeline.spans.map { span in
                .init(
                    trial: span.trial.id, fate: span.isPause ? .paused : fate(of: span.trial),
                    slot: span.slot, time: span.time)
            }, end: timeline.end,
            notes: [used ?? (timeline.spans.isEmpty ? "No trial has started yet." : nil)]
                .compactMap(\.self))
    }
}
