internal import Engine

/// What a program is answered, one JSON object a line.
enum ProgramAnswer: Equatable {
    /// To a hello.
    case welcome(arguments: String, resource: Resource)
    /// To a checkpoint, `done` and `fail`.
    case ok
    /// To a report: the trial continues.
    case go
    /// To a report: the trial ends here.
    case stop(why: String)
    /// To what cannot be taken. The connection stays.
    case error(String)

    /// What nearly every answer is, made once.
    private static let goLine = Array("{\"go\":true}\n".utf8)

    /// The line that is sent, with its end.
    var line: [UInt8] {
        if case .go = self { return Self.goLine }
        let text =
            switch self {
            case .welcome(let arguments, let resource):
                "{\"ok\":1,\"args\":\(arguments),\"resource\":\(resource)}"
            case .ok: "{\"ok\":1}"
            case .go: "{\"go\":true}"
            case .stop(let why): "{\"stop\":true,\"why\":\(JSON.text(why).written)}"
            case .error(let text): "{\"error\":\(JSON.text(text).written)}"
            }
        return Array((text + "\n").utf8)
    }
}
