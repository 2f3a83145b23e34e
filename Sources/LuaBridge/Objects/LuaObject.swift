internal import CLua

/// A userdata, by reference: a Swift object handed to Lua, or a C library's own.
public struct LuaObject {
    let reference: LuaReference
    /// The Swift object, nil for a closed one and for a C library's userdata.
    public let object: AnyObject?
    /// The name that its type was defined under.
    public let typeName: String
}

/// What a state knows of one type of object.
///
/// The address of `tag` tells the type; it is compared and never read. The metatable is kept by its
/// slot and not by a `LuaReference`, which would keep the state alive.
struct LuaTypeRecord {
    let name: String
    let tag: UnsafeMutableRawPointer
    var metatable: Int32 = 0
    var methods: [String] = []
    var properties: [String] = []

    init(name: String) {
        self.name = name
        tag = .allocate(byteCount: 1, alignment: 1)
    }

    func deallocate() { tag.deallocate() }
}

/// What scripts can name of a type's objects: for tests that hold documentation to it.
package struct LuaTypeSummary: Sendable {
    /// The name that the type was defined under.
    package let name: String
    /// The names of its methods, sorted.
    package let methods: [String]
    /// The names of its properties, sorted.
    package let properties: [String]
}

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

extension LuaCall {
    /// Argument `position` as an object of the given type, told by size, magic number and type.
    public func object<Object: AnyObject>(
        _ position: Int, as type: Object.Type = Object.self
    ) throws -> Object {
        guard let record = state.types[ObjectIdentifier(type)] else {
            throw unexpected("\(type)", position)
        }
        return try object(position, as: type, record)
    }

    /// As above, for who has looked the type up.
    @inline(__always)
    func object<Object: AnyObject>(
        _ position: Int, as type: Object.Type, _ record: LuaTypeRecord
    ) throws -> Object {
        guard let userdata = clua_to_object(thread, Int32(position)),
            userdata.pointee.type == UnsafeRawPointer(record.tag)
        else { throw unexpected(record.name, position) }
        guard let object = userdata.pointee.object else {
            throw LuaError("a closed \(record.name)", at: .argument(position))
        }
        return unsafeDowncast(
            Unmanaged<AnyObject>.fromOpaque(object).takeUnretainedValue(), to: type)
    }

    /// Answers with a new userdata that holds `object`.
    public func `return`<Object: AnyObject>(object: Object) throws -> LuaAnswer {
        try state.push(object: object, on: thread)
        return .values(1)
    }
}
