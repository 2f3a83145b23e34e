/// A name compared, hashed and ordered byte by byte.
///
/// `String` takes canonically equivalent texts for equal: `é` of one scalar and `é` of two. To Lua,
/// SQLite and the file system they are two names, so wherever a name decides (as a key, in a
/// comparison) it is a `Name`.
///
/// ```swift
/// "\u{e9}" == "e\u{301}"                          // true
/// Name("\u{e9}") == Name("e\u{301}")              // false
/// ```
public struct Name: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name as text.
    public let text: String

    /// The name of these bytes.
    public init(_ text: String) { self.text = text }

    public static func == (left: Name, right: Name) -> Bool {
        // Counting is O(1), and comparing buffers many times faster than comparing views.
        guard left.text.utf8.count == right.text.utf8.count else { return false }
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in
            right.withUTF8 { isEqual(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer($0)) }
        }
    }

    /// Whether two buffers of one length hold the same, eight bytes at a time.
    private static func isEqual(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
    ) -> Bool {
        guard left.baseAddress != right.baseAddress else { return true }
        var place = 0
        while place + 8 <= left.count {
            let a = left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard a == right.loadUnaligned(fromByteOffset: place, as: UInt64.self) else {
                return false
            }
            place += 8
        }
        return left[place...].elementsEqual(right[place...])
    }

    public static func < (left: Name, right: Name) -> Bool {
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in right.withUTF8 { left.lexicographicallyPrecedes($0) } }
    }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    public var description: String { text }
}

extension Name: ExpressibleByStringLiteral {
    /// The name of these bytes.
    public init(stringLiteral value: String) { self.init(value) }
}
