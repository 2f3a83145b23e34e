/// Data sets and networks that cannot be.
extension HostileScript {
    static let dataRows: [HostileScript] = [
        // Networks
        .declaration(
            43, "require 'mohpo.nn'.MLPClassifier { alhpa = 1 }",
            "nn.MLPClassifier: alhpa: unknown option; did you mean alpha?"),
        .declaration(
            47, "require 'mohpo.nn'.MLPClassifier { hidden_layer_sizes = { 0 } }",
            "nn.MLPClassifier: hidden_layer_sizes: expected"),
        .declaration(
            47, "require 'mohpo.nn'.MLPClassifier { hidden_layer_sizes = { -1 } }",
            "hidden_layer_sizes: expected"),
        .declaration(
            47, "require 'mohpo.nn'.MLPClassifier { activation = 'rleu' }",
            "activation: expected one of \"identity\", \"logistic\", \"tanh\", \"relu\", got \"rleu\""
        ),
        // Data
        .declaration(46, "require 'mohpo.data'.load 'mnits'", "mnits"),
        .declaration(46, "require 'mohpo.data'.table({}, {})", "expected at least one row"),
        .declaration(
            46, "require 'mohpo.data'.table({ { 1 } }, { 1, 2 })",
            "expected one label for each of the 1 rows, got 2"),
        .declaration(
            46, "require 'mohpo.data'.table({ { 1 }, { 'x' } }, { 1, 2 })",
            "data.table: features[2][1]: expected a number, got \"x\""),
        .declaration(46, "require 'mohpo.data'.csv('nowhere.csv', { label = 'y' })", "nowhere.csv"),
        .declaration(
            46, "require 'mohpo.data'.csv('nowhere.csv', {})", "data.csv: label: expected the name"),
        .declaration(
            46, "require 'mohpo.data'.idx { images = 'nowhere', labels = 'nowhere' }", "nowhere"),
        .script(
            46,
            """
            local f = io.open("short.csv", "w") f:write "a,y\\n1,2\\n3" f:close()
            f = io.open("short.idx", "w") f:write "\\0\\0\\8\\3\\0\\0" f:close()
            fails(data.csv, "short.csv", { label = "y" })
            fails(data.idx, { images = "short.idx", labels = "short.idx" })
            """,
            output: "s.lua:1: short.csv:3: expected 2 cells, got 1\n"
                + "s.lua:1: short.idx: expected a header of 16 bytes, got a file of 6\n"),
        .script(
            46,
            """
            local function write(text) local f <close> = io.open("t", "w") f:write(text) end
            write "a;y\\n1,5;0\\n"
            fails(data.csv, "t", { label = "y", separator = ";" })
            fails(data.csv, "t", { label = "z", separator = ";", decimal = "," })
            fails(data.csv, "t", { label = "y", missing = "mean", like = small })
            fails(data.csv, "t", { label = "y", skip = math.maxinteger })
            fails(data.csv, "t", { label = math.mininteger, header = false })
            write "@attribute a {u}\\n@data\\n{9223372036854775807 u}\\n"
            fails(data.arff, "t")
            fails(data.arff, "t", { label = "b" })
            fails(data.npz, "t", { labels = "t" })
            """,
            output: "s.lua:1: t:2: expected a finite number in column a, got 1,5; "
                + "decimal = \",\" reads it as 1.5\n"
                + "s.lua:1: t:1: expected a column named z, got columns a, y\n"
                + "s.lua:1: like: expected a data set from a table with named columns, got table\n"
                + "s.lua:1: t: expected a line of column names, got an empty file\n"
                + "s.lua:1: t: expected a column from 1 to 1, or from -1 to -1, "
                + "got -9223372036854775808\n"
                + "s.lua:1: t:1: expected at least one column besides -1, got none\n"
                + "s.lua:1: t:1: expected a column named b, got columns a\n"
                + "s.lua:1: t: expected a zip archive, which begins with PK, got other bytes\n"),
        .trial(
            47, "print(nn.MLPClassifier { hidden_layer_sizes = {} }:fit(small).n_parameters)",
            prints: "3\n", "completed 0 -"),
        .trial(
            47, "local m = nn.MLPClassifier { hidden_layer_sizes = { 1e9, 1e9 } } m:fit(small)",
            "failed 0 s.lua:2: not enough memory for a network of "
                + "2-1000000000-1000000000-1 relu logistic: its size exceeds the address space"),
        .script(
            48,
            """
            local study = ag.experiment { space = { x = ag.Real(0, 1) }, num_trials = 2,
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 5, grace_period = 5, type = 'stopping' },
              parallel_trials = 1,
              train = function(args, reporter)
                local mlp = nn.MLPClassifier { solver = "sgd", activation = "identity",
                  learning_rate_init = 1e30, hidden_layer_sizes = { 4 }, seed = 1 }
                for epoch = 1, 5 do
                  mlp:partial_fit(small)
                  reporter { epoch = epoch, loss = mlp:loss(small) }
                end
              end }:run()
            local last = study.history[1][5].loss
            print(last ~= last or last == math.huge, study.trials[1].state)
            for _, point in ipairs(study:pareto_front()) do assert(point.loss < math.huge) end
            """, output: "true\tcompleted\n"),
    ]
}
