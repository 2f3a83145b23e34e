import Foundation
import Subprocess
import Testing

/// `--sandbox`: what a script from elsewhere tries in order to get out.
@Suite struct SandboxTests {
    /// A working directory `in` beside a file that is none of a script's business.
    private func run(
        _ script: String, options: [String] = [], environment: [Environment.Key: String?] = [:],
        prepare: (Folder) throws -> Void = { _ in }
    ) async throws -> (command: Command, folder: Folder) {
        let outer = try Folder()
        try outer.write("x,y\n1,2\n3,4\n", to: "secret.csv")
        let folder = try Folder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link.csv", withDestinationPath: "\(outer.path)/secret.csv")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/out", withDestinationPath: outer.path)
        try folder.write("x,y\n1,2\n3,4\n", to: "mine.csv")
        try folder.write("return { value = 7, io = io, arguments = ... }", to: "module.lua")
        try prepare(folder)
        let given = "local outer, inner = \"\(outer.path)\", \"\(folder.path)\"\n"
        try folder.write(given + script, to: "s.lua")
        let command = try await Command.run(
            ["--sandbox", "--quiet"] + options + ["s.lua"], in: folder, environment: environment)
        #expect(try outer.read("secret.csv") == "x,y\n1,2\n3,4\n")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: outer.path).filter {
                !$0.hasPrefix(".")
            } == ["secret.csv"])
        return (command, folder)
    }

    @Test(arguments: [
        "io", "os.execute", "os.exit", "os.remove", "os.rename", "os.tmpname", "os.getenv",
        "os.setlocale", "package.loadlib", "package.cpath", "package.searchpath", "string.dump",
        "debug.getinfo", "debug.getregistry", "debug.getupvalue", "debug.getlocal", "debug.sethook",
        "debug.setmetatable", "debug.getmetatable", "debug.setuservalue", "debug.upvaluejoin",
        "package.loaded.io", "package.loaded.os.execute", "package.loaded.debug.getregistry",
        "package.loaded.package.loadlib", "package.searchers[3]", "package.searchers[4]",
        "require 'os'.execute", "require 'debug'.getinfo", "_G.io", "_ENV.io",
        "getmetatable('').__index.dump", "getmetatable(require 'mohpo.data'.load) or nil",
        "load('return io')()", "load('return ...', 'x', 't', {})(io)",
        "coroutine.wrap(function() return io end)()", "loadfile('module.lua')().io",
        "dofile('module.lua').io", "require 'module'.io",
        "load(function() return nil end, 'x', 'b')", "load('x', 'x', 'b')",
        "load('\\27Lua')", "load(coroutine.wrap(function() coroutine.yield '\\27Lua' end))",
        "loadfile 'byte.lua'", "loadfile('mine.csv', 'b')", "loadfile(outer .. '/secret.csv')",
        "loadfile 'link.csv'", "loadfile '../nowhere.lua'", "loadfile '/etc/passwd'", "loadfile()",
        "rawget(require 'mohpo.data', 'io')",
    ])
    func isNotThere(expression: String) async throws {
        let (command, _) = try await run("print((\(expression)))") {
            try Data([0x1B, 0x4C, 0x75, 0x61]).write(to: URL(filePath: "\($0.path)/byte.lua"))
        }
        #expect(command.output == "nil\n", "\(command.errors)")
        #expect(command.status == .exited(0))
    }

    @Test(arguments: [
        "require 'lpeg'", "require 'cjson'", "require 'byte'", "require 'evil'",
        "package.path = outer .. '/?.csv' require 'secret'",
        "package.path = '../?.lua;/etc/?' require 'passwd'", "require 'out.secret'",
        "table.insert(package.searchers, package.loadlib) package.loadlib('evil.so', '*')",
        "package.searchers[1] = nil require 'io'", "dofile '/etc/passwd'", "dofile()",
        "dofile 'byte.lua'", "debug.getregistry()", "getmetatable(print).__index()",
        "string.dump(print)", "('x').dump(print)", "collectgarbage 'nothing'",
    ])
    func fails(call: String) async throws {
        let (command, _) = try await run("print((pcall(load(\(literal(call)), 'x'))))") {
            try Data([0x1B, 0x4C, 0x75, 0x61]).write(to: URL(filePath: "\($0.path)/byte.lua"))
            try Data("not even a library".utf8).write(to: URL(filePath: "\($0.path)/evil.so"))
        }
        #expect(command.output == "false\n", "\(command.errors)")
        #expect(command.status == .exited(0))
    }

    private func literal(_ text: String) -> String {
        // `outer` is a local of the script; a chunk sees globals alone.
        "\"" + text.replacing("outer", with: "'/tmp'") + "\""
    }

    @Test(arguments: [
        "data.csv(PATH, { label = 'y' })", "data.libsvm(PATH)", "nn.load(PATH)",
        "data.idx { images = PATH, labels = 'mine.csv' }",
        "data.idx { images = 'mine.csv', labels = PATH }",
        "data.npy { features = PATH, labels = 'mine.csv' }",
        "data.npz(PATH, { features = 'x', labels = 'y' })",
        "study:plot(PATH .. '.svg')", "study:plot(PATH .. '.html')", "study:save_csv(PATH)",
        "study:save_json(PATH .. '.json')", "mlp:save(PATH .. '.safetensors')",
    ])
    func filesOutsideAreNamedAndRefused(call: String) async throws {
        let script = """
            local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
            local study = ag.experiment { space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, num_trials = 1,
              train = function(args, reporter) reporter { epoch = 1, loss = 1 } end }:run()
            local mlp = nn.MLPClassifier { max_iter = 1 }:fit(data.table({ { 1 }, { 2 } }, { 1, 2 }))
            for _, path in ipairs { outer .. "/secret.csv", "../secret.csv", "out/secret.csv",
                inner .. "/../x/secret.csv", "./out/../out/secret.csv", "/etc/passwd" } do
              local ok, message = pcall(function() \(call.replacing("PATH", with: "path")) end)
              local refusal = "outside of the working directory, which the sandbox does not allow"
              assert(not ok and message:find(refusal, 1, true) and message:find(path, 1, true), message)
            end
            """
        let (command, _) = try await run(script)
        #expect(command.status == .exited(0), "\(command.errors)")
    }

    @Test func whatIsBelowTheWorkingDirectoryIsTheScripts() async throws {
        let script = """
            local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
            local ds = data.csv("mine.csv", { label = "y" })
            local mlp = nn.MLPClassifier { max_iter = 1 }:fit(ds)
            local study = ag.experiment { space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, num_trials = 1,
              train = function(args, reporter) reporter { epoch = 1, loss = 1 } end }:run()
            study:plot "a.svg" study:plot(inner .. "/a.html") study:save_csv "./a.csv"
            study:save_json "a.json" mlp:save "a.safetensors"
            print(#nn.load "a.safetensors":predict(ds), require "module".value, load "return 1 + 1"())
            print(pcall(study.save_csv, study, ".bashrc"))
            print(pcall(study.save_csv, study, "Makefile"))
            print(os.time() > 0, os.date("!%Y", 0), #debug.traceback() > 0)
            """
        let (command, folder) = try await run(script)
        let written = "written to files with the ending .csv alone, and to no hidden ones\n"
        #expect(
            command.output == "2\t7\t2\nfalse\ts.lua:11: .bashrc: in the sandbox this is \(written)"
                + "false\ts.lua:12: Makefile: in the sandbox this is \(written)true\t1970\ttrue\n",
            "\(command.errors)")
        for name in ["a.svg", "a.html", "a.csv", "a.json", "a.safetensors"] {
            #expect(folder.has(name))
        }
    }

    /// The environment's code was not written for the sandbox, and is no way around it.
    @Test func theEnvironmentRunsNothing() async throws {
        let (command, _) = try await run(
            "print(leak, package.cpath)",
            environment: [
                "LUA_INIT": "leak = io", "LUA_CPATH": "./?.so", "LUA_INIT_5_4": "@module.lua",
            ])
        #expect(command.output == "nil\tnil\n", "\(command.errors)")
    }

    @Test(arguments: [
        "while true do end", "while true do pcall(function() while true do end end) end",
        "while true do pcall(coroutine.wrap(function() while true do end end)) end",
        "setmetatable({}, { __gc = function() while true do end end }) collectgarbage()",
        "string.find(('a'):rep(200000), ('.-'):rep(20) .. 'b')",
        "require 'mohpo'.experiment { space = {}, objectives = { loss = 'MIN' }, num_trials = 1, "
            + "scheduler = require 'mohpo'.hyperband { max_t = 1 }, "
            + "train = function() while true do pcall(error) end end }:run()",
    ])
    func aTimeOutEndsAnything(script: String) async throws {
        let (command, _) = try await run(
            script + " print 'never'", options: ["--time-out", "0.05"])
        #expect(command.status == .exited(1))
        #expect(!command.output.contains("never"))
        #expect(command.errors.contains("the time is up"), "\(command.errors)")
    }

    @Test(arguments: [
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end",
        "local t = {} for i = 1, 1e9 do t[i] = i end", "string.rep('x', 1 << 40)",
        "local s = 'x' while true do s = s .. s end",
        "collectgarbage 'stop' local t = {} while true do t = { t } end",
        "local row = {} for i = 1, 100000 do row[i] = i end local rows, labels = {}, {} "
            + "for i = 1, 100000 do rows[i], labels[i] = row, i end data.table(rows, labels)",
        "nn.MLPClassifier { hidden_layer_sizes = { 10000, 10000 } }:fit(data.table({ { 1 }, { 2 } }, { 1, 2 }))",
        "local kept = {} local ds = data.table({ { 1 }, { 2 } }, { 1, 2 }) "
            + "while true do kept[#kept + 1] = ds:split(0.5) end",
        "ag.experiment { space = {}, objectives = { loss = 'MIN' }, num_trials = 1, "
            + "scheduler = ag.hyperband { max_t = 1 << 40 }, train = function(_, r) "
            + "for e = 1, 1e12 do r { epoch = e, loss = e } end end }:run()",
    ])
    func memoryIsLimited(script: String) async throws {
        let modules =
            "local ag, nn, data = require 'mohpo', require 'mohpo.nn', require 'mohpo.data' "
        // A file would be told of each report, which takes its time and no memory.
        let (command, _) = try await run(
            modules + script, options: ["--memory-limit", "64M", "--study", "memory"])
        #expect(command.status == .exited(1))
        #expect(
            ["not enough memory", "stack overflow", "every trial failed", "too large"].contains {
                command.errors.contains($0)
            }, "\(command.errors)")
    }
}
