import Engine
import Testing

/// The text in which events are kept.
@Suite("JSON of events")
struct JSONTests {
    @Test(
        "what is written is read again",
        arguments: [
            .null, .boolean(false), .integer(.min), .integer((1 << 53) + 1), .real(0.1),
            .real(-1e300), .real(Double.leastNonzeroMagnitude), .text(""),
            .text("a\"\\\n\r\t\u{1}\u{7f}ü🙂"), .array([]),
            .object([:]),
            .object(["b": .array([.integer(1), .null]), "a": .object(["": .text("x")])]),
        ] as [JSON])
    func roundTrip(value: JSON) throws {
        #expect(try JSON(parsing: value.written) == value)
    }

    @Test("the same value is the same text, names in the order of their bytes")
    func stable() {
        let value = JSON.object(["b": .integer(1), "a": .real(2), "ä": .boolean(true), "B": .null])
        #expect(value.written == #"{"B":null,"a":2,"b":1,"ä":true}"#)
    }

    @Test("numbers that JSON does not have are texts")
    func notFinite() throws {
        for (value, text) in [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")] {
            let json = JSON(Value.real(value))
            #expect(json.written == #"{"real":"\#(text)"}"#)
            #expect(try JSON(parsing: json.written).value() == .real(value))
        }
    }

    @Test("escapes of other writers are read")
    func escapes() throws {
        #expect(
            try JSON(parsing: #" [ "\u00e4\/\ud83d\ude42\b\f" , -0.5E+1 ] "#)
                == .array([.text("ä/🙂\u{8}\u{c}"), .real(-5)]))
    }

    @Test(
        "numbers of any length are what they say",
        arguments: [
            ("0", .integer(0)), ("-0", .integer(0)), ("7", .integer(7)), ("-12", .integer(-12)),
            ("999999999999999999", .integer(999_999_999_999_999_999)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("1.5", .real(1.5)),
            ("12e2", .real(1200)), ("-0.0", .real(0)), ("1e-3", .real(0.001)),
        ] as [(String, JSON)])
    func numbers(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
        #expect(try JSON(parsing: "[\(text),\(text) ]") == .array([value, value]))
    }

    @Test("a text may have escapes at its ends, and none")
    func placesOfEscapes() throws {
        let texts = [#""\n""#, #""\na""#, #""a\n""#, #""a\nb\tc""#, #""ä""#, #""""#]
        let values = ["\n", "\na", "a\n", "a\nb\tc", "ä", ""]
        for (text, value) in zip(texts, values) {
            #expect(try JSON(parsing: text) == .text(value))
        }
        for bytes in [[0x22, 0xff, 0x22], [0x22, 0x5c, 0x6e, 0xff, 0x22]] as [[UInt8]] {
            #expect(throws: (any Error).self) {
                try bytes.withUnsafeBufferPointer { try JSON(parsing: $0) }
            }
        }
    }

    @Test(
        "what is no JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\" 1}", "\"", "\"\\x\"", "\"\\ud83d\"", "\"\\ud83d\\uffff\"",
            "01x",
            "nul", "1 2", "{1:2}", "\"\u{1}\"", "1e999", "-", "[1 2]", "1-", "--1", "1.e.1",
        ])
    func refused(text: String) {
        #expect(throws: (any Error).self) { try JSON(parsing: text) }
    }

    @Test("nesting that could exhaust the stack is refused")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSON(parsing: nested(150))
        #expect(throws: (any Error).self) { try JSON(parsing: nested(1_000_000)) }
    }

    @Test("no change of a byte of an event's line crashes")
    func mutations() throws {
        let line = EventLine(.created(try oneObjectiveStudy())).text
        for place in line.utf8.indices {
            for byte in [UInt8(ascii: "0"), UInt8(ascii: "\""), UInt8(ascii: "}"), 0xff, 0] {
                var bytes = Array(line.utf8)
                bytes[line.utf8.distance(from: line.startIndex, to: place)] = byte
                _ = try? EventLine.event(String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
