import Foundation

/// A marked value of an axis.
struct Tick: Equatable {
    let value: Double
    let label: String
}

extension Scale {
    /// Marks at round values.
    ///
    /// - Parameter limit: about how many there is room for, at least 2.
    func ticks(atMost limit: Int) -> [Tick] {
        if isLogarithmic, let ticks = logarithmicTicks(atMost: limit) { return ticks }
        return linearTicks(atMost: limit)
    }

    /// Multiples of 1, 2, 2.5 or 5 times a power of ten.
    private func linearTicks(atMost limit: Int) -> [Tick] {
        let wanted = max((upper / 2 - lower / 2) / Double(limit) * 2, .leastNormalMagnitude)
        var exponent = decimalExponent(wanted)
        let mantissa = scientific(wanted, digits: 15).mantissa
        let isHalfAllowed = !isWhole || exponent > 0
        let steps = isHalfAllowed ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10]
        var multiple = steps.first { $0 >= mantissa } ?? 10
        if isWhole, exponent < 0 { (exponent, multiple) = (0, 1) }
        let step = multiple * pow(10, Double(exponent))

        let first = (lower / step).rounded(.up)
        let count = Int((upper / step).rounded(.down) - first)
        guard count >= 0, count < 100 else { return [] }
        let values = (0...count).map { (first + Double($0)) * step }
        let decimals = -exponent + (multiple == 2.5 ? 1 : 0) - (multiple == 10 ? 1 : 0)
        let format = LinearLabels(values: values, decimals: decimals)
        return values.map { Tick(value: $0, label: format.label($0)) }
    }

    /// Powers of ten, with their 2- and 5-fold or 3-fold where there is room, every second or third
    /// power only where there is not; nil where that would leave fewer than two.
    private func logarithmicTicks(atMost limit: Int) -> [Tick]? {
        let exponents = decimalExponent(lower)...decimalExponent(upper)
        for multiples in [[1.0, 2, 5], [1, 3], [1]] {
            let ticks = exponents.flatMap { exponent in
                multiples.map { logarithmicTick($0, exponent) }
            }.filter { lower <= $0.value && $0.value <= upper }
            if ticks.count < 2 { return nil }
            if ticks.count <= limit { return ticks }
        }
        let stride = (exponents.count + limit - 1) / limit
        return exponents.filter { $0.isMultiple(of: stride) }.map { logarithmicTick(1, $0) }
            .filter { lower <= $0.value && $0.value <= upper }
    }

    private func logarithmicTick(_ multiple: Double, _ exponent: Int) -> Tick {
        let value = multiple * pow(10, Double(exponent))
        let label =
            (-4...5).contains(exponent)
            ? fixed(value, decimals: max(0, -exponent))
            : fixed(multiple, decimals: 0) + powerSuffix(exponent)
        return Tick(value: value, label: label)
    }
}

/// How the ticks of one linear axis are written: as they are, or, where that would take too many
/// digits, all as multiples of one power of ten.
private struct LinearLabels {
    private let decimals: Int
    private let exponent: Int?

    init(values: [Double], decimals: Int) {
        let largest = values.map(abs).max() ?? 0
        let size = largest > 0 ? decimalExponent(largest) : 0
        if size >= 6 || decimals > 5 {
            exponent = size
            self.decimals = min(max(0, decimals + size), 15)
        } else {
            exponent = nil
            self.decimals = max(0, decimals)
        }
    }

    func label(_ value: Double) -> String {
        guard let exponent, value != 0 else { return signed(fixed(value, decimals: decimals)) }
        let mantissa = fixed(value / pow(10, Double(exponent)), decimals: decimals)
        return signed(mantissa) + powerSuffix(exponent)
    }

    /// With a minus sign that is as wide as a digit.
    private func signed(_ text: String) -> String {
        text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }
}
