internal import CLua

extension LuaState {
    func takeTraceback(on thread: OpaquePointer) -> String? {
        guard (try? room(2, on: thread)) != nil else { return nil }
        clua_take_traceback(thread)
        defer { lua_settop(thread, -2) }
        return (try? string(at: -1, of: thread))?.description
    }

    /// The text of a value as `tostring` gives it; a value whose `__tostring` fails is named by its
    /// type.
    public func describe(_ value: LuaValue) -> String {
        let thread = current
        let top = lua_gettop(thread)
        defer { lua_settop(thread, top) }
        guard (try? room(6, on: thread)) != nil,
            (try? push(value.luaTree, on: thread)) != nil,
            clua_try_to_string(thread, -1) == LUA_OK,
            let text = try? string(at: -1, of: thread)
        else { return "(a \(value.typeName) that cannot be shown)" }
        return text.description
    }

    /// An uncaught error value in words: what `__tostring` says, else the fields of a table, else
    /// its type.
    func describeError(_ value: LuaValue, at thread: OpaquePointer) -> String {
        guard case .table(let table) = value, (try? table.hasMetatable) == false,
            let pairs = try? table.rawPairs()
        else { return describeWithoutAddress(value) }
        let fields = pairs.map { (key: describeKey($0.key), value: $0.value) }
            .sorted { isBefore($0.key, $1.key) }
        // Keys that read the same are ordered by their values.
        let last = fields.dropFirst(Self.shownFields - 1).first?.key
        let shown = fields.prefix { field in last.map { !isBefore($0, field.key) } ?? true }
            .map { "\($0.key) = \(describeWithoutAddress($0.value))" }
            .sorted(by: isBefore).prefix(Self.shownFields)
        let more = fields.count > shown.count ? ["…"] : []
        return "{ " + (shown + more).joined(separator: ", ") + " }"
    }

    /// The fields of an error table that a message shows: the first by the bytes of their names.
    private static let shownFields = 8

    private func describeKey(_ key: LuaValue) -> String {
        if case .string(let name) = key { return name.description }
        return "[\(describeWithoutAddress(key))]"
    }

    /// A value in words that are the same in every run: messages of errors become part of studies.
    private func describeWithoutAddress(_ value: LuaValue) -> String {
        let text = describe(value)
        if case .string = value { return text }
        // "table: 0x55d0c8a4b2a0", "file (0x7f2b6d1c25c0)".
        let isInParentheses = text.utf8.last == UInt8(ascii: ")")
        let address = text.utf8.dropLast(isInParentheses ? 1 : 0)
        let digits = address.reversed().prefix(while: isHexadecimal).count
        let opening = (isInParentheses ? " (0x" : ": 0x").utf8
        let rest = address.dropLast(digits)
        guard digits > 0, rest.reversed().starts(with: opening.reversed()) else { return text }
        return String(Substring(rest.dropLast(opening.count)))
    }

    private func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private func isBefore(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
