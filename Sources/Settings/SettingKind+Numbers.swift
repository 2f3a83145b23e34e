extension SettingKind where Value == Int {
    /// An integer in a range.
    ///
    /// A message about a value that is too small or no integer names the lower end alone: the upper
    /// one is far away for most users.
    package static func integer(atLeast least: Int = .min, atMost most: Int = .max) -> SettingKind {
        let lower = least == .min ? "an integer" : "an integer of at least \(least)"
        let range = most == .max ? lower : "an integer from \(least) to \(most)"
        return SettingKind(
            type: type(least, most), text: { "\($0)" },
            problem: { value in
                (least...most).contains(value)
                    ? nil : SettingProblem(expected: range, got: "\(value)")
            },
            read: { given in
                guard let value = given.asInteger, value >= least else {
                    return .failure(SettingProblem(expected: lower, got: given.shown))
                }
                return value <= most
                    ? .success(value)
                    : .failure(SettingProblem(expected: range, got: given.shown))
            })
    }

    private static func type(_ least: Int, _ most: Int) -> String {
        switch (least, most) {
        case (.min, .max): "integer"
        case (_, .max): "integer ≥ \(least)"
        default: "\(grouped(least)) … \(grouped(most))"
        }
    }

    /// `1,000,000`
    private static func grouped(_ value: Int) -> String {
        let digits = Array("\(value)")
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digits[index])
        }
    }
}

extension SettingKind where Value == Double {
    /// Any number; who uses it says which make sense.
    package static var number: SettingKind {
        SettingKind(
            type: "number", text: { $0.short },
            read: { given in
                given.asNumber.map { .success($0) }
                    ?? .failure(SettingProblem(expected: "a number", got: given.shown))
            })
    }

    /// A finite number above `bound`.
    package static func number(above bound: Int) -> SettingKind {
        number("number > \(bound)", "a number above \(bound)") { $0 > Double(bound) }
    }

    /// A finite number of at least `bound`.
    package static func number(atLeast bound: Int) -> SettingKind {
        number("number ≥ \(bound)", "a number of at least \(bound)") { $0 >= Double(bound) }
    }

    /// A number in a range with both ends.
    package static func number(_ range: ClosedRange<Int>) -> SettingKind {
        let (low, high) = (range.lowerBound, range.upperBound)
        return number("\(low) … \(high)", "a number from \(low) to \(high)") {
            (Double(low)...Double(high)).contains($0)
        }
    }

    /// A number in a range without its upper end.
    package static func number(_ range: Range<Int>) -> SettingKind {
        let (low, high) = (range.lowerBound, range.upperBound)
        return number("\(low) to below \(high)", "a number from \(low) to below \(high)") {
            (Double(low)..<Double(high)).contains($0)
        }
    }

    private static func number(
        _ type: String, _ expected: String, where isValid: @escaping @Sendable (Double) -> Bool
    ) -> SettingKind {
        SettingKind(
            type: type, text: { $0.short },
            problem: { value in
                value.isFinite && isValid(value)
                    ? nil : SettingProblem(expected: expected, got: "\(value)")
            },
            read: { given in
                guard let value = given.asNumber, value.isFinite, isValid(value) else {
                    return .failure(SettingProblem(expected: expected, got: given.shown))
                }
                return .success(value)
            })
    }
}

extension SettingKind where Value == [Int] {
    /// An array of integers.
    ///
    /// - Parameter type: what a reference says of values.
    package static func integers(_ type: String = "array of integers") -> SettingKind {
        .array(of: SettingKind<Int>.integer(), type: type)
    }
}

extension Double {
    /// `0.05`, but `1e-4` in place of `0.0001`, and `1e-8` in place of `1e-08`.
    fileprivate var short: String {
        let text = "\(self)".replacing("e-0", with: "e-")
        guard text.hasPrefix("0.00") else { return text }
        let digits = text.dropFirst(2).drop { $0 == "0" }
        let exponent = text.count - 2 - digits.count + 1
        let fraction = digits.dropFirst()
        return "\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e-\(exponent)"
    }
}
