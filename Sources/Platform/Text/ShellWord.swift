/// A word as a shell takes it.
package enum ShellWord {
    /// `word` itself where it is plain, else between single quotes.
    package static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy {
                $0 >= 0x80 || (0x30...0x39).contains($0) || (0x41...0x5a).contains($0)
                    || (0x61...0x7a).contains($0) || "/._-=:,+@%".utf8.contains($0)
            }
        return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
