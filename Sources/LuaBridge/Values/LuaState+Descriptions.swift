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
        else { return describe(value) }
        let shown = pairs.prefix(8).map { pair in
            let key =
                if case .string(let name) = pair.key { name.description } else {
                    "[\(describe(pair.key))]"
                }
            return "\(key) = \(describe(pair.value))"
        }
        return "{ " + (shown.sorted() + (pairs.count > 8 ? ["…"] : [])).joined(separator: ", ")
            + " }"
    }
}
