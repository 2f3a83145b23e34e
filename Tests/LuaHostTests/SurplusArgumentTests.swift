import LuaBridge
import LuaHost
import Running
import Testing

/// An argument that means nothing is an error, in every function and method there is.
@Suite struct SurplusArgumentTests {
    /// Calls everything with far too many arguments, and then with one too many: the error of the
    /// first says how many there are.
    private static let script = """
        local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
        local ds = data.table({ { 1 }, { 2 } }, { 0, 1 })
        local objects = {
          Dataset = ds, MLPClassifier = nn.MLPClassifier(), MLPRegressor = nn.MLPRegressor(),
          Space = ag.space {}, Process = ag.spawn { "true" },
        }
        objects.OpenStudy = ag.experiment {
          space = {}, objectives = { a = "MIN" }, num_trials = 1, train = function() end,
          scheduler = ag.hyperband { max_t = 1 },
        }:open()
        objects.OpenTrial = objects.OpenStudy:ask()
        local function call(f, self, count)
          local arguments = {}
          for i = 1, count do arguments[i] = true end
          if self then return pcall(f, self, table.unpack(arguments)) end
          return pcall(f, table.unpack(arguments))
        end
        local function check(name, f, self)
          local ok, message = call(f, self, 40)
          local takes = not ok and tostring(message):match("no such argument; %S+ takes (.*)%)$")
          if not takes then return out(name, ok, message) end
          local count = takes == "no arguments" and 0 or select(2, takes:gsub(",", "")) + 1
          ok, message = call(f, self, count + 1)
          if ok or not tostring(message):find("no such argument", 1, true) then
            return out(name, ok, message)
          end
          checked(name)
        end
        local experiment = ag.experiment {
          space = {}, objectives = { a = "MIN" }, num_trials = 1,
          scheduler = ag.hyperband { max_t = 1 },
          train = function(_, reporter)
            for _, method in ipairs(methods.reporter) do
              check("reporter:" .. method, reporter[method], reporter)
            end
            check("reporter", function(...) return reporter(...) end)
            reporter { epoch = 1, a = 1 }
          end,
        }
        objects.Experiment, objects.Study = experiment, experiment:run()
        for type, names in pairs(methods) do
          for _, method in ipairs(names) do
            -- A script has no CommandRun; what a process is written may be any number of strings.
            if type ~= "reporter" and type ~= "CommandRun" and method ~= "write" then
              local object = objects[type]
              if not object then out("no object of type", type) else
                check(type .. ":" .. method, object[method], object)
              end
            end
          end
        end
        local variadic = { Categorical = true, Ordinal = true, concat = true }
        for name, module in pairs { ag = ag, nn = nn, data = data } do
          for key, f in pairs(module) do
            if not variadic[key] then check(name .. "." .. key, f) end
          end
        end
        """

    @Test func areRefusedEverywhere() async {
        let (checked, failures) = await onLuaThread { Self.run() }
        #expect(failures.isEmpty, "\(failures)")
        #expect(checked.count >= 45, "\(checked)")
        for name in ["MLPClassifier:score", "data.csv", "ag.hypervolume", "reporter", "Study:knee"]
        {
            #expect(checked.contains(name))
        }
    }

    private static func run() -> (checked: [String], failures: [String]) {
        var (checked, failures) = ([String](), [String]())
        do {
            let host = try ScriptHost(
                settings: RunSettings(), interruption: Interruption(), observer: SilentObserver())
            defer { host.close() }
            let lua = host.lua
            let methods = lua.definedTypes.filter { !$0.methods.isEmpty }
            try lua.setGlobal(
                "methods",
                lua.table(
                    .record(methods.map { ($0.name, .array($0.methods.map { .text($0) })) })))
            try lua.setGlobal(
                "checked",
                lua.function("checked") { call in
                    checked.append(try call.text(1))
                    return try call.return()
                })
            try lua.setGlobal(
                "out",
                lua.function("out") { call in
                    failures.append(
                        try call.values(from: 1).map(lua.describe).joined(separator: " "))
                    return try call.return()
                })
            try host.run(text: script)
        } catch {
            failures.append("\(error)")
        }
        return (checked, failures)
    }
}
