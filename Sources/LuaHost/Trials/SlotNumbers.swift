internal import HeapModule

/// Numbers the slots that trials run in, from 1 on, for scripts that share out what a machine has few of.
///
/// A trial that is complete may compute on for a while, and its slot is taken until then: the next
/// trial waits for the number, not on the virtual clock. A trial whose processes are suspended keeps
/// its number in mind: it takes no other, though others run there meanwhile.
final class SlotNumbers {
    private struct Waiter {
        /// The only number that will do; nil for any.
        let number: Int?
        let body: (Int) -> Void
    }
    private let count: Int
    /// The lowest number that was never taken.
    private var next = 1
    /// Those that were given back.
    private var numbers: Heap<Int> = []
    /// What waits for a number, the first at the front.
    private var waiting: [Waiter] = []
    /// How many suspended trials keep each number in mind.
    private var kept: [Int: Int] = [:]
    /// How many numbers are taken until a trial's processes are gone.
    private var lingering = 0

    /// - Parameter count: how many slots there are.
    init(count: Int) { self.count = count }

    /// Whether a number will be given back that something waits for, without another report.
    var isAwaited: Bool { lingering > 0 && !waiting.isEmpty }

    /// Whether something waits for this number alone.
    func isWanted(_ number: Int) -> Bool { waiting.contains { $0.number == number } }

    /// Hands a number to `body`, now or when it is free: the lowest of those that the fewest suspended
    /// trials keep in mind.
    ///
    /// - Parameter number: the only one that will do.
    func whenFree(_ number: Int? = nil, _ body: @escaping (Int) -> Void) {
        if let taken = number.map(takeOnly) ?? takeBest() { return body(taken) }
        waiting.append(Waiter(number: number, body: body))
    }

    private func takeOnly(_ number: Int) -> Int? {
        guard numbers.unordered.contains(number) else { return nil }
        numbers = Heap(numbers.unordered.filter { $0 != number })
        return number
    }

    private func takeBest() -> Int? {
        guard let first = numbers.min else {
            guard next <= count else { return nil }
            next += 1
            return next - 1
        }
        guard !kept.isEmpty else { return numbers.popMin() }
        let best = numbers.unordered.min { (kept[$0, default: 0], $0) < (kept[$1, default: 0], $1) }
        if kept[best ?? first, default: 0] > 0, next <= count {
            next += 1
            return next - 1
        }
        return takeOnly(best ?? first)
    }

    /// Takes a number back.
    func free(_ number: Int) {
        let first = waiting.firstIndex { $0.number == nil || $0.number == number }
        guard let first else { return numbers.insert(number) }
        waiting.remove(at: first).body(number)
    }

    /// A number is taken until ``endLingering(_:)``, though its trial has ended.
    func linger() { lingering += 1 }

    /// Takes such a number back.
    func endLingering(_ number: Int) {
        lingering -= 1
        free(number)
    }

    /// A suspended trial keeps the number in mind, until ``forget(_:)``.
    func keep(_ number: Int) { kept[number, default: 0] += 1 }

    /// A suspended trial keeps the number in mind no longer.
    func forget(_ number: Int) {
        kept[number, default: 1] -= 1
        if kept[number] == 0 { kept[number] = nil }
    }

    /// Forgets what waits.
    func clear() { waiting = [] }
}
