import Foundation
import Rendering
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        (JSONValue.null, "null"), (.flag(false), "false"), (.integer(.max), "9223372036854775807"),
        (.integer(9_007_199_254_740_993), "9007199254740993"), (.number(0.1), "0.1"),
        (.number(.nan), "null"), (.number(.infinity), "null"), (.number(1e-6), "1e-06"),
        (.string("a\"b\\c/\n\t\u{1}é\u{2028}"), "\"a\\\"b\\\\c/\\n\\t\\u0001é\u{2028}\""),
        (.string("\"\u{301}"), "\"\\\"\u{301}\""),
        (.array([]), "[]"), (.object([]), "{}"),
        (
            .object([.init("b", .integer(1)), .init("a", .array([.null, .flag(true)]))]),
            "{\"b\":1,\"a\":[null,true]}"
        ),
    ])
    func text(value: JSONValue, text: String) {
        #expect(value.serialized() == text)
    }

    @Test func indentsForPeople() {
        let value = JSONValue.object([
            .init("a", .array([.integer(1), .integer(2)])), .init("b", .object([])),
        ])
        #expect(
            value.serialized(isIndented: true) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {}
                }
                """)
    }

    @Test func cannotCloseAScriptElement() {
        let text = JSONValue.string("</script><!--").serialized(isSafeInHTML: true)
        #expect(text == "\"\\u003c/script>\\u003c!--\"")
    }

    @Test func anotherReaderReadsItBack() throws {
        let value = JSONValue.object([
            .init("text", .string("\u{0}\u{1f}\"\\\r\n 日本 👩‍👩‍👧")),
            .init("tiny", .number(.leastNonzeroMagnitude)),
            .init("large", .number(1.7976931348623157e308)),
        ])
        for isIndented in [false, true] {
            let text = value.serialized(isIndented: isIndented)
            let read = try #require(
                JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(read["text"] as? String == "\u{0}\u{1f}\"\\\r\n 日本 👩‍👩‍👧")
            #expect(read["tiny"] as? Double == Double.leastNonzeroMagnitude)
            #expect(read["large"] as? Double == 1.7976931348623157e308)
        }
    }
}
