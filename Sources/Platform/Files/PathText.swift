/// Paths as the system sees them: bytes, in which a slash is a slash whatever follows it.
///
/// Swift compares Characters, and "/" followed by a combining accent is another Character than "/". The
/// kernel sees the slash.
package enum PathText {
    /// The names in a path, without the empty ones and without ".".
    package static func names(_ path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
            .filter { !isSame($0, ".") }
    }

    /// The folder and the name in it: "a/b" is "b" in "a", "b" is "b" in ".", "/b" is "b" in "/".
    ///
    /// Slashes at the end do not count. The name is empty for "/" and for "".
    package static func split(_ path: String) -> (folder: String, name: String) {
        var bytes = Substring(path).utf8
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
            return (".", String(Substring(bytes)))
        }
        let folder = String(Substring(bytes[..<slash]))
        return (
            folder.isEmpty ? "/" : folder,
            String(Substring(bytes[bytes.index(after: slash)...]))
        )
    }

    /// A name as a file may have it: nothing that leads elsewhere, is hidden or cannot be typed.
    ///
    /// - Parameter standard: what an empty name becomes.
    package static func fileName(_ name: String, otherwise standard: String) -> String {
        let plain = name.unicodeScalars.map { scalar -> Character in
            scalar.value < 0x20 || scalar.value == 0x7f || "/\\:".unicodeScalars.contains(scalar)
                ? "_" : Character(scalar)
        }
        var text = String(plain)
        while text.utf8.count > 200 { text.removeLast() }
        // By its first byte, as the system decides what is hidden.
        if text.utf8.first == UInt8(ascii: ".") {
            text = "_" + String(text.unicodeScalars.dropFirst())
        }
        return text.isEmpty ? standard : text
    }

    /// Whether two names are the same to the system; "é" has two spellings that Swift takes for one.
    package static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }

    /// Whether a path begins with these bytes.
    package static func hasPrefix(_ path: String, _ prefix: String) -> Bool {
        path.utf8.starts(with: prefix.utf8)
    }

    /// Whether a path ends with these bytes.
    package static func hasSuffix(_ path: String, _ suffix: String) -> Bool {
        path.utf8.reversed().starts(with: suffix.utf8.reversed())
    }

    /// A path with `ending` in place of `suffix`; behind it where the path does not end so.
    package static func replacing(
        suffix: String, of path: String, with ending: String
    ) -> String {
        let stem = hasSuffix(path, suffix) ? String(path.dropLast(suffix.count)) : path
        return stem + ending
    }

    /// Whether a path holds this ASCII character.
    package static func contains(_ path: String, _ character: Unicode.Scalar) -> Bool {
        path.utf8.contains(UInt8(ascii: character))
    }

    /// The path without links and "..", nil for one that leads nowhere.
    package static func resolved(_ path: String) -> String? {
        guard !path.isEmpty, let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
