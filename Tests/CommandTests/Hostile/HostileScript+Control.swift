/// Errors, coroutines, and what does not end.
extension HostileScript {
    static let errorRows: [HostileScript] = [
        .trial(1, "error()", "failed 0 nil"), .trial(1, "error(nil)", "failed 0 nil"),
        .trial(
            2, "local e = select(2, pcall(error, { code = 1 })) print(e.code) error(e)",
            prints: "1\n", "failed 0 { code = 1 }"),
        .trial(
            3, "error(setmetatable({}, { __tostring = function() error 'no' end }))",
            "failed 0 (a table that cannot be shown)"),
        .trial(
            4,
            "fails(small.subset, small, 0, 9) local mlp = nn.MLPClassifier() fails(mlp.score, mlp, small)",
            prints: "s.lua:1: subset: expected 1 <= first <= last <= 4, got first = 0, last = 9\n"
                + "s.lua:1: score: the network has not been trained yet, call fit or partial_fit first\n",
            "completed 0 -"),
        .trial(
            5, "print((xpcall(error, function() error 'again' end, 1)))", prints: "false\n",
            "completed 0 -"),
    ]

    /// `s` is to be the score of the trained network `mlp`.
    private static func operation(_ row: Int, _ call: String) -> HostileScript {
        .trial(
            row,
            "local mlp = nn.MLPClassifier { max_iter = 5 } mlp:fit(small) local s "
                + "\(call) print(s == mlp:score(small)) reporter { epoch = 9, loss = 1 }",
            prints: "true\n", "completed 1 -")
    }

    static let coroutineRows: [HostileScript] = [
        operation(
            6, "pcall(function() pcall(function() mlp:fit(small) s = mlp:score(small) end) end)"),
        operation(
            7,
            "table.sort({ 2, 1 }, function(a, b) mlp:fit(small) s = mlp:score(small) return a < b end)"
        ),
        operation(7, "string.gsub('x', 'x', function() mlp:fit(small) s = mlp:score(small) end)"),
        operation(
            7,
            "tostring(setmetatable({}, { __tostring = function() mlp:fit(small) s = mlp:score(small) return '' end }))"
        ),
        operation(
            7,
            "package.preload.m = function() mlp:fit(small) s = mlp:score(small) return 1 end require 'm'"
        ),
        operation(
            7,
            "setmetatable({}, { __gc = function() mlp:fit(small) s = mlp:score(small) end }) collectgarbage()"
        ),
        operation(8, "s = coroutine.wrap(function() mlp:fit(small) return mlp:score(small) end)()"),
        operation(
            8,
            "local co = coroutine.create(function() mlp:fit(small) coroutine.yield(mlp:score(small)) end) "
                + "s = select(2, coroutine.resume(co)) assert(select('#', coroutine.resume(co)) == 1)"
        ),
        .trial(
            9, "coroutine.yield(1) print 'on' reporter { epoch = 9, loss = 1 }", prints: "on\n",
            "completed 1 -", slots: 3),
        .script(
            10,
            others(
                "first = first or coroutine.running() if n == 2 then fails(coroutine.resume, first) end"
            ),
            output: "cannot resume the coroutine of a trial\n3\n"),
        .script(
            11,
            others(
                "first = first or coroutine.running() if n == 2 then fails(coroutine.close, first) end"
            ),
            output: "cannot close the coroutine of a trial\n3\n"),
        .trial(
            11,
            "local co = coroutine.running() coroutine.wrap(function() fails(coroutine.close, co) end)()",
            prints: "cannot close a normal coroutine\n", "completed 0 -"),
        .script(
            12, stopped("local x <close> = closing 'x' local y <close> = closing 'y'"),
            output: "y x stopped\n"),
        .script(
            13,
            stopped(
                "local x <close> = closing 'x' local y <close> = setmetatable({}, { __close = function() error 'no' end })"
            ),
            output: "x stopped\n", errors: "while closing: s.lua:"),
        .script(
            13,
            stopped(
                "local x <close> = closing 'x' local y <close> = setmetatable({}, { __close = function() "
                    + "io.write(#nn.MLPClassifier { max_iter = 3 }:fit(small).loss_curve, ' ') end })"
            ),
            output: "3 x stopped\n"),
    ]

    /// Three trials side by side; the first waits in an operation while the second, `n == 2`, runs.
    private static func others(_ body: String) -> String {
        """
        local n, first = 0
        local study = ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 1 }, num_trials = 3, parallel_trials = 3,
          train = function(args, reporter)
            n = n + 1
            \(body)
            nn.MLPClassifier { max_iter = 20 }:fit(small)
            reporter { epoch = 1, loss = 1 }
          end }:run()
        print(#study:pareto_front { per = "trial" } + 2)
        """
    }

    /// Five trials, of which the last loses at the first rung.
    private static func stopped(_ variables: String) -> String {
        """
        local n = 0
        local function closing(name)
          return setmetatable({}, { __close = function() io.write(name, " ") end })
        end
        local study = ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 5, parallel_trials = 1,
          train = function(args, reporter)
            n = n + 1
            local loss = n
            if n < 5 then
              reporter { epoch = 9, loss = loss }
            else
              \(variables)
              for e = 1, 9 do reporter { epoch = e, loss = loss } end
            end
          end }:run()
        print(study.trials[5].state)
        """
    }

    private static func endless(_ row: Int, _ body: String) -> [HostileScript] {
        let study = """
            ag.experiment { name = "endless", space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 3,
              train = function(args, reporter)
                reporter { epoch = 1, loss = 0.5 }
                mark()
                \(body)
              end }:run()
            print "never"
            """
        return [
            HostileScript.script(
                row, study, status: 130, options: ["--format", "csv"], interrupts: 1),
            .script(row, "mark() \(body) print 'never'", output: "", status: 130, interrupts: 1),
        ]
    }

    static let endlessRows: [HostileScript] =
        endless(14, "while true do end")
        + endless(
            14,
            "local t = setmetatable({}, { __index = function() while true do end end }) print(t.x)")
        + endless(15, "while true do pcall(function() while true do end end) end")
        + endless(15, "coroutine.wrap(function() while true do end end)()")
        + endless(15, "coroutine.wrap(function() while true do pcall(error) end end)()")
        + endless(15, "while true do pcall(coroutine.wrap(function() while true do end end)) end")
        + [
            .script(
                16,
                "local text, pattern = ('a'):rep(200000), ('.-'):rep(20) .. 'b' "
                    + "mark() string.find(text, pattern)",
                interrupts: 2),
            .script(
                16,
                "setmetatable({}, { __gc = function() mark() while true do end end }) collectgarbage()",
                interrupts: 2),
        ]
}
