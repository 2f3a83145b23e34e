/// Objects of the host in wrong hands, and reports.
extension HostileScript {
    static let objectRows: [HostileScript] = [
        .script(
            32,
            """
            print(getmetatable(small))
            fails(function() getmetatable(small).__gc(small) end)
            local meta = debug.getmetatable(small)
            meta.__gc(small) meta.__gc(small) meta.__gc({}) meta.__gc(io.stdout)
            fails(small.subset, small, 1, 2)
            print(pcall(tostring, small))
            """,
            output: "false\ns.lua:3: attempt to index a boolean value\n"
                + "bad argument #1 to '?' (a closed Dataset)\n"
                + "false\tbad argument #1 to '?' (a closed Dataset)\n"),
        .script(
            33,
            """
            local mlp = nn.MLPClassifier()
            for _, self in ipairs { mlp, {}, io.stdout, 3, "x", coroutine.running() } do
              fails(small.subset, self, 1, 2)
            end
            fails(small.subset)
            """,
            output: [
                "MLPClassifier", "table", "userdata", "integer", "string", "thread", "boolean",
                "no value",
            ]
            .map { "bad argument #1 to '?' (Dataset expected, got \($0))\n" }.joined()),
        .script(
            34,
            """
            debug.setmetatable(io.stdout, debug.getmetatable(small))
            print(pcall(small.subset, io.stdout, 1, 2))
            print(pcall(function() return io.stdout.features end))
            """,
            output: "false\tbad argument #1 to '?' (Dataset expected, got userdata)\n"
                + "false\tbad argument #1 to '?' (Dataset expected, got userdata)\n"),
        .script(
            35,
            """
            ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 3,
              train = function(args, reporter)
                reporter { epoch = 1, loss = 1 }
                io.write "flushed"
                os.exit(7)
              end }:run()
            """, output: "flushed", status: 7),
        .script(
            38,
            """
            local kept, others = nil, {}
            local study = ag.experiment { space = { x = ag.Real(0, 1) }, num_trials = 3,
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' },
              parallel_trials = 3,
              train = function(args, reporter)
                kept = kept or reporter
                if kept ~= reporter then fails(kept, { epoch = 5, loss = 0 }) end
                coroutine.yield()
                reporter { epoch = 9, loss = 1 }
              end }:run()
            collectgarbage()
            fails(kept, { epoch = 10, loss = 1 })
            print(#study.history[1])
            """,
            output:
                "s.lua:1: reporter: it belongs to trial 1, which is not the one that called it\n"
                + "s.lua:1: reporter: it belongs to trial 1, which is not the one that called it\n"
                + "s.lua:1: reporter: trial 1 has ended, and its experiment too\n1\n"),
    ]

    private static func report(_ fields: String, _ message: String) -> HostileScript {
        .trial(39, "reporter \(fields)", "failed 0 s.lua:2: reporter: \(message)")
    }

    static let reportRows: [HostileScript] = [
        report("{ epoch = 1 }", "loss: expected a number, got nothing (trial 2)"),
        report("{ epoch = 1, loss = 'x' }", "loss: expected a number, got a string (trial 2)"),
        report("{ epoch = 1, loss = true }", "loss: expected a number, got a boolean (trial 2)"),
        report("{ loss = 1 }", "epoch: expected a positive integer, got nothing (trial 2)"),
        report("{ epoch = 0, loss = 1 }", "epoch: expected a positive integer, got 0 (trial 2)"),
        report(
            "{ epoch = 2.5, loss = 1 }", "epoch: expected a positive integer, got 2.5 (trial 2)"),
        report("(3)", "expected a table of metrics, got 3"),
        report("{ 1, 2 }", "expected names as keys, found 1"),
        .trial(
            39, "reporter { epoch = 2, loss = 1 } reporter { epoch = 1, loss = 1 }",
            "failed 1 s.lua:2: reporter: epoch: expected an integer greater than 2, got 1 (trial 2)"
        ),
        .script(
            39,
            """
            local study = ag.experiment { name = "hostile", space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, num_trials = 3, parallel_trials = 1,
              scheduler = ag.hyperband { max_t = 2, resolution = 0.5, grace_period = 2, type = 'stopping' },
              train = function(args, reporter)
                n = (n or 0) + 1
                reporter { epoch = 0.25, loss = 1 }
                if n > 1 then reporter { epoch = n == 2 and 1 / 0 or 0.25, loss = 1 } end
                reporter { epoch = 2, loss = 1 }
              end }:run()
            for _, t in ipairs(study.trials) do
              print(t.id, t.state, #t.reports, (t.error or "-"):match "epoch: [^\\n]*" or "-")
            end
            """,
            output: "1\tcompleted\t2\t-\n"
                + "2\tfailed\t1\tepoch: expected a number greater than 0.25, got inf (trial 2)\n"
                + "3\tfailed\t1\tepoch: expected a number greater than 0.25, got 0.25 (trial 3)\n"),
        .trial(40, "return 5, {}, 'garbage'", "completed 0 -"),
        .trial(40, "", "completed 0 -"),
        .declaration(
            40, "t.train = nil",
            "ag.experiment: train: expected a function of (args, reporter), got nil"),
        .declaration(
            40, "t.train = 'x'", "train: expected a function of (args, reporter), got \"x\""),
    ]
}
