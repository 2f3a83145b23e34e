internal import CLua

extension LuaState {
    /// The types that were defined, by name.
    package var definedTypes: [LuaTypeSummary] {
        types.values.map {
            LuaTypeSummary(name: $0.name, methods: $0.methods, properties: $0.properties)
        }.sorted { $0.name < $1.name }
    }

    func object(at index: Int32, of thread: OpaquePointer) throws -> LuaValue {
        let reference = try reference(to: index, of: thread)
        guard let userdata = clua_to_object(thread, index) else {
            return .object(LuaObject(reference: reference, object: nil, typeName: "userdata"))
        }
        let name = types.values.first { $0.tag == userdata.pointee.type }?.name
        let object = userdata.pointee.object.map {
            Unmanaged<AnyObject>.fromOpaque($0).takeUnretainedValue()
        }
        return .object(
            LuaObject(reference: reference, object: object, typeName: name ?? "userdata"))
    }

    /// Pushes a new userdata that holds `object`.
    func push<Object: AnyObject>(object: Object, on thread: OpaquePointer) throws {
        guard let record = types[ObjectIdentifier(Object.self)] else {
            preconditionFailure("\(Object.self) was handed to Lua before its type was defined")
        }
        try room(4, on: thread)
        let retained = Unmanaged.passRetained(object as AnyObject)
        let status = clua_try_push_object(
            thread, record.tag, retained.toOpaque(), record.metatable)
        if status != LUA_OK { retained.release() }
        try check(status, on: thread)
    }

    /// A new userdata that holds `object`, whose type was defined with `define`.
    public func object<Object: AnyObject>(_ object: Object) throws -> LuaObject {
        try push(object: object, on: current)
        let record = types[ObjectIdentifier(Object.self)]!
        let reference = try LuaReference(popping: current, of: self)
        return LuaObject(reference: reference, object: object, typeName: record.name)
    }
}
