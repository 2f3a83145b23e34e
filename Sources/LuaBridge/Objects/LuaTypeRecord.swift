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
