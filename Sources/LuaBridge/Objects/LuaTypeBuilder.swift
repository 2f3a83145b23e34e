internal import CLua

/// Gathers what Lua can do with objects of one Swift class.
///
/// ```swift
/// try lua.define(Counter.self, name: "Counter") { type in
///     type.method("add", taking: ["amount"]) { counter, call in
///         counter.total += try call.integer(2)
///         return try call.return()
///     }
///     type.property("total") { counter in .integer(counter.total) }
///     type.metamethod("__tostring") { counter, call in try call.return("\(counter.total)") }
/// }
/// ```
public final class LuaTypeBuilder<Object: AnyObject> {
    /// A struct, since a function in a tuple would be called through two thunks.
    fileprivate struct Member {
        let name: String
        var parameters = LuaParameters.any
        let body: LuaNativeBody
    }

    fileprivate var methods: [Member] = []
    fileprivate var getters: [Member] = []
    fileprivate var metamethods: [Member] = []
    fileprivate var unknown: LuaNativeBody?
    fileprivate let record: LuaTypeRecord

    fileprivate init(_ record: LuaTypeRecord) { self.record = record }

    /// The names of the methods and properties so far.
    public var names: [String] { (methods + getters).map(\.name) }

    /// `object:name(…)`. The object is argument 1, those of the parameters follow.
    public func method(
        _ name: String, taking parameters: LuaParameters,
        _ body: @escaping (Object, LuaCall) throws -> LuaAnswer
    ) {
        methods.append(Member(name: name, parameters: parameters, body: onObject(body)))
    }

    /// `object.name`, computed at each access.
    public func property(_ name: String, _ body: @escaping (Object) throws -> LuaTree) {
        self.property(name) { object, call in try call.return(body(object)) }
    }

    /// As `property`, for values that are built with the state at hand.
    public func property(
        _ name: String, _ body: @escaping (Object, LuaCall) throws -> LuaAnswer
    ) {
        getters.append(Member(name: name, body: onObject(body)))
    }

    /// A metamethod such as `__tostring`, `__len`, `__call`.
    ///
    /// - Parameter parameters: those of `__call`; what Lua itself hands to the others is its affair.
    public func metamethod(
        _ name: String, taking parameters: LuaParameters = .any,
        _ body: @escaping (Object, LuaCall) throws -> LuaAnswer
    ) {
        metamethods.append(Member(name: name, parameters: parameters, body: onObject(body)))
    }

    /// What reading a name that is neither method nor property does (by default it gives nil); the
    /// name is argument 2.
    public func unknownField(_ body: @escaping (Object, LuaCall) throws -> LuaAnswer) {
        unknown = onObject(body)
    }

    private func onObject(
        _ body: @escaping (Object, LuaCall) throws -> LuaAnswer
    ) -> LuaNativeBody {
        { [record] call in try body(call.object(1, as: Object.self, record), call) }
    }
}

extension LuaState {
    /// Makes objects of a Swift class known to this state under `name`.
    ///
    /// - Precondition: the class was not defined before in this state.
    public func define<Object: AnyObject>(
        _ type: Object.Type, name: String, _ build: (LuaTypeBuilder<Object>) -> Void
    ) throws {
        let id = ObjectIdentifier(type)
        precondition(types[id] == nil, "\(type) is defined twice")
        var record = LuaTypeRecord(name: name)
        let builder = LuaTypeBuilder<Object>(record)
        build(builder)
        record.methods = builder.methods.map(\.name).sorted()
        record.properties = builder.getters.map(\.name).sorted()
        do { record.metatable = try metatable(of: builder, name: name) } catch {
            record.deallocate()
            throw error
        }
        types[id] = record
    }

    private func metatable<Object>(
        of builder: LuaTypeBuilder<Object>, name: String
    ) throws -> Int32 {
        var fields: [(String, LuaTree)] = [("__name", .text(name))]
        for member in builder.metamethods {
            fields.append((member.name, try method(member).luaTree))
        }
        fields.append(("methods", try functions(builder.methods)))
        if !builder.getters.isEmpty { fields.append(("getters", try functions(builder.getters))) }
        if let unknown = builder.unknown {
            fields.append(("unknown", try function("unknown", unknown).luaTree))
        }
        return try metatable(of: fields)
    }

    private func functions<Object>(
        _ members: [LuaTypeBuilder<Object>.Member]
    ) throws -> LuaTree {
        .record(try members.map { ($0.name, try method($0).luaTree) })
    }

    private func method<Object>(_ member: LuaTypeBuilder<Object>.Member) throws -> LuaFunction {
        try function(
            NativeFunction(
                name: member.name, parameters: member.parameters, isMethod: true,
                body: member.body))
    }

    private func metatable(of fields: [(String, LuaTree)]) throws -> Int32 {
        let top = lua_gettop(current)
        defer { lua_settop(current, top) }
        try push(.record(fields), on: current)
        try check(clua_try_seal_metatable(current), on: current)
        var slot: Int32 = 0
        try check(clua_try_reference(current, &slot), on: current)
        return slot
    }
}
