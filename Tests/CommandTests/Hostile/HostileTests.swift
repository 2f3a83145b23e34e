import Subprocess
import Testing

/// Every row of the list of hostile scripts, each run by the program itself: whatever a script does,
/// the process lives to tell, or ends as it was told to.
@Suite struct HostileTests {
    @Test func noRowIsMissing() {
        // The locale of row 36 has to be made first, row 41 is about files. Rows 49 to 53 and 55 have
        // suites: HostileFolderTests, StringCopyTests, MemoryBudgetTests, ExtremesTests,
        // CraftedFileTests.
        let own: Set = [36, 41, 49, 50, 51, 52, 53, 55]
        let rows = Set(HostileScript.all.map(\.row)).union(own)
        #expect(rows == Set(1...59))
        #expect(Set(HostileScript.names.keys) == rows)
    }

    @Test(arguments: HostileScript.all) func row(_ hostile: HostileScript) async throws {
        let folder = try Folder()
        try folder.write(hostile.script, to: "s.lua")
        let command = try await Command.run(hostile.options + ["s.lua"], in: folder) { program in
            guard hostile.interrupts > 0 else { return }
            try await folder.waitFor("running")
            guard hostile.interrupts > 1 else { return try program.send(.interrupt) }
            try await program.interrupt(then: .interrupt)
        }
        let isKilled = hostile.interrupts > 1
        #expect(
            command.status == (isKilled ? .signaled(2) : .exited(hostile.status)),
            "\(command.errors)")
        if let output = hostile.output { #expect(command.output == output, "\(command.errors)") }
        #expect(command.errors.contains(hostile.errors), "\(command.errors)")
        if hostile.status == 1 { #expect(command.errors.hasPrefix("mohpo-lua: s.lua:")) }
    }

    /// Row 36: a locale is a property of the process, and what the host writes must not heed it.
    @Test func row36ALocaleWithADecimalComma() async throws {
        let folder = try Folder()
        let made = try? await Subprocess.run(
            .name("localedef"),
            arguments: ["-i", "de_DE", "-f", "UTF-8", "\(folder.path)/de_DE.UTF-8"],
            output: .discarded, error: .discarded)
        guard made?.terminationStatus == .exited(0) else {
            try Test.cancel("no sources of locales are installed")
        }
        let script = """
            assert(os.setlocale "de_DE.UTF-8" and ("%.1f"):format(0.5) == "0,5")
            local ag = require "mohpo"
            local study = ag.experiment { space = { x = ag.Real(0.25, 0.25) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, num_trials = 1,
              train = function(args, reporter)
                print(args)
                reporter { epoch = 1, loss = 0.5 }
              end }:run()
            print(study:best "loss")
            print(study)
            study:save_csv "s.csv"
            study:save_json "s.json"
            study:plot "s.svg"
            """
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(
            ["--format", "table", "s.lua"], in: folder, environment: ["LOCPATH": folder.path])
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(!command.output.contains("0,"), "\(command.output)")
        #expect(command.output.contains("x = 0.25"))
        #expect(try folder.read("s.csv").contains("1,1,0.5,true,completed,0.25"))
        #expect(try folder.read("s.json").contains("0.25"))
        #expect(try !folder.read("s.svg").contains("0,5"))
    }

    /// Row 41: one clear line with the file, and the line where there is one.
    @Test(arguments: [
        ("print('a'\nlocal", "s.lua:2: ')' expected (to close '(' at line 1) near 'local'"),
        ("\u{1B}LuaT", "s.lua: attempt to load a binary chunk (mode is 't')"),
        ("\u{FEFF}x x", "s.lua:1: syntax error near 'x'"),
    ])
    func row41AScriptThatCannotBeCompiled(script: String, message: String) async throws {
        let folder = try Folder()
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(command.errors == "mohpo-lua: \(message)\n")
        #expect(command.output == "")
    }

    @Test(arguments: [
        ("nowhere.lua", "nowhere.lua: cannot open nowhere.lua"), (".", ".: cannot read ."),
    ])
    func row41AScriptThatCannotBeRead(path: String, message: String) async throws {
        let command = try await Command.run([path], in: Folder())
        #expect(command.status == .exited(1))
        #expect(command.errors.hasPrefix("mohpo-lua: \(message)"))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test func row41AnEmptyScriptIsFine() async throws {
        let folder = try Folder()
        try folder.write("", to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder)
        #expect(command.status == .exited(0) && command.output == "" && command.errors == "")
    }
}
