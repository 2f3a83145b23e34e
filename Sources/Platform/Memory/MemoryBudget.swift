/// A limit on what a program holds beside Lua: data sets, networks, studies, copies of strings.
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

/// The budget that the running code takes its memory from.
package enum MemoryBudgets {
    /// Nil: only the machine sets a limit.
    @TaskLocal package static var current: (any MemoryBudget)?
}
