internal import CLua

/// A line of a script.
public struct LuaPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file, or what stands for it.
    public let chunk: String
    /// The line, from 1 on.
    public let line: Int
    public var description: String { "\(chunk):\(line)" }
}

extension LuaCall {
    /// File and line of the script that made the call.
    public func place() -> LuaPlace? {
        var place = clua_place()
        guard (try? state.room(4, on: thread)) != nil,
            clua_try_where(thread, 1, &place) == LUA_OK, place.line > 0
        else { return nil }
        let chunk = withUnsafeBytes(of: place.chunk) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return LuaPlace(chunk: chunk, line: Int(place.line))
    }
}
