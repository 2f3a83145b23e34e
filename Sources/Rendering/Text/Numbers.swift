/// A number in decimal notation with a point, whatever the locale says.
///
/// - Parameter decimals: digits behind the point, 0 … 15.
///
/// Edge cases: what is not finite gives `nan`, `inf` or `-inf`; what is too large to be scaled
/// exactly gives the shortest text that reads back as the same number; nothing gives `-0`.
package func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = (abs(value) * powerOfTen(decimals)).rounded()
    guard scaled < 0x1p53 else { return value.description }
    guard scaled > 0 else { return decimals == 0 ? "0" : "0." + zeros(decimals) }
    var digits = String(UInt64(scaled))
    if digits.utf8.count <= decimals {
        digits = zeros(decimals + 1 - digits.utf8.count) + digits
    }
    if decimals > 0 {
        digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return (value < 0 ? "-" : "") + digits
}

/// A number with so many significant digits, without zeros at the end; very large and very small
/// ones with an exponent of a sign and at least two digits, as in `1.5e-05`.
///
/// That is how C, Lua, Swift and Python write them, so that all output has one style.
package func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.description }
    guard value != 0 else { return "0" }
    let (mantissa, exponent) = scientific(value, digits: digits)
    if (-4..<max(6, digits)).contains(exponent) {
        return withoutTrailingZeros(fixed(value, decimals: max(0, digits - 1 - exponent)))
    }
    return withoutTrailingZeros(fixed(mantissa, decimals: digits - 1)) + powerSuffix(exponent)
}

/// An exponent as it stands behind a number: `e-05`, `e+20`.
func powerSuffix(_ exponent: Int) -> String {
    let digits = String(exponent.magnitude)
    return (exponent < 0 ? "e-" : "e+") + (digits.utf8.count < 2 ? "0" : "") + digits
}

/// A number as people read it, wherever it stands: six significant digits, whole numbers with all of
/// theirs. What is read by programs is exact instead.
package func readable(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
        ? fixed(value, decimals: 0) : significant(value, digits: 6)
}

/// Writes a finite number other than zero as `mantissa · 10^exponent`.
///
/// Postconditions: 1 ≤ |mantissa| < 10, also after it is rounded to `digits` digits.
func scientific(_ value: Double, digits: Int) -> (mantissa: Double, exponent: Int) {
    // The shortest text of a number knows its exponent exactly, which a logarithm does not.
    var exponent = decimalExponent(value)
    var mantissa = scaled(value, byPowerOfTen: -exponent)
    let unit = powerOfTen(digits - 1)
    if (abs(mantissa) * unit).rounded() >= 10 * unit {
        exponent += 1
        mantissa = scaled(value, byPowerOfTen: -exponent)
    }
    return (mantissa, exponent)
}

/// The exponent of the largest power of ten that is not above |value|, which is neither 0 nor
/// infinite.
func decimalExponent(_ value: Double) -> Int {
    let text = abs(value).description
    if let e = text.firstIndex(of: "e") { return Int(text[text.index(after: e)...]) ?? 0 }
    let whole = text.prefix { $0 != "." }
    if whole != "0" { return whole.utf8.count - 1 }
    return -1 - text.dropFirst(2).prefix { $0 == "0" }.count
}

/// `value · 10^power`, in two steps where the power alone would overflow.
private func scaled(_ value: Double, byPowerOfTen power: Int) -> Double {
    if power > 300 { return value * powerOfTen(300) * powerOfTen(power - 300) }
    return power >= 0 ? value * powerOfTen(power) : value / powerOfTen(-power)
}

/// 10^n, correctly rounded, for 0 ≤ n ≤ 308.
func powerOfTen(_ n: Int) -> Double { Double("1e\(n)") ?? .infinity }

func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
}

private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
