internal import HeapModule

/// Numbers the slots that trials run in, from 1 on, for scripts that share out what a machine has few of.
///
/// A trial that is complete may compute on for a while, and its slot is taken until then: the next
/// trial waits for the number, not on the virtual clock.
final class SlotNumbers {
    private let count: Int
    /// The lowest number that was never taken.
    private var next = 1
    /// Those that were given back.
    private var numbers: Heap<Int> = []
    /// What waits for a number, the first at the front.
    private var waiting: [(Int) -> Void] = []

    /// - Parameter count: how many slots there are.
    init(count: Int) { self.count = count }

    /// Hands the lowest number to `body`, now or when one is free.
    func whenFree(_ body: @escaping (Int) -> Void) {
        if let number = numbers.popMin() { return body(number) }
        guard next <= count else { return waiting.append(body) }
        next += 1
        body(next - 1)
    }

    /// Takes a number back.
    func free(_ number: Int) {
        guard !waiting.isEmpty else { return numbers.insert(number) }
        waiting.removeFirst()(number)
    }

    /// Forgets what waits.
    func clear() { waiting = [] }
}
