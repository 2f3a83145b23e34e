/// Memory and stacks.
extension HostileScript {
    static let memoryRows: [HostileScript] =
        [
            .trial(
                17, "string.rep('x', 1 << 30)", "failed 0 not enough memory",
                options: ["--memory-limit", "64M"]),
            .trial(
                17, "local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end",
                "failed 0 not enough memory", options: ["--memory-limit", "64M"]),
            .trial(
                17, "local t = {} while true do t[#t + 1] = #t end", "failed 0 not enough memory",
                options: ["--memory-limit", "64M"]),
            .trial(
                17, "local kept = {} while true do kept[#kept + 1] = small:standardize() end",
                "failed 0 not enough memory", options: ["--memory-limit", "16M"]),
            .script(
                17,
                """
                local t = {}
                fails(function() while true do t[#t + 1] = ("x"):rep(100000) .. #t end end)
                t = nil
                collectgarbage() -- Lua's string buffers do not collect by themselves
                print(#("x"):rep(10000000))
                """, output: "not enough memory\n10000000\n",
                options: ["--memory-limit", "64M"]),
            .trial(
                17, "nn.MLPClassifier { hidden_layer_sizes = { 3000, 3000 } }:fit(small)",
                "failed 0 s.lua:2: not enough memory for a network of 2-3000-3000-1 relu logistic: "
                    + "36.3 MB needed", options: ["--memory-limit", "32M"]),
            .script(
                37,
                """
                collectgarbage "stop"
                local rows, labels = {}, {}
                for i = 1, 10000 do rows[i], labels[i] = { i, -i, i % 7, i % 11, 1 }, i % 2 end
                local ds = data.table(rows, labels)
                for i = 1, 1000 do ds:standardize() end
                for i = 1, 1000 do ds:split(0.5) end
                for i = 1, 300 do
                  nn.MLPClassifier { hidden_layer_sizes = { 1000 } }:partial_fit(small)
                end
                print(collectgarbage "isrunning")
                """, output: "false\n", options: ["--memory-limit", "32M"]),
            .script(
                42,
                """
                local many = table.pack(table.unpack({}, 1, 900000))
                print(pcall(table.unpack, {}, 1, 10000000))
                print((pcall(ag.Categorical, table.unpack({}, 1, 900000))))
                print((pcall(print, table.unpack({}, 1, 2000000))))
                """, output: "false\ttoo many results to unpack\nfalse\n",
                errors: "too many results to unpack",
                status: 1),
            .trial(
                19, "local function f() return 1 + f() end f()",
                "failed 0 s.lua:2: stack overflow"),
            .trial(
                17, "string.rep('x', 1 << 40)", "failed 0 s.lua:2: resulting string too large"),
            .script(
                20,
                """
                local function f(n) return (("x"):gsub("x", function() return f(n + 1) end)) end
                local function wrapped() return coroutine.wrap(wrapped)() end
                print(select(2, pcall(f, 1)):match "C stack overflow")
                print(select(2, pcall(wrapped)):match "C stack overflow")
                    print((pcall(string.find, ("("):rep(100000), ("("):rep(100000))))
                print((pcall(string.match, ("a"):rep(180000), ("a?"):rep(180000))))
                """, output: "C stack overflow\nC stack overflow\nfalse\nfalse\n"),
        ]
        // Row 18 is tried allocation by allocation in the bridge's and the experiment's own tests;
        // here a whole process runs out of memory at one place or another.
        + stride(from: 1024, to: 3072, by: 64).map { kilobytes in
            HostileScript.script(
                18,
                """
                print(pcall(function()
                  local rows, labels = {}, {}
                  for i = 1, 2000 do rows[i], labels[i] = { i, i % 7 }, i % 2 end
                  local ds = data.table(rows, labels)
                  local study = ag.experiment { space = { n = ag.Int(1, 9) }, num_trials = 5,
                    objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 3, type = 'stopping' },
                    train = function(args, reporter)
                      local mlp = nn.MLPClassifier { hidden_layer_sizes = { args.n } }
                      for e = 1, 3 do mlp:partial_fit(ds) reporter { epoch = e, loss = mlp:loss(ds) } end
                    end }:run()
                  return #study.history, tostring(study), #study:pareto_front()
                end) ~= nil)
                """, output: "true\n", options: ["--memory-limit", "\(kilobytes)K"])
        }
}
