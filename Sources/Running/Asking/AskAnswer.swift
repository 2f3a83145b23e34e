package import Engine

/// What a client that asks and tells is answered.
package enum AskAnswer: Equatable, Sendable {
    /// A trial to run.
    case trial(AskedTrial)
    /// There may be a trial later: ask again after so many seconds.
    case wait(Double)
    /// There is no trial any more.
    case none
    case ok
    /// To a report: the trial continues.
    case go
    /// To a report: the trial has ended.
    case stop(why: String)
    /// To a report: `ask` may give the trial again.
    case paused
    /// To what cannot be taken.
    case error(String)
    /// A member that is JSON already: the front, or what there is to know of the study.
    case document(name: String?, json: String)

    /// Whether the request could not be taken.
    var isError: Bool { if case .error = self { true } else { false } }

    /// The answer as a line, with the id of its request.
    func line(id: JSON?) -> [UInt8] {
        let own = id.map { ",\"id\":\($0.written)" } ?? ""
        let text =
            switch self {
            case .trial(let trial): "{\"ok\":1,\(trial.json)\(own)}"
            case .wait(let seconds): "{\"wait\":\(seconds)\(own)}"
            case .none: "{\"none\":true\(own)}"
            case .ok: "{\"ok\":1\(own)}"
            case .go: "{\"go\":true\(own)}"
            case .stop(let why): "{\"stop\":true,\"why\":\(JSON.text(why).written)\(own)}"
            case .paused: "{\"paused\":true\(own)}"
            case .error(let text): "{\"error\":\(JSON.text(text).written)\(own)}"
            case .document(let name?, let json): "{\"ok\":1,\"\(name)\":\(json)\(own)}"
            case .document(nil, let json): "{\"ok\":1,\(json.dropFirst().dropLast())\(own)}"
            }
        return Array((text + "\n").utf8)
    }
}

/// A trial that a client got.
package struct AskedTrial: Equatable, Sendable {
    /// The trial's number.
    package let id: Int
    /// Which of its holders this is, from 1.
    package let attempt: Int
    /// What it is told of the trial.
    package let arguments: Arguments
    /// The resource of the last acknowledged checkpoint.
    package let resource: Resource
    /// Seconds without a word after which another client gets the trial.
    package let lease: Double
    /// The trial's directory.
    package let directory: String

    fileprivate var json: String {
        let values = TrialValues(trial: id, arguments: arguments, slot: 1, directory: directory)
        return "\"trial\":\(id),\"attempt\":\(attempt),\"args\":\(values.json),"
            + "\"resource\":\(resource),\"lease\":\(lease),\"dir\":\(JSON.text(directory).written)"
    }
}
