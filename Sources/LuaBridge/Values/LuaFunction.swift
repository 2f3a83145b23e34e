/// A function of the script's, by reference.
public struct LuaFunction {
    let reference: LuaReference

    init(_ reference: LuaReference) { self.reference = reference }
}
