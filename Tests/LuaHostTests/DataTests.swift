import Foundation
import LuaHost
import Testing

/// Data sets from files, and bad input to networks, as a script sees them.
@Suite struct DataTests {
    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of(
            "local nn, data = require \"mohpo.nn\", require \"mohpo.data\"\n"
                + "local function fails(...) out(select(2, pcall(...))) end\n" + script)
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        return run.lines
    }

    /// The path of a file of `Tests/ReferenceValues/datasets.py`.
    private func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceValues/datasets/\(name)").standardizedFileURL.path()
    }

    @Test func filesBecomeDataSets() async {
        let folder = fixture("")
        let script = """
            local f = "\(folder)/"
            local function show(ds) out(#ds, ds.features, table.concat(ds.classes, " ")) end
            show(data.idx { images = f .. "images.gz", labels = f .. "labels.gz" })
            show(data.npy { features = f .. "fortran.npy", labels = f .. "labels.npy" })
            show(data.npy { features = f .. "pixels.npy", labels = f .. "labels.npy", pixels = true })
            show(data.npz(f .. "deflated.npz", { features = "x", labels = "y" }))
            show(data.npz(f .. "sparse-csr.npz", { labels = f .. "labels.npy" }))
            show(data.libsvm(f .. "zero-based.libsvm"))
            show(data.libsvm(f .. "values.libsvm", { regression = true, features = 7 }))
            """
        #expect(
            await lines(script) == [
                "4 4 1 2 3", "4 3 1 2 3", "4 4 1 2 3", "4 3 1 2 3", "4 3 1 2 3", "4 3 1 2 3",
                "4 7 ",
            ])
    }

    @Test func filesWithoutAHeaderAreTables() async {
        let script = """
            local path = os.tmpname()
            local function write(text) local f <close> = io.open(path, "w") f:write(text) end
            write "1,2,a\\n3,4,b\\n5,6,a\\n"
            local ds = data.csv(path, { label = 3, header = false })
            out(#ds, ds.features, table.concat(ds.labels, " "))
            out(#data.csv(path, { label = "kind", names = { "x", "y", "kind" } }))
            out(#data.csv(path, { label = -1 }))
            write "1 1:2\\n"
            local train = data.libsvm(path, { zero_based = true })
            out(train.features, data.libsvm(path, { like = train }).features)
            os.remove(path)
            """
        let run = await ScriptRun.of("local data = require 'mohpo.data'\n" + script)
        #expect(run.lines == ["3 2 a b a", "3", "2", "2 2"])
        #expect(run.messages.count { $0.contains("header = false reads it as one") } == 1)
    }

    @Test func columnsOfTextBecomeFeatures() async {
        let script = """
            local path = os.tmpname()
            local function write(text) local f <close> = io.open(path, "w") f:write(text) end
            write "size;colour;y\\n1;red;a\\n2;green;b\\n"
            local train = data.csv(path, { label = "y", one_hot = true, separator = ";" })
            out(table.concat(train.feature_names, " "))
            local same = data.csv(path, { label = "y", one_hot = { "colour" }, separator = ";" })
            out(same.features, #data.table({ { 1 } }, { 1 }).feature_names)
            write "colour;y;size\\nred;a;3\\n"
            local test = data.csv(path, { label = "y", like = train, separator = ";" })
            out(#test, table.concat(test.feature_names, " "))
            os.remove(path)
            """
        #expect(
            await lines(script) == [
                "size colour=green colour=red", "3 0", "1 size colour=green colour=red",
            ])
    }

    @Test func filesOfWekasAreRead() async {
        let script = """
            local path = os.tmpname()
            do
              local f <close> = io.open(path, "w")
              f:write "@relation r\\n@attribute a {u, v}\\n@attribute b real\\n@attribute c {x, y}\\n"
              f:write "@data\\nu,1,x\\nv,?,y\\n{0 v, 1 3, 2 y}\\n"
            end
            local ds = data.arff(path, { missing = "mean" })
            out(#ds, table.concat(ds.feature_names, " "), table.concat(ds.classes, " "))
            out(#data.arff(path, { label = "c", columns = { 2 }, missing = "drop" }))
            os.remove(path)
            """
        #expect(await lines(script) == ["3 a=u a=v b x y", "2"])
    }

    @Test func tablesAreReadAsTheyCome() async {
        let script = """
            local path = os.tmpname()
            local function write(text) local f <close> = io.open(path, "w") f:write(text) end
            write "3;2\\n# made by hand\\nid;price;size;y\\n1;1.234,5;?;a\\n2;2,5;3;b\\n3;;5;a\\n"
            local how = { label = "y", separator = ";", decimal = ",", thousands = ".", comment = "#",
              skip = 1, drop = { "id" }, missing = "mean" }
            local train = data.csv(path, how)
            out(#train, table.concat(train.feature_names, " "))
            how.missing = "drop"
            out(#data.csv(path, how))
            how.missing, how.drop, how.columns = 0, nil, { "size", 2 }
            out(table.concat(data.csv(path, how).feature_names, " "))
            write "y,size,price\\na,?,7\\nb,1,2\\n"
            local test = data.csv(path, { label = "y", like = train })
            out(#test, test.features)
            os.remove(path)
            """
        #expect(await lines(script) == ["3 price size", "1", "size price", "2 2"])
    }

    @Test(arguments: [
        ("data.idx, { image = 'x' }", "data.idx: image: unknown option; did you mean images?"),
        (
            "data.idx, { images = 'x' }",
            "data.idx: labels: expected the path of an IDX file, got nil"
        ),
        (
            "data.npy, { features = 'x' }",
            "data.npy: labels: expected the path of a .npy file, got nil"
        ),
        (
            "data.npy, { feature = 'x' }",
            "data.npy: feature: unknown option; did you mean features?"
        ),
        ("data.npy", "data.npy: expected a table of options, got nil"),
        (
            "data.npz, 'x', { features = 'a' }",
            "data.npz: labels: expected the name of an array, got nil"
        ),
        (
            "data.npz, 'x', { features = 'a', labels = 1 }",
            "data.npz: labels: expected a string, got 1"
        ),
        (
            "data.npz, 'x', { regression = true }",
            "data.npz: labels: expected the path of a .npy file with the labels of a sparse matrix"
        ),
        (
            "data.npz, 'x', { labels = 'y', pixels = true }",
            "data.npz: pixels: expected nothing for a sparse matrix, got true"
        ),
        ("data.arff, 'none'", "none: no such file or directory"),
        (
            "data.arff, 'x', { labels = 1 }",
            "data.arff: labels: unknown option; did you mean label?"
        ),
        (
            "data.arff, 'x', { label = true }",
            "data.arff: label: expected the name or the number of the label's column, got true"
        ),
        ("data.npz, 'none', { features = 'a', labels = 'b' }", "none: no such file or directory"),
        (
            "data.libsvm, 'x', { features = 0 }",
            "data.libsvm: features: expected an integer of at least 1, got 0"
        ),
        ("data.libsvm, 'x', { regressin = true }", "did you mean regression?"),
        ("data.csv, 'x', { label = 'y', onehot = true }", "did you mean one_hot?"),
        (
            "data.csv, 'x', { label = 'y', sep = ';' }",
            "data.csv: sep: unknown option; did you mean separator?"
        ),
        (
            "data.csv, 'x', { label = 'y', one_hot = 'colour' }",
            "data.csv: one_hot: expected true, false or an array of column names, got \"colour\""
        ),
        (
            "data.csv, 'x', { label = 'y', one_hot = { 'a', true } }",
            "data.csv: one_hot[2]: expected the name or the number of a column, got true"
        ),
        (
            "data.csv, 'x', { label = 'y', like = io.stdout }",
            "data.csv: like: expected a data set, got a userdata"
        ),
        (
            "data.csv, 'x', { label = 'y', separator = '::' }",
            "data.csv: separator: expected one character, got \"::\""
        ),
        (
            "data.csv, 'x', {}",
            "data.csv: label: expected the name or the number of the label's column, got nil"
        ),
        (
            "data.csv, 'x', { label = 1, missing = 'maen' }",
            "data.csv: missing: expected \"error\", \"drop\", \"mean\" or a number, got \"maen\""
        ),
        (
            "data.csv, 'x', { label = 1, missing = 1e300 }",
            "data.csv: missing: expected a finite number, got 1e+300"
        ),
        (
            "data.csv, 'x', { label = 1, drop = 'id' }",
            "data.csv: drop: expected an array, got \"id\""
        ),
        (
            "data.csv, 'x', { label = 1, columns = { 1 }, drop = { 2 } }",
            "data.csv: drop: expected nothing beside columns, got a table"
        ),
        (
            "data.csv, 'x', { label = 1, decimal = ', ' }",
            "data.csv: decimal: expected one character, got \", \""
        ),
        (
            "data.csv, 'x', { label = 1, skip = -1 }",
            "data.csv: skip: expected an integer of at least 0, got -1"
        ),
        (
            "data.csv, 'x', { label = 1, names = { 1 } }",
            "data.csv: names[1]: expected the name of a column, got 1"
        ),
        (
            "data.libsvm, 'x', { like = data.table({ { 1 } }, { 1 }), zero_based = true }",
            "data.libsvm: zero_based: expected nothing beside like, got true"
        ),
        ("data.csv, 'x', { label = 'y', separator = '' }", "expected one character, got \"\""),
    ])
    func wrongOptionsAreNamed(call: String, message: String) async {
        let lines = await lines("fails(\(call))")
        #expect(lines.count == 1 && lines[0].contains(message), "\(lines)")
    }

    /// Row 46 of the hostile scripts: every error names the file, and the line where there is one.
    @Test(arguments: [
        ("a,y\\n", "data.csv(path, { label = 'y' })", ": expected at least one row after"),
        ("a,y\\n1,2\\n3", "data.csv(path, { label = 'y' })", ":3: expected 2 cells, got 1"),
        (
            "a,y\\n1,2\\nNA,2", "data.csv(path, { label = 'y' })",
            ":3: expected a finite number in column a, got NA"
        ),
        (
            "a,y\\n1,2\\nnan,2", "data.csv(path, { label = 'y' })",
            ":3: expected a finite number in column a, got nan"
        ),
        (
            "\\0\\0\\8\\3\\0\\0", "data.idx { images = path, labels = path }",
            ": expected a header of 16 bytes, got a file of 6"
        ),
        (
            "\\31\\139\\8\\0", "data.idx { images = path, labels = path }",
            ": expected more packed bytes after byte 4"
        ),
        (
            "\\x93NUMPY\\1\\0", "data.npy { features = path, labels = path }",
            ": expected a NumPy array of format 1 to 3, got 8 bytes"
        ),
        (
            "PK\\3\\4", "data.npz(path, { features = 'x', labels = 'y' })",
            ": expected a directory at the end of the archive"
        ),
        ("1 1:1\\n1 1:x", "data.libsvm(path)", ":2: expected index:value"),
        ("", "data.libsvm(path)", ": expected at least one line"),
    ])
    func brokenFilesAreNamed(contents: String, call: String, message: String) async {
        let script = """
            local path = os.tmpname()
            do local f <close> = io.open(path, "wb") f:write("\(contents)") end
            fails(function() return \(call) end)
            os.remove(path)
            out(path)
            """
        let lines = await lines(script)
        #expect(lines.count == 2 && lines[0].contains("\(lines[1])\(message)"), "\(lines)")
    }

    /// Row 46 and issue 5: what makes no data set.
    @Test(arguments: [
        ("{}, {}", "features: expected at least one row of at least one number, got none"),
        ("{ { 1 }, { 2 } }, { 0 }", "labels: expected one label for each of the 2 rows, got 1"),
        (
            "{ { 1, 2 }, { 3 } }, { 0, 1 }",
            "features: expected 2 numbers in row 2, as in row 1, got 1"
        ),
        (
            "{ { 1 }, { 0/0 } }, { 0, 1 }",
            "features: expected a finite number in row 2, column 1, got"
        ),
        (
            "{ { 1 }, { 1e300 } }, { 0, 1 }",
            "data.table: features[2][1]: expected a number of at most 3.4e38 (float32), got 1e+300"
        ),
        (
            "{ { 1 }, { 2 } }, { 0, 1e39 }, { regression = true }",
            "data.table: labels[2]: expected a number of at most 3.4e38 (float32), got 1e+39"
        ),
        (
            "{ { 1 }, { math.huge } }, { 0, 1 }",
            "features: expected a finite number in row 2, column 1, got inf"
        ),
        (
            "{ { 1 }, { 'x' } }, { 0, 1 }",
            "data.table: features[2][1]: expected a number, got \"x\""
        ),
        ("{ { 1 }, { 2 } }, { 0, 0/0 }", "labels: expected a finite number in row 2, got"),
        (
            "{ { 1 }, { 2 } }, { 0, {} }",
            "data.table: labels[2]: expected a number, a string or a boolean"
        ),
        (
            "{ { 1 }, { 2 } }, { 0, 0/0 }, { regression = true }",
            "values: expected a finite number in row 2"
        ),
    ])
    func wrongTablesAreNamed(arguments: String, message: String) async {
        let lines = await lines("fails(data.table, \(arguments))")
        #expect(lines.count == 1 && lines[0].contains(message), "\(lines)")
    }

    /// Labels need not be 0…k−1: what was learnt comes back as it was given.
    @Test func labelsMayBeAnything() async {
        let script = """
            for _, labels in ipairs { { -7, 1000 }, { 2.5, 1 }, { "b", "a" }, { true, false } } do
              local ds = data.table({ { 0 }, { 1 } }, labels)
              local mlp = nn.MLPClassifier { hidden_layer_sizes = {}, solver = "lbfgs", alpha = 0 }
              mlp:fit(ds)
              local p = mlp:predict(ds)
              out(p[1] == labels[1], p[2] == labels[2], mlp.classes[1] == ds.classes[1], mlp:score(ds))
            end
            """
        #expect(
            await lines(script) == Array(repeating: "true true true 1.0", count: 4))
    }

    /// Row 47 of the hostile scripts and issue 5.
    @Test(arguments: [
        ("{ batch_size = 5 }", "mlp:partial_fit(two)", "batch_size: expected"),
        ("{}", "mlp:fit(data.table({ { 1 }, { 2 } }, { 1, 1 }))", "at least two classes, got"),
        (
            "{}", "mlp:predict(two)",
            "predict: the network has not been trained yet, call fit or partial_fit first"
        ),
        ("{}", "mlp:predict_proba(two)", "the network has not been trained yet"),
        ("{}", "mlp:time_predict(two)", "the network has not been trained yet"),
        ("{}", "mlp:save(os.tmpname())", "the network has not been trained yet"),
        (
            "{}", "mlp:fit(two) mlp:predict(wide)",
            "the network was trained on 1 features, the data set has 2"
        ),
        (
            "{}", "mlp:fit(two) mlp:score(wide)",
            "the network was trained on 1 features, the data set has 2"
        ),
        (
            "{}", "mlp:fit(two) mlp:partial_fit(wide)",
            "the network was trained on 1 features, the data set has 2"
        ),
        (
            "{}", "mlp:fit(data.table({ { 1 }, { 2 } }, { 1, 2 }, { regression = true }))",
            "expected"
        ),
        (
            "{ hidden_layer_sizes = { 0 } }", "",
            "hidden_layer_sizes: expected integers of at least 1, got 0"
        ),
        (
            "{ hidden_layer_sizes = { 4, -1 } }", "",
            "hidden_layer_sizes: expected integers of at least 1, got -1"
        ),
        ("{ hidden_layer_sizes = { 1e9, 1e9 } }", "mlp:fit(two)", "not enough memory"),
        ("{ hidden_layer_sizes = { math.maxinteger } }", "mlp:fit(two)", "not enough memory"),
        ("{ learning_rate_init = 0/0 }", "", "learning_rate_init: expected"),
    ])
    func badInputIsNamed(options: String, calls: String, message: String) async {
        let script = """
            local two = data.table({ { 1 }, { 2 } }, { 1, 2 })
            local wide = data.table({ { 1, 1 }, { 2, 2 } }, { 1, 2 })
            fails(function()
              local mlp = nn.MLPClassifier(\(options))
              \(calls)
            end)
            """
        let lines = await lines(script)
        #expect(
            lines.count == 1 && lines[0].hasPrefix("script.lua:") && lines[0].contains(message),
            "\(lines)")
    }

    /// Row 47: no hidden layer is a linear model.
    @Test func noHiddenLayerTrains() async {
        let script = """
            local mlp = nn.MLPClassifier { hidden_layer_sizes = {} }
            mlp:fit(data.table({ { 1 }, { 2 } }, { 1, 2 }))
            out(mlp.n_parameters)
            """
        #expect(await lines(script) == ["2"])
    }

    /// Row 48: the trial continues, its metrics are what they are, and none is on the front.
    @Test func aLossThatIsNoNumberIsReportedAndNeverOnTheFront() async {
        let train = """
            local mlp = nn.MLPClassifier {
              hidden_layer_sizes = { 4 }, solver = "sgd", activation = "identity", batch_size = 20,
              learning_rate_init = args.x > 0.5 and 1e30 or 1e-3, seed = 1 }
            for epoch = 1, 9 do
              mlp:partial_fit(small)
              local loss = mlp:loss(small)
              reporter { epoch = epoch, loss = loss, score = mlp:score(small) }
            end
            """
        let run = await ScriptRun.of(
            smallData
                + experiment(
                    train, fields: "parallel_trials = 1, seed = 3,", trials: 6)
                    + """
                    local good, bad = 0, 0
                    for _, trial in ipairs(study.trials) do
                      local reports = study.history[trial.id]
                      local last = reports[#reports].loss
                      if trial.args.x > 0.5 then
                        bad = bad + 1
                        out(last ~= last or last == math.huge, trial.state ~= "failed")
                      else good = good + 1 end
                    end
                    out(good > 0, bad > 0)
                    for _, point in ipairs(study:pareto_front()) do out(point.args.x <= 0.5) end
                    """)
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        #expect(
            run.lines.count >= 4 && run.lines.allSatisfy { !$0.contains("false") }, "\(run.lines)")
    }
}
