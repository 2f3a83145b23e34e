/// Kinds that users and attackers found later. Those about files and memory have suites of their own.
extension HostileScript {
    private static let study = """
        ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 1, type = "stopping" }, num_trials = 2,
          train = function(_, reporter)
            reporter { epoch = 1, loss = 1, ["\\u{e9}"] = 1, ["e\\u{301}"] = 2 }
          end }:run()
        """

    static let foundRows: [HostileScript] =
        ["nil", "1", "function() end", "function() error('no') end"].map { value in
            .script(
                54,
                """
                local print = print
                for _, name in ipairs { "setmetatable", "getmetatable", "pairs", "next", "type",
                  "tostring", "error", "pcall", "select", "rawget", "coroutine", "table", "string",
                  "debug", "require", "print" } do _G[name] = \(value) end
                local study = \(study)
                print(#study.trials, study.trials[2].state)
                """, output: "2\tcompleted\n")
        } + [
            .trial(
                56,
                "coroutine.wrap(function() for e = 1, 9 do reporter { epoch = e, loss = 1 } end end)()",
                "completed 9 -", slots: 3),
            .trial(
                56,
                "local function f(n) if n > 0 then return coroutine.wrap(f)(n - 1) end "
                    + "for e = 1, 9 do reporter { epoch = e, loss = 1 } end end f(5)",
                "completed 9 -", slots: 3),
            .trial(
                56, "table.sort({ 2, 1 }, function() reporter { epoch = 1, loss = 1 } end)",
                "failed 0 s.lua:2: reporter: trial 2 cannot wait here; call the reporter from train "
                    + "or from a coroutine, not from a comparator, a callback of a C function or a "
                    + "file that require loads"),
            .script(
                57, "fails(ag.Real, 0, 1, {}, 3) fails(small.subset, small, 1, 2, 3)",
                output: """
                    bad argument #4 to 'mohpo.Real' (no such argument; ag.Real takes lo, hi, options)
                    bad argument #4 to '?' (no such argument; subset takes first, last)

                    """),
            .script(
                58,
                "local e = select(2, pcall(ag.hyperband, { [('x'):rep(1 << 20)] = 1 })) "
                    + "print(#e < 1 << 21, (e:find 'did you mean'))", output: "true\tnil\n"),
            // What a message quotes is cut, whatever is wrong with a value of a megabyte.
            .script(
                58,
                """
                local s = ("x"):rep(1 << 20)
                local study = \(study)
                local function short(f, ...)
                  local ok, e = pcall(f, ...)
                  if ok or #tostring(e) > 10000 then print(ok, #tostring(e), (tostring(e):sub(1, 80))) end
                end
                short(ag.hyperband, { max_t = s }) short(ag.hyperband, { type = s })
                short(ag.Int, s, 2) short(ag.Real, 0, 1, { default = s }) short(ag.load, s)
                short(data.load, s)
                short(data.csv, "a.csv", { label = s, [s] = 1 }) short(nn.load, s)
                short(nn.MLPClassifier, { activation = s }) short(function() return ag[s] end)
                short(function() return small[s] end) short(study.best, study, s)
                short(study.plot, study, s) short(study.plot, study, "a.svg", { view = s })
                short(ag.pareto_front, { { [s] = 1 } }, { [s] = "UP" })
                local t = { objectives = { loss = "MIN" }, train = print, space = { c = ag.Categorical("a", "b") } }
                local function with(key, value)
                  local copy = { [key] = value }
                  for k, v in pairs(t) do if copy[k] == nil then copy[k] = v end end
                  short(ag.experiment, copy)
                end
                with("num_trials", s) with("objectives", { loss = s }) with("initial", { { c = s } })
                with("initial", { { [s] = 1 } }) with("space", { [s] = ag.hyperband { max_t = 2 } })
                with("warm_start", { s }) with("constraints", { [s] = 1 }) with(s, 1)
                """, output: ""),
            .script(
                58,
                """
                print(select(2, pcall(ag.experiment, { objectives = { loss = "MIN" }, train = print,
                  space = { a = ag.Int(1, 2), lr = ag.Int(1, 2) }, initial = { { b = 1 } } })))
                """,
                output:
                    "s.lua:2: ag.experiment: initial[1]: b: unknown parameter; known are a, lr\n"),
            .script(
                59,
                "local r = \(study).history[1][1] print(r['\\u{e9}'], r['e\\u{301}'])",
                output: "1\t2\n"),
        ]
}
