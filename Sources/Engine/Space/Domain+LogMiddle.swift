extension Domain {
    /// Whether a value is what the domain takes for its default where none is given, and that is the
    /// middle of log space, however it was rounded.
    func isLogMiddle(_ value: Value) -> Bool {
        switch (self, value) {
        case (.real(let domain), .real(let value)):
            domain.log && domain.prior == nil
                && LogMiddle.isNear(
                    value, from: domain.lo, to: domain.hi, step: domain.step ?? 0)
        case (.int(let domain), .integer(let value)):
            domain.log && domain.prior == nil
                && LogMiddle.isNear(
                    Double(value), from: Double(domain.lo), to: Double(domain.hi),
                    step: Double(domain.step))
        default: false
        }
    }

    /// Whether this is `old`, but for how the middle of log space was rounded for its default.
    func isSame(as old: Domain) -> Bool {
        if self == old { return true }
        guard isLogMiddle(defaultValue), old.isLogMiddle(old.defaultValue) else { return false }
        return switch (self, old) {
        case (.real(let new), .real(let old)):
            (new.lo, new.hi) == (old.lo, old.hi) && new.step == old.step
        case (.int(let new), .int(let old)):
            (new.lo, new.hi, new.step) == (old.lo, old.hi, old.step)
        default: false
        }
    }
}
