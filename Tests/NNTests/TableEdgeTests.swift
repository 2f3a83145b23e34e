import Foundation
import NN
import Testing

/// The loop over the bytes of a table works on blocks of 8, 32 and 64 bytes, has a careful way near the
/// end of the file, and leaves to the reader of cells what is not plain: all agree wherever a cell lies.
@Suite struct TableEdgeTests {
    private func read(
        _ text: String, _ change: (inout CSVOptions) -> Void = { _ in }
    ) throws -> Dataset {
        var options = CSVOptions(label: "y")
        change(&options)
        return try withFile(Array(text.utf8)) { try Dataset(csv: $0, options) }
    }

    // MARK: - Numbers

    /// A number of any form, from a fixed seed.
    private func number(_ random: inout RandomGenerator) -> String {
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(random.below(10)) }.joined()
        }
        let sign = ["", "", "-", "+"][Int(random.below(4))]
        let whole = digits(Int(random.below(random.below(4) == 0 ? 22 : 9)))
        let fraction = digits(Int(random.below(random.below(4) == 0 ? 26 : 10)))
        // An integer of more digits would be a text or an exact integer as a label.
        var text = random.below(4) > 0 ? "\(whole).\(fraction)" : String(whole.prefix(15))
        if text.isEmpty || text == "." { text = "0" }
        if random.below(4) == 0 {
            let power = Int(random.below(45)) - 30
            text +=
                ["e", "E"][Int(random.below(2))] + (power > 0 && random.below(2) == 0 ? "+" : "")
            text += "\(power)"
        }
        return sign + text
    }

    /// The value as the C library reads it, in a column of features and as a label.
    @Test(arguments: 1...3) func numbersAreThoseOfTheCLibrary(_ seed: UInt64) throws {
        var random = RandomGenerator(seed: seed)
        let texts = (0..<4000).map { _ in number(&random) }
        let data = try read("x,z,y\n" + texts.map { "\($0), \($0)\t,\($0)\n" }.joined())
        for (row, text) in texts.enumerated() {
            let value = strtod(text, nil)
            #expect(
                data.features(at: row).map(\.bitPattern)
                    == [value, value].map { Float($0).bitPattern }, "\(text)")
            #expect(data.label(at: row) == .real(value), "\(text)")
        }
    }

    /// The last bytes of a file are read one by one, those before in words.
    @Test func numbersAtTheEndAreTheSame() throws {
        var random = RandomGenerator(seed: 11)
        for _ in 0..<300 {
            let text = number(&random)
            let data = try read("y,x\na,\(text)\nb,\(text)") { $0.label = .number(1) }
            let value = Float(strtod(text, nil)).bitPattern
            #expect(data.features(at: 0)[0].bitPattern == value, "\(text)")
            #expect(data.features(at: 1)[0].bitPattern == value, "\(text)")
        }
    }

    /// Every count of digits before and behind the point, in words and byte by byte.
    @Test func everyLengthOfANumberIsRead() throws {
        var texts: [String] = []
        for whole in 0...21 {
            for fraction in 0...21 where whole + fraction > 0 {
                let digits = String(
                    "9182736450918273645091827364509182736450918".prefix(whole + fraction))
                texts.append("\(digits.prefix(whole)).\(digits.dropFirst(whole))")
                texts.append("-\(digits.prefix(whole)).\(digits.dropFirst(whole))e-3")
            }
        }
        let data = try read("x,y\n" + texts.map { "\($0),1\n" }.joined())
        for (row, text) in texts.enumerated() {
            let value = Float(strtod(text, nil))
            #expect(data.features(at: row)[0].bitPattern == value.bitPattern, "\(text)")
        }
    }

    @Test func groupsOfThousandsAreRead() throws {
        var random = RandomGenerator(seed: 5)
        let values = (0..<500).map { _ in
            Int64(random.next() >> 1) / Int64(pow(10, Double(random.below(19))))
        }
        let texts = values.map { value -> String in
            var rest = Substring("\(value)")
            var groups: [Substring] = []
            while rest.count > 3 {
                groups.insert(rest.suffix(3), at: 0)
                rest = rest.dropLast(3)
            }
            return ([rest] + groups).joined(separator: ",")
        }
        let rows = texts.map { "\($0);-\($0).25;\"\($0).5e2\";1\n" }.joined()
        let data = try read("a;b;c;y\n" + rows) {
            ($0.format.separator, $0.format.thousands) = (";", ",")
        }
        for (row, value) in values.enumerated() {
            let expected = ["\(value)", "-\(value).25", "\(value).5e2"].map { (text: String) in
                Float(strtod(text, nil))
            }
            #expect(data.features(at: row) == expected, "\(texts[row])")
        }
    }

    // MARK: - Blocks

    /// What is passed over, read as text and read as a number, behind a cell of every length.
    @Test(arguments: ["\n", "\r\n", "\r"]) func cellsMayLieAnywhereInABlock(_ end: String) throws {
        for isQuoted in [false, true] {
            let quote = isQuoted ? "\"" : ""
            let rows = (0..<200).map { length in
                let filler = String(repeating: "x", count: length)
                let note = isQuoted ? "\"\(filler),\"\"\(length)\"" : filler
                return "\(note),,n\(filler),\"s,\",\(quote)\(length).5\(quote),"
                    + "\(quote)t\(length % 7)\(filler.prefix(length % 20))\(quote),,z\"z,\(length % 3)"
            }
            let text = "n,a,b,c,x,t,d,e,y\(end)" + rows.joined(separator: end)
            let data = try read(text) {
                $0.columns = .only(["x", "t"])
                $0.oneHot = .text
            }
            #expect(data.rows == 200)
            for row in 0..<200 {
                let features = data.features(at: row)
                #expect(features[0] == Float(row) + 0.5)
                let name = "t=t\(row % 7)" + String(repeating: "x", count: min(row, row % 20))
                let place = try #require(data.featureNames.firstIndex(of: name))
                #expect(features[place] == 1)
                #expect(features.dropFirst().reduce(0, +) == 1, "\(row)")
                #expect(data.label(at: row) == .integer(row % 3))
            }
        }
    }

    /// A row of the wrong length is found wherever its columns are passed over.
    @Test func rowsOfAnotherLengthAreRefused() throws {
        for columns in [3, 40, 200] {
            let names = (1..<columns).map { "c\($0)" } + ["y"]
            let row = (1..<columns).map { _ in "1" } + ["0"]
            for cells in [columns - 1, columns + 1, columns - 2, columns + 70] where cells > 0 {
                for chosen in [1, columns - 1] {
                    let wrong = (0..<cells).map { _ in "1" }
                    let lines = [names, row, wrong, row].map { $0.joined(separator: ",") }
                    let error = try #require(throws: DatasetError.self) {
                        try read(lines.joined(separator: "\n")) {
                            $0.columns = .only([.number(chosen)])
                        }
                    }
                    #expect(
                        "\(error)".contains(":3: expected \(columns) cells, got \(cells)"),
                        "\(error)")
                }
            }
        }
    }

    /// The one byte that is no UTF-8 makes all of a file ISO 8859-1, wherever it is.
    @Test func everyByteDecidesTheEncoding() throws {
        for length in 0..<140 {
            let filler = [UInt8](repeating: 0x78, count: length)
            for letter in [[0xE9], [0xC3, 0xA9]] as [[UInt8]] {
                let file = Array("x,y\n1,".utf8) + filler + letter + Array("\n2,b\n".utf8)
                let data = try withFile(file) { try Dataset(csv: $0, label: "y") }
                let text = String(repeating: "x", count: length) + "\u{E9}"
                #expect(data.label(at: 0) == .string(text), "\(length), \(letter.count)")
            }
        }
    }

    // MARK: - Texts

    /// Texts of all lengths, of one start and of one end, quoted or not, with NUL at the end.
    @Test func textsAreToldApart() throws {
        var texts: [String] = []
        for length in 0...40 {
            let filler = String(repeating: "a", count: length)
            texts += ["\(filler)b", "b\(filler)", "\(filler)b\u{0}", "\(filler)b\u{0}\u{0}"]
        }
        texts = Array(Set(texts)).sorted()
        var random = RandomGenerator(seed: 2)
        let order = (0..<20_000).map { _ in Int(random.below(UInt64(texts.count))) }
        let rows = order.enumerated().map { row, text in
            row % 3 == 0 ? "1,\"\(texts[text])\"\n" : "1,\(texts[text])\n"
        }
        let data = try read("x,y\n" + rows.joined())
        #expect(data.classes.count == texts.count)
        for (row, text) in order.enumerated() where row % 7 == 0 || row > 19_990 {
            #expect(data.label(at: row) == .string(texts[text]))
        }
    }

    @Test func manyTextsAreNumbered() throws {
        let rows = (0..<30_000).map { "\($0 % 10),k\($0 * 7919 % 30_011)\n" }
        let data = try read("x,y\n" + rows.joined() + rows.joined())
        #expect(data.rows == 60_000 && data.classes.count == 30_000)
        for row in stride(from: 0, to: 60_000, by: 997) {
            #expect(data.label(at: row) == .string("k\(row % 30_000 * 7919 % 30_011)"))
        }
    }

    // MARK: - Rows that are left out

    /// What a row has set before it is left out is not the next one's.
    @Test func aRowThatIsLeftOutLeavesNothing() throws {
        for y in ["0", "NA", ""] {
            let data = try read("a,b,c,y\nu,1,5,0\nu,2,,1\nv,,3,1\nw,3,4,\(y)\nv,4,6,1\n") {
                ($0.oneHot, $0.missing) = (.named(["a"]), .dropped)
            }
            let names = data.featureNames
            #expect(names == ["a=u", "a=v", "a=w", "b", "c"])
            let rows = (0..<data.rows).map { data.features(at: $0) }
            let kept: [[Float]] = [[1, 0, 0, 1, 5], [0, 1, 0, 4, 6]]
            #expect(rows == (y == "0" ? [kept[0], [0, 0, 1, 3, 4], kept[1]] : kept))
            #expect(data.label(at: data.rows - 1) == .integer(1))
        }
    }

    @Test func numbersToPredictAreReadAlike() throws {
        let data = try read("y,x\n1.5,1\n,2\n\"-2e3\",3\nnan,4\n 7 ,5\n") {
            ($0.regression, $0.missing) = (true, .dropped)
        }
        #expect((0..<data.rows).map { data.values(at: $0)[0] } == [1.5, -2000, 7])
        #expect((0..<data.rows).map { data.features(at: $0)[0] } == [1, 3, 5])
    }

    /// Means of a column are the same whatever stands beside it.
    @Test func meansAreThoseOfTheColumn() throws {
        var random = RandomGenerator(seed: 9)
        let values = (0..<999).map { _ in random.below(8) == 0 ? nil : Float(random.below(1000)) / 8
        }
        let rows = values.map { "\($0.map { "\($0)" } ?? ""),2,,q,0\n" }
        let data = try read("a,b,c,t,y\n" + rows.joined() + "1,3,7,q,1\n") {
            ($0.missing, $0.oneHot) = (.mean, .text)
        }
        let known = values.compactMap { $0 } + [1]
        let mean = Float(known.reduce(0.0) { $0 + Double($1) } / Double(known.count))
        for (row, value) in values.enumerated() {
            #expect(data.features(at: row) == [value ?? mean, 2, 7, 1])
        }
    }
}
