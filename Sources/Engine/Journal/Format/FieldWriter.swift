/// Takes the fields of a decision or a promotion, of which a study has very many, so that their names
/// and order are said once: as an object in lines of JSON, and as an array without names in a row.
protocol FieldWriter {
    mutating func add(_ name: StaticString, _ value: Int)
    mutating func add(_ name: StaticString, _ value: Resource)
    mutating func add(_ name: StaticString, _ value: Decision.Verdict)
    mutating func add(_ name: StaticString, _ value: Bool)
    mutating func addAhead(_ standing: Standing)
    /// Fields that belong together.
    mutating func group(_ name: StaticString, _ fields: (inout Self) -> Void)
    /// What an array has in the place of a field that only others have; nothing in an object.
    mutating func addNothing()
}

/// Gives back what a `FieldWriter` has taken, in the same order.
protocol FieldReader {
    mutating func integer(_ name: StaticString) throws -> Int
    mutating func resource(_ name: StaticString) throws -> Resource
    mutating func verdict(_ name: StaticString) throws -> Decision.Verdict
    mutating func boolean(_ name: StaticString) throws -> Bool
    /// The trials ahead, 0 behind the last.
    mutating func ahead() throws -> (Int, Int, Int, Int, Int)
    mutating func group<T>(_ name: StaticString, _ fields: (inout Self) throws -> T) throws -> T
    mutating func nothing() throws
}

extension Decision {
    /// Its fields but the trial and the time, which every event has.
    func write(to fields: inout some FieldWriter) {
        fields.add("rung", rung)
        fields.add("bracket", bracket)
        fields.add("resource", resource)
        fields.add("verdict", verdict)
        fields.group("standing") { standing.write(to: &$0) }
    }

    init(_ fields: inout some FieldReader, trial: Int, time: Int) throws {
        self.init(
            trial: trial, rung: try fields.resource("rung"),
            bracket: try fields.integer("bracket"), resource: try fields.resource("resource"),
            verdict: try fields.verdict("verdict"),
            standing: try fields.group("standing") { try Standing(&$0) }, time: time)
    }
}

extension Promotion {
    /// Its fields but the trial and the time. An array has those of a decision, so that SQL finds the
    /// standing of both in one place.
    func write(to fields: inout some FieldWriter) {
        fields.add("rung", rung)
        fields.add("bracket", bracket)
        fields.addNothing()
        fields.addNothing()
        fields.group("standing") { standing.write(to: &$0) }
    }

    init(
        _ fields: inout some FieldReader, trial: Int, time: Int, reason: SlotReason? = nil
    ) throws {
        let (rung, bracket) = (try fields.resource("rung"), try fields.integer("bracket"))
        try fields.nothing()
        try fields.nothing()
        self.init(
            trial: trial, rung: rung, bracket: bracket,
            standing: try fields.group("standing") { try Standing(&$0) }, time: time,
            reason: reason)
    }
}

extension Standing {
    func write(to fields: inout some FieldWriter) {
        fields.add("rank", rank)
        fields.add("outOf", outOf)
        fields.add("quota", quota)
        fields.add("isInvalid", isInvalid)
        fields.addAhead(self)
    }

    init(_ fields: inout some FieldReader) throws {
        let (rank, outOf) = (try fields.integer("rank"), try fields.integer("outOf"))
        let quota = try fields.integer("quota")
        let isInvalid = try fields.boolean("isInvalid")
        self.init(
            rank: rank, outOf: outOf, quota: quota, leaders: try fields.ahead(),
            isInvalid: isInvalid)
    }
}
