#!/usr/bin/env mohpo-lua
-- A first experiment: which small network tells the points inside a circle from those outside?
--
-- It needs no data and takes a moment. docs/first-experiment.md explains it line by line.
--
--   mohpo-lua scripts/circle.lua           writes circle.svg beside you, and studies/circle.db
--   mohpo-lua check scripts/circle.lua     shows what would be run

local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"

math.randomseed(1)                            -- 1,000 points: which of them lie in the circle?
local points, inside = {}, {}
for i = 1, 1000 do
  local x, y = math.random(), math.random()
  points[i], inside[i] = { x, y }, (x - 0.5) ^ 2 + (y - 0.5) ^ 2 < 0.16
end
local train, test = data.table(points, inside):split(0.7)

local study = ag.experiment {
  space = { width = ag.Int(2, 64, { log = true }), rate = ag.Real(1e-4, 1e-1, { log = true }) },
  objectives = { accuracy = "MAX", parameters = "MIN" },
  scheduler = ag.hyperband { max_t = 81 },    -- compared after 3, 9 and 27 epochs
  num_trials = 40, seed = 1,
  train = function(args, reporter)
    local mlp = nn.MLPClassifier { hidden_layer_sizes = { args.width }, learning_rate_init = args.rate }
    for epoch = 1, 81 do
      mlp:partial_fit(train)
      reporter { epoch = epoch, accuracy = mlp:score(test), parameters = mlp.n_parameters }
    end
  end,
}:run()

print(study)
print(study:pareto_front())
study:plot "circle.svg"
