internal import CLua

extension LuaState {
    /// A Lua function that calls `body`, with any number of arguments. It lives as long as the state,
    /// so make one for each role and not one for each call.
    public func function(_ name: String, _ body: @escaping LuaNativeBody) throws -> LuaFunction {
        try function(name, taking: .any, body)
    }

    /// As above, for a function of so many parameters: a call with more arguments is an error.
    public func function(
        _ name: String, taking parameters: LuaParameters, _ body: @escaping LuaNativeBody
    ) throws -> LuaFunction {
        try function(
            NativeFunction(name: name, parameters: parameters, isMethod: false, body: body))
    }

    func function(_ native: NativeFunction) throws -> LuaFunction {
        try room(4, on: current)
        let pointer = Unmanaged.passUnretained(native).toOpaque()
        try check(clua_try_push_function(current, pointer), on: current)
        let reference = try LuaReference(popping: current, of: self)
        functions.append(native)
        return LuaFunction(reference)
    }
}
