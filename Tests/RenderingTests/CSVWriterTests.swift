import Rendering
import Testing

@Suite struct CSVWriterTests {
    @Test(arguments: [
        (Cell.text("plain"), "plain"), (.text("a,b"), "\"a,b\""),
        (.text("say \"hi\""), "\"say \"\"hi\"\"\""), (.text("two\nlines"), "\"two\nlines\""),
        (.text("carriage\rreturn"), "\"carriage\rreturn\""), (.text("\r\n"), "\"\r\n\""),
        // A quote with a combining mark is one character and still a quote.
        (.text("\"\u{301}"), "\"\"\"\u{301}\""), (.text(" spaces "), " spaces "),
        (.text("naïve 日本"), "naïve 日本"), (.integer(.max), "9223372036854775807"),
        (.integer(.min), "-9223372036854775808"), (.number(0.1), "0.1"),
        (.number(1e-6), "1e-06"), (.number(.nan), "nan"), (.number(-.infinity), "-inf"),
        (.flag(true), "true"), (.empty, ""),
    ])
    func fields(cell: Cell, field: String) {
        var writer = CSVWriter(header: ["a", "b"])
        writer.append([cell, .integer(1)])
        #expect(writer.text == "a,b\r\n\(field),1\r\n")
    }

    @Test func aLoneEmptyFieldIsNoEmptyLine() {
        var writer = CSVWriter(header: ["a"])
        writer.append([.empty])
        writer.append([.text("")])
        #expect(writer.text == "a\r\n\"\"\r\n\"\"\r\n")
    }
}
