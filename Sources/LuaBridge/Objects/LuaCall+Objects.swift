internal import CLua

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
