/// An event as a line of JSON: `{"data":{…},"type":"decided","v":2}`. Trial and time stand among the
/// other fields.
public struct EventLine: Sendable {
    /// The line, without its end.
    public let text: String

    /// The line of an event.
    ///
    /// - Parameter isSuperseded: whether a resumption has superseded it; the line then says
    ///   `"superseded":true`.
    public init(_ event: Event, isSuperseded: Bool = false) {
        var line: [Name: JSON] = [
            "v": .integer(event.writtenVersion), "type": .text(event.kind.rawValue),
            "data": Self.data(event),
        ]
        if isSuperseded { line["superseded"] = .boolean(true) }
        text = JSON.object(line).written
    }

    private static func data(_ event: Event) -> JSON {
        guard case .object(var data) = event.fields else { return event.fields }
        if let trial = event.trial { data["trial"] = .integer(trial) }
        if let time = event.time { data["time"] = .integer(time) }
        return .object(data)
    }

    /// The event that a line of this format, or of an earlier one, tells.
    ///
    /// - Throws: `Event.UnknownEvent` for one of a newer program; else an error that says what is
    ///   wrong.
    public static func event(_ text: some StringProtocol) throws -> Event {
        let line = try JSON(parsing: text)
        let (version, type) = (try line.integer("v"), try line.text("type"))
        guard version <= Event.version, let kind = EventKind(rawValue: type) else {
            throw Event.UnknownEvent(version: version, type: type)
        }
        let data = try line.member("data")
        return try Event(
            kind, version == 1 ? first(kind, data) : data, trial: data["trial"]?.asInteger,
            time: data["time"]?.asInteger ?? data["report"]?["time"]?.asInteger)
    }

    /// The fields of version 1, as those of version 2 are.
    private static func first(_ kind: EventKind, _ data: JSON) -> JSON {
        switch kind {
        case .reported: data["report"] ?? data
        case .ended: data["outcome"] ?? data
        default: data
        }
    }
}
