internal import ArgumentParser
internal import Engine

/// What a shell tells of a trial: its number, and `name=value` for each metric.
enum ToldWords {
    /// The trial, and which of its holders tells: `7`, or `7:2` as `ask` has said it.
    ///
    /// - Throws: `ValidationError`.
    static func holder(_ word: String) throws -> [Name: JSON] {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(parts.count), let trial = parts[0], let attempt = parts.last ?? 1
        else { throw ValidationError("trial: expected what ask has printed, as 7, got \(word)") }
        return ["trial": .integer(trial), "attempt": .integer(parts.count == 1 ? 1 : attempt)]
    }

    /// The fields of a report.
    ///
    /// - Throws: `ValidationError` for a word that is none, or is there twice.
    static func fields(_ words: [String]) throws -> [Name: JSON] {
        var fields: [Name: JSON] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("metric: expected name=value, got \(word)")
            }
            let name = Name(String(parts[0]))
            guard fields.updateValue(value(String(parts[1])), forKey: name) == nil else {
                throw ValidationError("\(name): expected once, got twice")
            }
        }
        return fields
    }

    /// A number, true or false; all else is a text.
    private static func value(_ text: String) -> JSON {
        switch text {
        case "true": .boolean(true)
        case "false": .boolean(false)
        default:
            if let integer = Int(text) {
                .integer(integer)
            } else if let real = number(text) {
                // Not as a text: the server takes null for a metric that is no number.
                real.isFinite ? .real(real) : real.isNaN ? .null : .text(text)
            } else {
                .text(text)
            }
        }
    }

    /// A number as programs print one; not the hexadecimal digits of a commit.
    private static func number(_ text: String) -> Double? {
        let isHexadecimal = text.lowercased().contains("x")
        return isHexadecimal || text.contains(where: \.isWhitespace) ? nil : Double(text)
    }
}
