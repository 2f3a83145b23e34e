internal import CLua

/// A Lua value to be built: scalars, references, and tables of these.
///
/// A whole tree is built in one protected call, however many tables it has.
public indirect enum LuaTree {
    case `nil`
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(LuaString)
    case value(LuaValue)
    /// A new table with `elements` at 1…n, and `fields` in their order.
    case table(
        elements: [LuaTree] = [], fields: [(LuaTree, LuaTree)] = [], metatable: LuaTable? = nil)

    /// A table of named fields.
    public static func record(
        _ fields: [(String, LuaTree)], metatable: LuaTable? = nil
    ) -> LuaTree {
        .table(fields: fields.map { (.string(LuaString($0)), $1) }, metatable: metatable)
    }

    /// A table with `elements` at 1…n.
    public static func array(_ elements: [LuaTree], metatable: LuaTable? = nil) -> LuaTree {
        .table(elements: elements, metatable: metatable)
    }

    /// A string of the text's UTF-8.
    public static func text(_ text: String) -> LuaTree { .string(LuaString(text)) }
}

/// What Swift can hand to Lua.
public protocol LuaConvertible {
    var luaTree: LuaTree { get }
}

extension LuaTree: LuaConvertible { public var luaTree: LuaTree { self } }
extension LuaValue: LuaConvertible { public var luaTree: LuaTree { .value(self) } }
extension LuaTable: LuaConvertible { public var luaTree: LuaTree { .value(.table(self)) } }
extension LuaFunction: LuaConvertible { public var luaTree: LuaTree { .value(.function(self)) } }
extension LuaObject: LuaConvertible { public var luaTree: LuaTree { .value(.object(self)) } }
extension LuaString: LuaConvertible { public var luaTree: LuaTree { .string(self) } }
extension String: LuaConvertible { public var luaTree: LuaTree { .text(self) } }
extension Bool: LuaConvertible { public var luaTree: LuaTree { .boolean(self) } }
extension Int: LuaConvertible { public var luaTree: LuaTree { .integer(self) } }
extension Double: LuaConvertible { public var luaTree: LuaTree { .number(self) } }
extension Optional: LuaConvertible where Wrapped: LuaConvertible {
    public var luaTree: LuaTree { self?.luaTree ?? .nil }
}
extension Array: LuaConvertible where Element: LuaConvertible {
    public var luaTree: LuaTree { .array(map(\.luaTree)) }
}

/// A tree flattened into the program that C runs.
struct LuaProgram {
    private(set) var items: [clua_item] = []
    private(set) var bytes: [UInt8] = []
    /// Long strings, by where their bytes are. The tree holds these meanwhile.
    private var longStrings: [UnsafePointer<UInt8>: LuaReference] = [:]
    private let state: LuaState
    private let thread: OpaquePointer

    init(_ tree: LuaTree, in state: LuaState, on thread: OpaquePointer) throws {
        (self.state, self.thread) = (state, thread)
        try add(tree, depth: 0)
    }

    /// A longer string becomes one of Lua's at once, however often the tree has it: no other copy is
    /// made, and Lua pays for its own.
    private static let longest = 4096

    /// Deeper than this a table is a mistake (or a cycle), and C's stack has an end.
    static let maximumDepth = 200

    private mutating func add(_ tree: LuaTree, depth: Int) throws {
        guard depth < Self.maximumDepth else {
            throw LuaError("a value nested deeper than \(Self.maximumDepth) tables")
        }
        switch tree {
        case .nil: add(CLUA_NIL)
        case .boolean(let flag): add(CLUA_BOOLEAN, integer: flag ? 1 : 0)
        case .integer(let integer): add(CLUA_INTEGER, integer: Int64(integer))
        case .number(let number): add(CLUA_NUMBER, number: number)
        case .string(let string): try add(string)
        case .value(let value): try add(value)
        case .table(let elements, let fields, let metatable):
            try add(elements: elements, fields: fields, metatable: metatable, depth: depth)
        }
    }

    private mutating func add(
        elements: [LuaTree], fields: [(LuaTree, LuaTree)], metatable: LuaTable?, depth: Int
    ) throws {
        add(CLUA_TABLE, integer: Int64(elements.count), offset: fields.count)
        for (index, element) in elements.enumerated() {
            add(CLUA_INTEGER, integer: Int64(index + 1))
            try add(element, depth: depth + 1)
            add(CLUA_SET_FIELD)
        }
        for (key, value) in fields {
            try add(key, depth: depth + 1)
            try add(value, depth: depth + 1)
            add(CLUA_SET_FIELD)
        }
        if let metatable {
            add(metatable.reference)
            add(CLUA_METATABLE)
        }
    }

    private mutating func add(_ value: LuaValue) throws {
        switch value {
        case .nil: add(CLUA_NIL)
        case .boolean(let flag): add(CLUA_BOOLEAN, integer: flag ? 1 : 0)
        case .integer(let integer): add(CLUA_INTEGER, integer: Int64(integer))
        case .number(let number): add(CLUA_NUMBER, number: number)
        case .string(let string): try add(string)
        case .table(let table): add(table.reference)
        case .function(let function): add(function.reference)
        case .object(let object): add(object.reference)
        case .other(let value): add(value.reference)
        }
    }

    private mutating func add(_ string: LuaString) throws {
        guard string.bytes.count <= Self.longest else { return add(try reference(to: string)) }
        add(CLUA_STRING, integer: Int64(string.bytes.count), offset: bytes.count)
        bytes += string.bytes
    }

    private mutating func reference(to string: LuaString) throws -> LuaReference {
        let place = string.bytes.withUnsafeBufferPointer { $0.baseAddress! }
        if let known = longStrings[place] { return known }
        try state.push(string, on: thread)
        let reference = try LuaReference(popping: thread, of: state)
        longStrings[place] = reference
        return reference
    }

    private mutating func add(_ reference: LuaReference) {
        add(CLUA_REFERENCE, integer: Int64(reference.slot))
    }

    private mutating func add(
        _ tag: Int, integer: Int64 = 0, number: Double = 0, offset: Int = 0
    ) {
        items.append(
            clua_item(tag: Int32(tag), integer: integer, number: number, offset: offset))
    }
}

extension LuaState {
    /// Builds `tree` and pushes it; the caller has made room for one value.
    func push(_ tree: LuaTree, on thread: OpaquePointer) throws {
        try room(4, on: thread)
        switch tree {
        case .nil: lua_pushnil(thread)
        case .boolean(let flag): lua_pushboolean(thread, flag ? 1 : 0)
        case .integer(let integer): lua_pushinteger(thread, lua_Integer(integer))
        case .number(let number): lua_pushnumber(thread, number)
        case .string(let string): try push(string, on: thread)
        default:
            let program = try LuaProgram(tree, in: self, on: thread)
            defer { withExtendedLifetime(program) {} }
            let status = program.items.withUnsafeBufferPointer { items in
                program.bytes.withUnsafeBytes { bytes in
                    clua_try_build(
                        thread, items.baseAddress, items.count,
                        bytes.bindMemory(to: CChar.self).baseAddress)
                }
            }
            try check(status, on: thread)
        }
    }
    /// Pushes a string, of which Lua makes the only copy.
    fileprivate func push(_ string: LuaString, on thread: OpaquePointer) throws {
        var item = clua_item(
            tag: Int32(CLUA_STRING), integer: Int64(string.bytes.count), number: 0, offset: 0)
        let status = string.bytes.withUnsafeBytes { bytes in
            clua_try_build(thread, &item, 1, bytes.bindMemory(to: CChar.self).baseAddress)
        }
        try check(status, on: thread)
    }
}
