/// A userdata, by reference: a Swift object handed to Lua, or a C library's own.
public struct LuaObject {
    let reference: LuaReference
    /// The Swift object, nil for a closed one and for a C library's userdata.
    public let object: AnyObject?
    /// The name that its type was defined under.
    public let typeName: String
}
