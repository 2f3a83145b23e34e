extension MemoryCharge {
    /// What pays for copies of a script's strings that outlive the string they were read into: those
    /// that a declaration or a checkpoint is made of. Nil: each copy is paid for while it is held.
    @TaskLocal package static var ofCopies: MemoryCharge?

    /// Shorter strings cost no more than the table's entry that refers to them.
    private static let shortest = 64

    /// Charges the copy of a string before it is made. A script may refer to one string any number of
    /// times, which costs it nothing, and each time it is read it is copied.
    ///
    /// - Returns: the charge to hold as long as the copy; nil where another pays.
    /// - Throws: `OutOfMemory`.
    package static func ofCopy(_ bytes: Int) throws -> MemoryCharge? {
        guard bytes >= shortest, MemoryBudgets.current != nil else { return nil }
        guard let copies = ofCopies else { return try of(bytes, purpose: purpose) }
        try copies.add(bytes, purpose: purpose)
        return nil
    }

    private static let purpose = "a copy of a string"
}
