import Platform
import Testing

@Suite struct LineSplitterTests {
    private func parts(of text: String, in sizes: Int, limit: Int = 100) -> [LineSplitter.Part] {
        var splitter = LineSplitter(limit: limit)
        var parts: [LineSplitter.Part] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: sizes) {
            bytes[start..<min(start + sizes, bytes.count)].withUnsafeBytes {
                splitter.add($0) { parts.append($0) }
            }
        }
        if let last = splitter.finish() { parts.append(last) }
        return parts
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func linesComeWhole(size: Int) {
        let lines = parts(of: "one\n\ntwo three\nrest", in: size)
        #expect(lines == ["one", "", "two three", "rest"].map { .line(Array($0.utf8)) })
    }

    @Test(arguments: [1, 4, 1000])
    func aLongLineComesInPieces(size: Int) {
        let text = String(repeating: "x", count: 50)
        let all = parts(of: "a\n\(text)\nb\n", in: size, limit: 10)
        #expect(all.first == .line(Array("a".utf8)))
        #expect(all.last == .line(Array("b".utf8)))
        let pieces = all.flatMap { part -> [UInt8] in
            if case .piece(let bytes) = part { bytes } else { [] }
        }
        #expect(String(decoding: pieces, as: UTF8.self) == text + "\n")
    }

    /// A line that is skimmed is given once, in one way or the other.
    @Test(arguments: [1, 3, 5, 8, 100])
    func linesAreSkimmed(size: Int) {
        let bytes = Array("ab\ncde\n\n\(String(repeating: "x", count: 20))\nf\n-g\nrest".utf8)
        var splitter = LineSplitter(limit: 10)
        var (skimmed, all): ([UInt8], [UInt8]) = ([], [])
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { piece in
                splitter.add(
                    piece,
                    skimming: { line in
                        guard line.first != UInt8(ascii: "-") else { return false }
                        skimmed += line
                        all += line
                        return true
                    }
                ) { part in
                    switch part {
                    case .line(let line): all += line + [UInt8(ascii: "\n")]
                    case .piece(let piece): all += piece
                    }
                }
            }
        }
        if case .line(let last)? = splitter.finish() { all += last }
        #expect(all == bytes)
        #expect(size < 100 || skimmed == Array("ab\ncde\n\nf\n".utf8))
    }
}
