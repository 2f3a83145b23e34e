package import Engine
internal import Platform

/// A program that trains: what `ag.command` declares.
package struct ProgramSpec: Sendable {
    /// What becomes of the program of a trial that is paused.
    package enum Pause: String, Sendable, CaseIterable {
        /// Its processes are stopped and kept.
        case suspend
        /// It is ended, and starts again from its directory.
        case restart
    }

    /// What of its output is a report.
    package enum Reports: Sendable {
        /// Lines that are JSON objects.
        case json
        /// Lines that match.
        case pattern(ReportPattern)
    }

    /// The program and its arguments.
    package var arguments: [ArgumentTemplate]
    /// Variables; nil takes one away.
    package var environment: [String: ArgumentTemplate?] = [:]
    /// The working directory; nil: that of this process.
    package var folder: ArgumentTemplate?
    /// What of its output is a report.
    package var reports = Reports.json
    /// Where the rest of its output goes; nil: `log.txt` in the trial's directory.
    package var log: ArgumentTemplate?
    /// The signal that ends it.
    package var stopSignal = SIGTERM
    /// Seconds between that signal and SIGKILL.
    package var killAfter = 10.0
    /// What becomes of it while its trial is paused; nil: as its use of slots suggests.
    package var pause: Pause?
    /// How many programs stay suspended at most; nil: twice the slots.
    package var suspendedLimit: Int?

    /// A program with its arguments.
    package init(arguments: [ArgumentTemplate]) { self.arguments = arguments }

    private var templates: [(field: String, template: ArgumentTemplate)] {
        arguments.enumerated().map { ("argument \($0 + 1)", $1) }
            + environment.sorted { $0.key < $1.key }.compactMap { name, template in
                template.map { ("env: \(name)", $0) }
            } + (folder.map { [("cwd", $0)] } ?? []) + (log.map { [("log", $0)] } ?? [])
    }

    /// What becomes of the program of a paused trial. One that is told its slot may have taken what
    /// belongs to the slot, as the memory of a graphics processor, which a suspended one would hold.
    package var pausing: Pause {
        pause
            ?? (templates.contains { $0.template.names.contains { $0.hasPrefix("slot") } }
                ? .restart : .suspend)
    }

    /// Checks the names in the templates against a space.
    ///
    /// - Throws: `SettingError` for a name that the space does not have.
    package func check(_ space: SearchSpace) throws {
        let known = TrialValues.names(of: space)
        for (field, template) in templates {
            for name in template.names { try check(name, of: template, at: field, known: known) }
        }
    }

    private func check(
        _ name: String, of template: ArgumentTemplate, at field: String, known: [String: Bool]
    ) throws {
        let isOwn = TrialValues.names.contains(name)
        switch (known[name], isOwn) {
        case (nil, true), (true?, false): return
        case (_, true):
            throw SettingError(
                field: "\(field): {\(name)}", expected: "a name of one meaning",
                got: "a name that the space has, too")
        case (false?, false):
            throw SettingError(
                field: "\(field): {\(name)}", expected: "a plain value",
                got: "what only Lua can hold")
        case (nil, false):
            let near = nearestName(to: name, among: Array(known.keys) + TrialValues.names)
            throw SettingError(
                field: "\(field): \"\(template.source)\"",
                expected: "the name of a parameter, or "
                    + TrialValues.names.map { "{\($0)}" }.joined(separator: ", "),
                got: "{\(name)}" + (near.map { "; did you mean {\($0)}?" } ?? ""))
        }
    }

    /// The arguments of a trial's program. One with a parameter that the trial does not have is left
    /// out, and with a value that stands alone the option before it.
    package func words(for values: TrialValues) -> [String] {
        var words: [String] = []
        for (index, template) in arguments.enumerated() {
            if let text = template.text(with: values.text(of:)) {
                words.append(text)
            } else if template.isName, index > 1, arguments[index - 1].isOption {
                words.removeLast()
            }
        }
        return words
    }

    /// The variables of a trial's program. One with a parameter that the trial does not have is taken
    /// away.
    package func variables(for values: TrialValues) -> [String: String?] {
        environment.mapValues { $0?.text(with: values.text(of:)) }
    }

    /// The path of a trial's log.
    package func log(for values: TrialValues) -> String {
        log?.text(with: values.text(of:)) ?? "\(values.directory)/log.txt"
    }
}
