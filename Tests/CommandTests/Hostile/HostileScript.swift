import Testing

/// One thing that a script may do to the host, and what must happen then.
struct HostileScript: CustomTestStringConvertible, Sendable {
    /// Its number in the list of hostile scripts.
    let row: Int
    let script: String
    /// What it prints; nil: anything.
    var output: String?
    /// What stands somewhere in its messages.
    var errors = ""
    var status: Int32 = 0
    var options = ["--quiet", "--workers", "2"]
    var interrupts = 0

    var testDescription: String {
        "row \(row), \(Self.names[row] ?? "?"): \(script.split(separator: "\n").dropFirst().first ?? "")"
    }

    /// A script of its own; its first line is the second of the file.
    static func script(
        _ row: Int, _ script: String, output: String? = nil, errors: String = "",
        status: Int32 = 0, options: [String] = [], interrupts: Int = 0
    ) -> HostileScript {
        HostileScript(
            row: row, script: "\(header)\n\(script)\n", output: output, errors: errors,
            status: status,
            options: ["--workers", "2"] + (errors.isEmpty ? ["--quiet"] : []) + options,
            interrupts: interrupts)
    }

    /// What the second of three trials does. The others have to report to their end.
    ///
    /// - Parameter end: `state reports error` of that trial.
    static func trial(
        _ row: Int, _ train: String, prints: String = "", _ end: String, options: [String] = [],
        slots: Int = 1
    ) -> HostileScript {
        let script = """
            local function misdeed(args, reporter) \(train) end
            local started = 0
            local study = ag.experiment { name = "hostile", space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' },
              num_trials = 3, parallel_trials = \(slots),
              train = function(args, reporter)
                started = started + 1
                if started == 2 then misdeed(args, reporter) return end
                for e = 1, 9 do reporter { epoch = e, loss = 1 } end
              end }:run()
            for _, t in ipairs(study.trials) do
              print(t.id, t.state, #t.reports, (t.error or "-"):match "[^\\n]*")
              assert(not t.error or t.error:find "stack traceback:", t.error)
            end
            """
        let columns = end.split(separator: " ", maxSplits: 2).joined(separator: "\t")
        return .script(
            row, script, output: "\(prints)1\tcompleted\t9\t-\n2\t\(columns)\n3\tcompleted\t9\t-\n",
            options: options)
    }

    /// A change to the declaration `t` of an experiment, or a call, that is a mistake.
    static func declaration(_ row: Int, _ change: String, _ message: String) -> HostileScript {
        let script = """
            local t = { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 1, train = function() end }
            \(change)
            ag.experiment(t)
            """
        return .script(row, script, output: "", errors: message, status: 1)
    }

    /// One line, which every script here starts with.
    private static let header =
        #"local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data" "#
        + "local small = data.table({ { 0, 1 }, { 1, 0 }, { 1, 1 }, { 0, 0 } }, { 1, 2, 1, 2 }) "
        + "local function mark() io.open('running', 'w'):close() end "
        + "local function fails(...) print(select(2, pcall(...))) end"

    static let all =
        errorRows + coroutineRows + endlessRows + memoryRows + tableRows + valueRows + objectRows
        + reportRows + declarationRows + dataRows + foundRows
}
