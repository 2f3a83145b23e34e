/// Values and tables that are not what they seem.
extension HostileScript {
    static let tableRows: [HostileScript] = [
        .declaration(21, "t.space.self = t.space", "s.lua:5: ag.experiment: space: self."),
        .script(
            21, "local r = {} r[1] = r fails(data.table, r, { 1 })",
            output: "s.lua:1: data.table: features[1][1]: expected a number, got a table\n"),
        .declaration(
            22, "local d = t.space; for i = 1, 100000 do d.d = {}; d = d.d end",
            "tables nested more than 32 deep"),
        .trial(23, "local t = {} t[0/0] = 1", "failed 0 s.lua:2: table index is NaN"),
        .trial(23, "local t = {} t[nil] = 1", "failed 0 s.lua:2: table index is nil"),
        .script(
            24,
            """
            local study = ag.experiment { space = { x = ag.Real(0, 1) }, num_trials = 1,
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, grace_period = 9, type = 'stopping' },
              train = function(args, reporter)
                reporter { epoch = 1, loss = 0/0 }
                reporter { epoch = 2, loss = -1/0 }
                reporter { epoch = 3, loss = 1/0 }
                reporter { epoch = 4, loss = 5 }
              end }:run()
            print(#study.history[1], #study:pareto_front(), study:best("loss").loss)
            """, output: "4\t1\t5\n"),
        .declaration(
            28, "t.scheduler = nil; t.space = { x = { 1, nil, 3 } }", "array without holes"),
        .script(
            28,
            """
            for _, length in ipairs { -1, 1 << 62, 0.5, "x" } do
              local lies = setmetatable({}, { __len = function() return length end })
              fails(data.table, lies, lies)
              fails(nn.MLPClassifier, { hidden_layer_sizes = lies })
              fails(ag.knee, lies, { loss = "MIN" })
            end
            """,
            output: String(
                repeating:
                    "s.lua:1: features: expected at least one row of at least one number, got none\n"
                    + "s.lua:1: nn.MLPClassifier: hidden_layer_sizes: expected a plain table, got one with a metatable\n"
                    + "nil\n", count: 4)),
        .declaration(
            29, "setmetatable(t, { __index = function() error('no') end })",
            "ag.experiment: expected a plain table, got one with a metatable"),
        .declaration(
            29, "setmetatable(t, { __index = function() while true do end end })",
            "ag.experiment: expected a plain table, got one with a metatable"),
        .script(
            30,
            """
            local rows, labels = {}, {}
            for i = 1, 50 do rows[i], labels[i] = { i }, i % 2 end
            setmetatable(rows, { __pairs = function() error "no" end })
            next, pairs = nil, nil
            collectgarbage("setpause", 0)
            for i = 1, 200 do
              setmetatable({}, { __gc = function() rows[#rows + 1] = { i } labels[#labels + 1] = 0 end })
              pcall(data.table, rows, labels)
              pcall(ag.Categorical, labels)
            end
            print "lives"
            """, output: "lives\n"),
        .script(
            31,
            """
            local options, report = { hidden_layer_sizes = { 4 } }, { epoch = 1, loss = 1 }
            local n = 0
            local study = ag.experiment { space = { x = ag.Real(0, 1) }, num_trials = 2,
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 2, type = 'stopping' },
              train = function(args, reporter)
                n = n + 1
                if n == 2 then options.hidden_layer_sizes[1], options.solver = "x", 7 end
                local mlp = n == 1 and nn.MLPClassifier(options)
                if mlp then print(mlp:fit(small)) end
                reporter(report)
                report.loss, report.args = "x", 3
              end }:run()
            print(study.history[1][1].loss, study.history[2][1].loss)
            """, output: "MLPClassifier { 4 }: 17 parameters\n1\t1\n"),
    ]

    static let valueRows: [HostileScript] = [
        .script(
            25,
            """
            local big = 9007199254740993
            local study = ag.experiment { space = {
                low = ag.Int(math.mininteger, math.mininteger), odd = ag.Categorical(big, 1),
                high = ag.Int(math.maxinteger, math.maxinteger), constant = big },
              objectives = { loss = "MIN" }, num_trials = 1,
              scheduler = ag.hyperband { max_t = 1 << 40 },
              train = function(args, reporter)
                print(args.low == math.mininteger, args.high == math.maxinteger, args.odd == big,
                  args.constant == big)
                reporter { epoch = 1 << 40, loss = big }
              end }:run()
            local point = study.history[1][1]
            print(point.loss == big, point.resource == 1 << 40)
            study:save_json "s.json"
            local text = io.open "s.json":read "a"
            print(text:find("9007199254740993", 1, true) ~= nil, text:find("-9223372036854775808", 1, true) ~= nil)
            """,
            output: "true\ttrue\ttrue\ttrue\ntrue\ttrue\ntrue\ttrue\n"),
        .script(
            26,
            "print(ag.Int(1.0, 3.0), ag.hyperband { max_t = 9.0 } ~= nil, #small:subset(1.0, 2.0))",
            output: "ag.Int(1, 3)\ttrue\t2\n"),
        .declaration(
            26, "t.num_trials = 3.5",
            "s.lua:5: ag.experiment: num_trials: expected an integer of at least 1, got 3.5"),
        .script(
            26, "fails(small.subset, small, 1, 2.5)",
            output: "bad argument #3 to '?' (number has no integer representation)\n"),
        .script(
            27,
            """
            local study = ag.experiment { space = { x = ag.Categorical("a\\0b", "\\xff") },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, num_trials = 2,
              train = function(args, reporter)
                print(args.x == "a\\0b", args.x == "\\xff")
                reporter { epoch = 1, loss = 1 }
              end, parallel_trials = 1 }:run()
            fails(study.save_csv, study, "a\\0b")
            fails(data.load, "\\xff")
            """,
            output:
                "true\tfalse\nfalse\ttrue\nbad argument #2 to '?' (a path without NUL expected)\n"
                + "bad argument #1 to 'mohpo.data.load' (valid UTF-8 expected)\n"),
        .declaration(27, "t.space['a\\0b'] = 1", "space: expected names as keys, found \"a\0b\""),
        .declaration(27, "t.space['\\xff'] = 1", "space: expected names as keys"),
    ]
}
