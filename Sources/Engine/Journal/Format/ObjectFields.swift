/// Fields as an object with their names.
struct ObjectWriter: FieldWriter {
    private(set) var members: [Name: JSON] = [:]

    mutating func add(_ name: StaticString, _ value: Int) {
        members[Name("\(name)")] = .integer(value)
    }

    mutating func add(_ name: StaticString, _ value: Resource) {
        members[Name("\(name)")] = JSON(value)
    }

    mutating func add(_ name: StaticString, _ value: Decision.Verdict) {
        members[Name("\(name)")] = .text(value.rawValue)
    }

    mutating func add(_ name: StaticString, _ value: Bool) {
        members[Name("\(name)")] = .boolean(value)
    }

    mutating func addAhead(_ standing: Standing) {
        members["ahead"] = .array(standing.ahead.map { .integer($0) })
    }

    mutating func group(_ name: StaticString, _ fields: (inout ObjectWriter) -> Void) {
        var inner = ObjectWriter()
        fields(&inner)
        members[Name("\(name)")] = .object(inner.members)
    }

    mutating func addNothing() {}
}

/// Reads fields from an object with their names.
struct ObjectReader: FieldReader {
    let object: JSON

    func integer(_ name: StaticString) throws -> Int { try object.integer("\(name)") }
    func resource(_ name: StaticString) throws -> Resource { try object.resource("\(name)") }
    func verdict(_ name: StaticString) throws -> Decision.Verdict { try object.word("\(name)") }
    func boolean(_ name: StaticString) throws -> Bool { try object.boolean("\(name)") }

    func ahead() throws -> (Int, Int, Int, Int, Int) {
        let trials = try object.array("ahead").map(\.asInteger)
        func trial(_ place: Int) -> Int { place < trials.count ? trials[place] ?? 0 : 0 }
        return (trial(0), trial(1), trial(2), trial(3), trial(4))
    }

    func group<T>(_ name: StaticString, _ fields: (inout ObjectReader) throws -> T) throws -> T {
        var inner = ObjectReader(object: try object.member("\(name)"))
        return try fields(&inner)
    }

    func nothing() {}
}
