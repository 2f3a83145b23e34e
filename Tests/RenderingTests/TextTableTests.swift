import Rendering
import Testing

@Suite struct TextTableTests {
    @Test func alignsNumbersOnTheirPoints() {
        let table = TextTable(
            header: ["trial", "test_score", "seconds", "activation"],
            rows: [
                [.integer(3), .number(0.9652), .number(0.0511), .text("relu")],
                [.integer(12), .number(0.941), .number(0.1), .text("tanh")],
            ])
        #expect(
            table.rendered() == """
                trial  test_score  seconds  activation
                -----  ----------  -------  ----------
                    3      0.9652   0.0511  relu
                   12      0.941    0.1     tanh

                """)
    }

    @Test func numbersOfVeryDifferentSizeStandOnTheirPointsToo() {
        let table = TextTable(
            header: ["alpha"],
            rows: [
                [.number(1e-6)], [.number(-0.0123456)], [.integer(12)], [.number(.nan)], [.empty],
            ])
        #expect(
            table.rendered() == """
                     alpha
                ----------
                 1e-06
                -0.0123456
                12
                       nan


                """)
    }

    @Test func wholeNumbersHaveNoPoint() {
        let table = TextTable(header: ["n"], rows: [[.number(3)], [.number(1200)]])
        #expect(table.rendered() == "   n\n----\n   3\n1200\n")
    }

    @Test func widthIsThatOnTheScreen() {
        let table = TextTable(
            header: ["k", "v"],
            rows: [
                [.text("日本"), .integer(1)], [.text("e\u{301}"), .integer(2)],
                [.text("👩‍👩‍👧"), .integer(3)],
            ])
        #expect(
            table.rendered() == """
                k     v
                ----  -
                日本  1
                e\u{301}     2
                👩‍👩‍👧    3

                """)
    }

    @Test func whatATerminalWouldObeyIsShown() {
        let table = TextTable(header: ["a\nb"], rows: [[.text("\u{1b}[31mred\u{7}")]])
        #expect(
            table.rendered() == #"""
                a\nb
                -------------------
                \u{1B}[31mred\u{07}

                """#)
    }

    @Test func mixedColumnsStayToTheLeft() {
        let table = TextTable(
            header: ["best", "ok"],
            rows: [[.text("x"), .flag(true)], [.integer(10), .flag(false)]])
        #expect(table.rendered() == "best  ok\n----  -----\nx     true\n10    false\n")
    }

    @Test func noRowsAndNoColumns() {
        #expect(TextTable(header: ["a"], rows: []).rendered() == "a\n-\n")
        #expect(TextTable(header: [], rows: []).rendered() == "\n\n")
    }

    @Test func onlyStyledTablesHaveEscapeSequences() {
        let table = TextTable(header: ["a"], rows: [[.integer(1)]])
        #expect(table.rendered(isStyled: true) == "\u{1b}[1ma\u{1b}[0m\n-\n1\n")
        #expect(!table.rendered().contains("\u{1b}"))
    }
}
