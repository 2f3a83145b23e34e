internal import Settings

extension SettingKind where Value == Resource {
    /// A resource above 0, whole or not: which it may be depends on the `resolution`, which the owner
    /// checks.
    ///
    /// - Parameters:
    ///   - expected: what a message says may stand there.
    ///   - most: the greatest possible, which a message names only where a value is beyond it.
    static func resource(
        expected: String = "an integer of at least 1", atMost most: Resource = .unlimited
    ) -> SettingKind {
        let range = most == .unlimited ? expected : "an integer from 1 to \(most)"
        return SettingKind(
            type: "number > 0", text: { "\($0)" },
            problem: { value in
                value > 0 && value <= most
                    ? nil : SettingProblem(expected: range, got: "\(value)")
            },
            read: { given in
                guard let value = given.asResource, value > 0 else {
                    return .failure(SettingProblem(expected: expected, got: given.shown))
                }
                return value <= most
                    ? .success(value)
                    : .failure(SettingProblem(expected: range, got: given.shown))
            })
    }
}

extension SettingKind where Value == [Resource] {
    /// An array of resources, which the owner checks.
    ///
    /// - Parameter type: what a reference says of values.
    static func resources(_ type: String) -> SettingKind {
        .array(
            of: SettingKind<Resource>(
                type: "number", text: { "\($0)" },
                read: { given in
                    given.asResource.map { .success($0) }
                        ?? .failure(SettingProblem(expected: "an integer", got: given.shown))
                }),
            type: type)
    }
}

extension PlainValue {
    /// The resource that this is; nil where it is no finite number.
    fileprivate var asResource: Resource? {
        asInteger.map { Resource($0) } ?? asNumber.flatMap { Resource($0) }
    }
}
