internal import Platform

/// A Lua string: any bytes, kept as they are.
public struct LuaString: Hashable, Sendable, CustomStringConvertible {
    /// The bytes, which need not be UTF-8.
    public let bytes: [UInt8]
    /// Pays for the copy of a long string for as long as that is held.
    private let charge: MemoryCharge?

    /// A string of these bytes.
    public init(bytes: [UInt8]) { self.init(bytes, charge: nil) }

    /// A string of the text's UTF-8.
    public init(_ text: String) { self.init(Array(text.utf8), charge: nil) }

    init(_ bytes: [UInt8], charge: MemoryCharge?) { (self.bytes, self.charge) = (bytes, charge) }

    /// The text, or nil where the bytes are not valid UTF-8.
    public var text: String? {
        // Nearly all texts are ASCII, and to look for that is several times faster than to validate.
        bytes.allSatisfy { $0 < 0x80 }
            ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }

    /// The text with what is not UTF-8 replaced, to show to a person.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    public static func == (one: LuaString, other: LuaString) -> Bool { one.bytes == other.bytes }

    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
