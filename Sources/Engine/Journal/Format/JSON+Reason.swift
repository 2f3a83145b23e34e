/// Why a model gave a slot away, in the event format. What is not there is left out.
extension JSON {
    /// A reason as an object.
    init(_ reason: SlotReason) {
        var fields: [Name: JSON] = ["rule": .text(reason.rule.rawValue)]
        if let chosen = reason.chosen { fields["chosen"] = JSON(chosen) }
        if let runnerUp = reason.runnerUp { fields["runnerUp"] = JSON(runnerUp) }
        if reason.compared > 0 { fields["compared"] = .integer(reason.compared) }
        if let fit = reason.fit {
            fields["fit"] = .object([
                "trials": .integer(fit.trials),
                "logarithms": .array(fit.logarithms.map { JSON(reals: $0) }),
            ])
        }
        self = .object(fields)
    }

    /// The reason that stands under "reason"; nil where none does.
    ///
    /// - Throws: `FormatError`.
    func reason() throws -> SlotReason? {
        guard let reason = self["reason"] else { return nil }
        return SlotReason(
            try reason.word("rule"), chosen: try reason["chosen"]?.expectation(),
            runnerUp: try reason["runnerUp"]?.expectation(),
            compared: try reason.integer("compared", or: 0), fit: try reason["fit"]?.fit())
    }

    private init(_ expectation: SlotReason.Expectation) {
        var fields: [Name: JSON] = [
            "index": .real(expectation.index), "resource": JSON(expectation.resource),
            "costs": JSON(reals: expectation.costs),
            "deviations": JSON(reals: expectation.deviations),
        ]
        if let trial = expectation.trial { fields["trial"] = .integer(trial) }
        if let likely = expectation.feasibility { fields["feasibility"] = .real(likely) }
        self = .object(fields)
    }

    private func expectation() throws -> SlotReason.Expectation {
        SlotReason.Expectation(
            trial: try optionalInteger("trial"), index: try real("index"),
            resource: try resource("resource"), costs: try reals("costs"),
            deviations: try reals("deviations"), feasibility: try optionalReal("feasibility"))
    }

    private func fit() throws -> KernelFit {
        KernelFit(
            trials: try integer("trials"),
            logarithms: try array("logarithms").map { try $0.asReals("logarithms") })
    }

    private init(reals: [Double]) { self = .array(reals.map { .real($0) }) }

    private func reals(_ name: String) throws -> [Double] { try member(name).asReals(name) }

    private func asReals(_ name: String) throws -> [Double] {
        guard let reals = asArray?.map(\.asReal), !reals.contains(nil) else {
            throw FormatError(name, expected: "an array of numbers", got: self)
        }
        return reals.compactMap { $0 }
    }
}

extension Event.Start {
    /// Where the configuration comes from, and why it got the slot, for a row that says nothing else;
    /// nil where neither is known.
    ///
    /// The origin alone is its name; with a reason it stands in an object.
    package var written: String? {
        guard let reason else {
            return origin == .unrecorded ? nil : JSON.text(origin.rawValue).written
        }
        return JSON.object(["origin": .text(origin.rawValue), "reason": JSON(reason)]).written
    }

    /// What `written` gave.
    ///
    /// - Throws: `FormatError`.
    package static func read(_ written: String) throws -> (origin: Origin, reason: SlotReason?) {
        let json = try JSON(parsing: written)
        if let name = json.asText { return (Origin(rawValue: name), nil) }
        return (Origin(rawValue: try json.text("origin")), try json.reason())
    }
}
