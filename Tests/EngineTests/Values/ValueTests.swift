import Engine
import Testing

@Suite("Values")
struct ValueTests {
    static let values: [Value] = [
        .boolean(true), .boolean(false), .integer(0), .integer(1), .integer((1 << 53) + 1),
        .integer(.min), .integer(.max), .real(1), .real(0.1), .real(-0.0),
        .real(.leastNonzeroMagnitude),
        .real(1.7976931348623157e308), .real(.nan), .real(.infinity), .real(-.infinity),
        .string(""), .string("a\u{0}b"), .string("größe"), .bytes([0xff, 0, 0x80]),
        .list([.integer(1), .real(1)]), .map(["b": .integer(1), "a": .list([])]),
        .opaque("function 1"),
    ]

    @Test("survives JSON", arguments: values)
    func coding(value: Value) throws {
        #expect(try JSON(parsing: JSON(value).written).value() == value)
    }

    @Test("different values are different, the coded ones too")
    func identity() {
        let coded = Self.values.map { JSON($0).written }
        // -0.0 equals no other here; 0 is an integer.
        #expect(Set(coded).count == Self.values.count)
        #expect(Set(Self.values).count == Self.values.count)
    }

    @Test("NaN equals NaN and 0 equals -0, so that sets find them")
    func equality() {
        #expect(Value.real(.nan) == .real(-.nan))
        #expect(Set([Value.real(0), .real(-0.0)]).count == 1)
        #expect(Value.integer(1) != .real(1))
    }

    @Test(
        "prints as a person reads it",
        arguments: [
            (Value.integer(3), "3"), (.real(0.5), "0.5"), (.real(1e-6), "1e-06"),
            (.string("adam"), "adam"), (.bytes([0x61, 0xff, 0x05]), "a\\xff\\x05"),
            (.list([.integer(1), .boolean(true)]), "{1, true}"),
            (.map(["b": .integer(2), "a": .integer(1)]), "{a = 1, b = 2}"),
        ])
    func description(value: Value, text: String) { #expect(value.description == text) }

    @Test("a number is an integer when it is one exactly")
    func integers() {
        #expect(Number.real(3).integer == 3)
        #expect(Number.real(3.5).integer == nil)
        #expect(Number.real(.nan).integer == nil)
        #expect(Number.real(0x1p63).integer == nil)
        #expect(Number.integer(.max).integer == .max)
    }
}
