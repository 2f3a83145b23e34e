/// A Lua string: any bytes, kept as they are.
public struct LuaString: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The text, or nil where the bytes are not valid UTF-8.
    public var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The text with what is not UTF-8 replaced, to show to a person.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
