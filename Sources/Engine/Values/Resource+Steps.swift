/// Multiples of a resource, and how many of them there are in another.
extension Resource {
    /// So many times this: by integers where it is whole, else in the decimal digits it is written
    /// with, so that 3 · 0.1 is 0.3, which a trial may report, and not 0.30000000000000004.
    ///
    /// - Returns: nil where it is too large.
    /// - Complexity: O(1).
    func multiplied(by factor: Int) -> Resource? {
        guard !isWhole else {
            let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
            return overflow ? nil : Resource(product)
        }
        let (digits, exponent) = decimal
        let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
        let exact = overflow ? nil : Double("\(product)e\(exponent)")
        return Resource(exact ?? double * Double(factor))
    }

    /// The shortest decimal number that is this one: an integer and a power of 10.
    private var decimal: (digits: Int, exponent: Int) {
        let parts = double.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        // At most 17 digits, which an `Int` holds.
        return (Int(mantissa[0] + fraction) ?? 0, exponent - fraction.utf8.count)
    }

    /// How many whole steps there are in it: ⌊self / step⌋, where a multiple of the step counts as
    /// one however division rounds (0.3 / 0.1 is 3).
    ///
    /// - Parameter step: above 0; 1 counts in integers alone.
    func steps(of step: Resource) -> Int {
        guard step != 1 else { return whole }
        let quotient = double / step.double
        let nearest = quotient.rounded()
        let isMultiple = abs(quotient - nearest) <= 2 * nearest.ulp
        let floor = isMultiple ? nearest : quotient.rounded(.down)
        return Int(exactly: floor) ?? (floor < 0 ? .min : .max)
    }
}
