internal import Synchronization

/// Bytes that a budget has granted; they go back to it with the last reference to the charge.
///
/// ```swift
/// let charge = MemoryCharge()
/// try charge.add(text.utf8.count, purpose: "the copy of a string")   // before it is made
/// ```
package final class MemoryCharge: Sendable {
    private let budget: (any MemoryBudget)?
    private let held = Atomic(0)

    /// A charge to the budget of the moment, which pays for nothing yet.
    package init() { budget = MemoryBudgets.current }

    /// Takes bytes from the budget of the moment; nil where there is no budget.
    ///
    /// - Parameter purpose: what the memory is for, as the error says it.
    /// - Throws: ``OutOfMemory``.
    package static func of(_ bytes: Int, purpose: @autoclosure () -> String) throws -> MemoryCharge?
    {
        guard MemoryBudgets.current != nil else { return nil }
        let charge = MemoryCharge()
        try charge.add(bytes, purpose: purpose())
        return charge
    }

    /// Bytes that the charge holds.
    package var bytes: Int { held.load(ordering: .acquiring) }

    deinit { budget?.give(held.load(ordering: .acquiring)) }

    /// Takes more bytes.
    ///
    /// - Throws: ``OutOfMemory``; what was held before still is.
    package func add(_ bytes: Int, purpose: @autoclosure () -> String) throws {
        guard let budget else { return }
        guard bytes >= 0, budget.take(bytes) else {
            throw OutOfMemory(what: purpose(), bytes: bytes < 0 ? nil : bytes)
        }
        held.wrappingAdd(bytes, ordering: .acquiringAndReleasing)
    }
}
