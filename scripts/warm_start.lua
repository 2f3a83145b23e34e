#!/usr/bin/env mohpo-lua
-- Warm start: a second study begins with what was best in the first.
--
-- A small network is tuned on a part of the data, which costs little. A second study on all of it
-- tries the configurations of the first front after the default one, before any other. Its space has
-- one more parameter, which starts at its default.
--
--   mohpo-lua scripts/warm_start.lua
--   mohpo-lua scripts/warm_start.lua studies/circle.db     from a study of another script

local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"

math.randomseed(1)
local points, inside = {}, {}
for i = 1, 1000 do
  local x, y = math.random(), math.random()
  points[i], inside[i] = { x, y }, (x - 0.5) ^ 2 + (y - 0.5) ^ 2 < 0.16
end
local train, test = data.table(points, inside):split(0.7, { seed = 1 })

local space = { width = ag.Int(2, 64, { log = true }), rate = ag.Real(1e-4, 1e-1, { log = true }) }

local function experiment(name, examples, options)
  return ag.experiment {
    name = name,
    space = options.space,
    objectives = { accuracy = "MAX", parameters = "MIN" },
    scheduler = ag.hyperband { max_t = 81 },
    num_trials = 40,
    warm_start = options.warm_start,
    seed = options.seed,
    train = function(args, reporter)
      local mlp = nn.MLPClassifier {
        hidden_layer_sizes = { args.width }, learning_rate_init = args.rate,
        alpha = options.space.alpha and args.alpha or 1e-4,
      }
      for epoch = 1, 81 do
        mlp:partial_fit(examples)
        reporter { epoch = epoch, accuracy = mlp:score(test), parameters = mlp.n_parameters }
      end
    end,
  }
end

local function part()
  local study = experiment("warm_start_part", train:split(0.5, { seed = 2 }), {
    space = space, seed = 1,
  }):run()
  print(study)
  return study
end

local study = experiment("warm_start", train, {
  space = { width = space.width, rate = space.rate, alpha = ag.Real(1e-6, 1e-2, { log = true }) },
  warm_start = { arg[1] or part() },
  seed = 2,
}):run()
print(study)

print "\nthe first trials"
for _, trial in ipairs(study.trials) do
  if trial.id > 6 then break end
  print(("  trial %d  width %2d  rate %.5f  %s"):format(
    trial.id, trial.args.width, trial.args.rate, study:explain(trial.id):match "[^\n]+"))
end
