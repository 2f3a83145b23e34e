package import Engine
package import Rendering

extension JSONValue {
    /// A resource: an integer where it is whole.
    init(_ resource: Resource) {
        self = resource.isWhole ? .integer(Int64(resource.whole)) : .number(resource.double)
    }

    /// An integer, exactly.
    init(_ integer: Int) { self = .integer(Int64(integer)) }

    /// A value of a parameter or of a metric. What JSON has no value for is its text; NaN and the
    /// infinities are null.
    package init(_ value: Value) {
        switch value {
        case .boolean(let flag): self = .flag(flag)
        case .integer(let integer): self.init(integer)
        case .real(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .list(let values): self = .array(values.map { JSONValue($0) })
        case .map(let fields):
            self = .object(
                fields.sorted { $0.key < $1.key }.map { .init($0.key.text, JSONValue($0.value)) })
        case .bytes, .opaque: self = .string(value.description)
        }
    }

    /// A text, or null.
    init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}
