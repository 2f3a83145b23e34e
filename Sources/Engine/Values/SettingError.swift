internal import Settings

/// A setting that cannot be: names the field, what was expected and what was got.
///
/// Printed as `max_t: expected an integer of at least 1, got 0`.
public struct SettingError: Error, Equatable, CustomStringConvertible {
    /// The field as the user wrote it: a parameter's path, an option's name.
    public var field: String
    /// What may stand there, as a noun.
    public var expected: String
    /// What stood there.
    public var got: String

    /// An error that prints as `field: expected …, got …`.
    public init(field: String, expected: String, got: String) {
        self.field = field
        self.expected = expected
        self.got = got
    }

    public var description: String { "\(field): expected \(expected), got \(got)" }
}

extension SettingOptions {
    /// - Parameter prefix: what stands before the names in an error.
    /// - Throws: `SettingError` under the first name whose value cannot be.
    func check(under prefix: String = "") throws {
        guard let (field, problem) = problem else { return }
        throw SettingError(
            field: prefix + field, expected: problem.expected, got: problem.got)
    }
}
