internal import Synchronization

/// Who grants the memory of data sets and networks, so that a program can bound and count it.
///
/// ```swift
/// try MemoryBudgets.$current.withValue(budget) { try classifier.partialFit(train) }
/// ```
package protocol MemoryBudget: AnyObject, Sendable {
    /// Grants bytes, from any thread; false where there are not so many.
    func take(_ bytes: Int) -> Bool
    /// Takes back bytes that were granted, from any thread.
    func give(_ bytes: Int)
}

/// The budget that pays for what is allocated now.
package enum MemoryBudgets {
    /// Nil: only the machine sets a limit.
    @TaskLocal package static var current: (any MemoryBudget)?
}

/// Bytes that were granted, given back when nobody holds the charge any more.
package final class MemoryCharge: Sendable {
    private let budget: (any MemoryBudget)?
    private let held = Atomic(0)

    /// A charge to the budget of the moment, which pays for nothing yet.
    package init() { budget = MemoryBudgets.current }

    /// Takes bytes from the budget of the moment; nil where there is no budget.
    ///
    /// - Parameter purpose: what the memory is for, as the error says it.
    /// - Throws: ``NNError/outOfMemory(what:bytes:)``.
    static func of(_ bytes: Int, purpose: @autoclosure () -> String) throws -> MemoryCharge? {
        guard MemoryBudgets.current != nil else { return nil }
        let charge = MemoryCharge()
        try charge.add(bytes, purpose: purpose())
        return charge
    }

    deinit { budget?.give(held.load(ordering: .acquiring)) }

    /// Takes more bytes.
    ///
    /// - Throws: ``NNError/outOfMemory(what:bytes:)``; what was held before still is.
    package func add(_ bytes: Int, purpose: @autoclosure () -> String) throws {
        guard let budget else { return }
        guard bytes >= 0, budget.take(bytes) else {
            throw NNError.outOfMemory(what: purpose(), bytes: bytes < 0 ? nil : bytes)
        }
        held.wrappingAdd(bytes, ordering: .acquiringAndReleasing)
    }
}
