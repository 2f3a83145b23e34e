/// One thing a study optimises.
public struct Objective: Hashable, Sendable {
    /// Which way is better; the raw value is the name in Lua.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        case maximize = "MAX"
        case minimize = "MIN"
    }

    /// The name under which it is reported.
    public let name: String
    /// Which way is better.
    public let direction: Direction
    /// How much better, relative to the value, a point must be to count as better on the front.
    /// For measured objectives, whose noise would otherwise fill the front. 0 to below 1.
    public let tolerance: Double

    /// - Throws: `SettingError` when the name is empty or the tolerance is not in 0 ..< 1.
    public init(_ name: String, _ direction: Direction, tolerance: Double = 0) throws {
        (self.name, self.direction, self.tolerance) = (name, direction, tolerance)
        try check()
    }

    /// - Throws: `SettingError`, as `init`.
    func check() throws {
        guard !name.isEmpty else {
            throw SettingError(field: "objectives", expected: "a name", got: "an empty one")
        }
        guard tolerance >= 0, tolerance < 1 else {
            throw SettingError(
                field: "\(name).tolerance", expected: "a number from 0 to below 1",
                got: "\(tolerance)")
        }
    }

    /// `value` turned so that less is better; its own inverse.
    package func cost(_ value: Double) -> Double { direction == .minimize ? value : -value }
}
