/// Options that are given by name, each declared as a ``Setting``.
package protocol SettingOptions: Sendable {
    /// The defaults.
    init()
    /// The declarations, in the order of the reference.
    static var settings: [Setting<Self>] { get }
}

extension SettingOptions {
    /// Replaces what was not given by what other options have.
    ///
    /// A setting without a default stays as it is.
    ///
    /// - Parameter isGiven: whether a setting was given.
    package mutating func fill(from other: Self, unless isGiven: (Setting<Self>) -> Bool) {
        for setting in Self.settings where !isGiven(setting) {
            setting.take(from: other, into: &self)
        }
    }

    /// What the first setting with an impossible value is called, and what is wrong with it; nil
    /// where all are possible.
    package var problem: (field: String, problem: SettingProblem)? {
        for setting in Self.settings {
            if let problem = setting.problem(in: self) {
                return (setting.key + problem.part, problem)
            }
        }
        return nil
    }
}
