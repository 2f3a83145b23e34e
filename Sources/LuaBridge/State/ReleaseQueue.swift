internal import Synchronization

/// Registry slots whose last Swift reference has gone.
///
/// A reference may be dropped on any thread, for instance by an operation that held it; the slot can
/// be freed only on the state's own. The queue outlives the state, so a late drop is harmless.
final class ReleaseQueue: Sendable {
    private struct Slots {
        var waiting: [Int32] = []
        var isOpen = true
    }
    private let slots = Mutex(Slots())
    private let isEmpty = Atomic(true)

    func add(_ slot: Int32) {
        slots.withLock { slots in
            guard slots.isOpen else { return }
            slots.waiting.append(slot)
            isEmpty.store(false, ordering: .releasing)
        }
    }

    func drain(_ free: (Int32) -> Void) {
        guard !isEmpty.load(ordering: .acquiring) else { return }
        let waiting = slots.withLock { slots in
            isEmpty.store(true, ordering: .releasing)
            defer { slots.waiting = [] }
            return slots.waiting
        }
        for slot in waiting { free(slot) }
    }

    func close() {
        slots.withLock { slots in
            slots.isOpen = false
            slots.waiting = []
        }
    }
}
