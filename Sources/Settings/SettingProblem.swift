/// Why a value cannot be that of a setting.
package struct SettingProblem: Error, Hashable, Sendable {
    /// Which part of the value is wrong: `[2]` of an array; empty where all of it is.
    package var part = ""
    /// What may stand there, as a noun.
    package var expected: String
    /// What stands there.
    package var got: String

    /// A problem of all of the value.
    package init(expected: String, got: String) {
        self.expected = expected
        self.got = got
    }

    /// The same problem, of element `position` of an array.
    func ofElement(_ position: Int) -> SettingProblem {
        var problem = self
        problem.part = "[\(position)]\(part)"
        return problem
    }
}
