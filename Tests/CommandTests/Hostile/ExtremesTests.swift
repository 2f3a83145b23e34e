import Subprocess
import Testing

/// Every function and method of the API, called with the extremes of every type of number, and with every
/// global replaced by junk: errors, and no end of the process.
@Suite struct ExtremesTests {
    @Test func noNumberEndsTheProcess() async throws {
        let folder = try Folder()
        try folder.write(Self.script, to: "s.lua")
        let command = try await Command.run(
            ["--quiet", "--workers", "2", "--memory-limit", "512M", "--study", "memory", "s.lua"],
            in: folder)
        // A study of extremes may end with failed trials alone, which is status 1.
        #expect(
            [.exited(0), .exited(1)].contains(command.status), "\(command.errors.suffix(2000))")
        #expect(command.output.hasSuffix("true\tdone\n"))
    }

    @Test(arguments: [
        "nil", "{}", "function() return 1 end", "function() error('junk') end", "0/0",
    ])
    func noGlobalIsTrusted(junk: String) async throws {
        for place in ["before", "after"] {
            let folder = try Folder()
            try folder.write(
                """
                local where = "\(place)"
                local require, pcall, next, type, write = require, pcall, next, type, io.write
                local function replace()
                  local libraries = { _G, coroutine, debug, io, math, os, string, table, utf8 }
                  local names = {}
                  for i = 1, #libraries do
                    for name in next, libraries[i] do names[#names + 1] = { libraries[i], name } end
                  end
                  for i = 1, #names do
                    if names[i][2] ~= "package" then names[i][1][names[i][2]] = \(junk) end
                  end
                end
                if where == "before" then replace() end
                local ok, ag = pcall(require, "mohpo")
                local data, nn = require "mohpo.data", require "mohpo.nn"
                if where == "after" then replace() end
                pcall(function()
                  local ds = data.table({ { 0 }, { 1 } }, { 1, 2 })
                  local study = ag.experiment { space = { x = ag.Real(0, 1), c = ag.Categorical("a", "b") },
                    objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 2 }, num_trials = 2,
                    train = function(args, reporter)
                      local mlp = nn.MLPClassifier { max_iter = 1 }
                      for e = 1, 2 do
                        mlp:partial_fit(ds)
                        reporter:checkpoint { e = e }
                        reporter { epoch = e, loss = args.x }
                      end
                    end }:run()
                  local text = study:pareto_front()[1].args.c .. study:explain(1)
                end)
                write "done"
                """, to: "s.lua")
            let command = try await Command.run(
                ["--quiet", "--study", "memory", "s.lua"], in: folder)
            #expect(command.output == "done", "\(place): \(command.errors)")
            #expect(command.status == .exited(0), "\(place): \(command.errors)")
        }
    }

    private static let script = #"""
        local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
        local nan, inf = 0 / 0, math.huge
        local extremes = { math.mininteger, math.maxinteger, math.mininteger + 1, -1, 0, 1, (1 << 53) + 1, 1 << 31,
          1 << 32, 2e20, -2e20, 1e308, -1e308, 5e-324, inf, -inf, nan, 0.5, "\0", "", {}, false }

        local function experiment(change)
          local t = { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 2, time_out = 0.5,
            scheduler = ag.hyperband { max_t = 2 },
            train = function(args, reporter) for e = 1, 2 do reporter { epoch = e, loss = e } end end }
          change(t)
          return ag.experiment(t)
        end

        -- Every function that can be reached from a value: its fields and what is hidden behind its metatable.
        local function functions(value)
          local found, seen = {}, {}
          local function visit(value, name)
            if seen[value] then return end
            if type(value) == "table" then
              seen[value] = true
              for key, field in next, value do visit(field, tostring(key)) end
            elseif type(value) == "function" then
              seen[value] = true
              if name ~= "__gc" and name ~= "simulate" then found[#found + 1] = { name, value } end
              for i = 1, 255 do
                local upvalue, inner = debug.getupvalue(value, i)
                if not upvalue then break end
                if type(inner) == "table" or type(inner) == "function" then visit(inner, name) end
              end
            end
          end
          if type(value) == "table" then visit(value, "?") end
          local meta = debug.getmetatable(value)
          if type(meta) == "table" then visit(meta, "?") end
          return found
        end

        local small = data.table({ { 0, 1 }, { 1, 0 }, { 1, 1 }, { 0, 0 } }, { 1, 2, 1, 2 })
        local mlp = nn.MLPClassifier { hidden_layer_sizes = { 2 }, max_iter = 1 }
        mlp:fit(small)
        local regressor = nn.MLPRegressor { hidden_layer_sizes = { 2 }, max_iter = 1 }
        regressor:fit(data.table({ { 0 }, { 1 } }, { 1, 2 }, { regression = true }))
        local done = experiment(function() end)
        local study = done:run()
        local objects = { ag = ag, nn = nn, data = data, small = small, mlp = mlp, regressor = regressor, study = study,
          space = done.space, domain = ag.Int(1, 3), real = ag.Real(0, 1), choice = ag.Choice { a = {}, b = {} },
          hyperband = ag.hyperband { max_t = 3 } }
        local calls = 0
        local function try(...)
          calls = calls + 1
          pcall(...)
        end

        for name, object in pairs(objects) do
          for _, f in ipairs(functions(object)) do
            for _, x in ipairs(extremes) do
              io.stderr:write("")
              try(f[2], x)
              try(f[2], object, x)
              try(f[2], x, x)
              try(f[2], object, x, x)
              try(f[2], x, x, { default = x, step = x })
              try(f[2], x, x, { log = true })
              try(f[2], object, small, x)
              try(f[2], object, small, { seed = x, stratify = true })
              try(f[2], object, x, { seed = x })
              try(f[2], { x })
              try(f[2], { { x, x } }, { x })
              try(f[2], { { loss = x, cost = x } }, { loss = "MIN", cost = "MAX" }, { loss = x, cost = x })
            end
          end
        end

        local function each_option(names, make)
          for _, name in ipairs(names) do
            for _, x in ipairs(extremes) do try(make, name, x) end
          end
        end
        each_option({ "max_t", "grace_period", "reduction_factor", "brackets" }, function(name, x)
          local options = { max_t = 9 }
          options[name] = x
          experiment(function(t) t.scheduler = ag.hyperband(options) end):run()
        end)
        each_option({ "rung_levels" }, function(name, x) ag.hyperband { max_t = 9, rung_levels = { 1, x } } end)
        each_option({ "num_weights", "rho" }, function(name, x)
          experiment(function(t) t.scalarization_options = { algorithm = "parego", [name] = x } end):run()
        end)
        each_option({ "num_trials", "time_out", "trial_time_out", "parallel_trials", "seed", "retries", "name", "order" },
          function(name, x)
            experiment(function(t)
              t[name] = x
              t.train = function(args, reporter)
                mlp:score(small)
                reporter { epoch = 1, loss = 1 }
              end
              if name ~= "num_trials" and name ~= "time_out" then return end
              t.num_trials, t.stop = 2, nil
              t[name] = x
            end)
            if name == "num_trials" or name == "time_out" then return end
            experiment(function(t) t[name] = x end):run()
          end)
        each_option({ "hidden_layer_sizes", "alpha", "batch_size", "learning_rate_init", "power_t", "momentum", "beta_1",
          "beta_2", "epsilon", "max_iter", "tol", "n_iter_no_change", "validation_fraction", "seed" }, function(name, x)
            for _, make in ipairs { nn.MLPClassifier, nn.MLPRegressor } do
              if name == "max_iter" and type(x) == "number" and x > 10 then return end
              local network = make { hidden_layer_sizes = { 2 }, max_iter = 2, early_stopping = name == "validation_fraction",
                [name] = x }
              network:fit(small)
            end
          end)
        each_option({ "epoch", "loss", "other" }, function(name, x)
          experiment(function(t)
            t.train = function(args, reporter)
              local report = { epoch = 1, loss = 1 }
              report[name] = x
              reporter(report)
              reporter:checkpoint { x, k = x }
            end
          end):run()
        end)
        print(calls > 5000, "done")
        """#
}
