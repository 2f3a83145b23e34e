#!/usr/bin/env mohpo-lua
-- One study, two machines: its trials run on both, and the search is that of one.
--
-- The study is kept in a PostgreSQL database that both machines reach; docs/scale-out.md makes one in
-- five minutes. Each machine has this script and runs a command of its own:
--
--   mohpo-lua --study postgres://me@db.example/tuning scripts/two_machines.lua
--   mohpo-lua worker --study postgres://me@db.example/tuning scripts/two_machines.lua
--
-- When one machine goes away, its trials continue on the other from their last checkpoints. Without
-- --study it is an experiment like any other.

local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"

math.randomseed(1)                            -- the same points on both machines
local points, inside = {}, {}
for i = 1, 1000 do
  local x, y = math.random(), math.random()
  points[i], inside[i] = { x, y }, (x - 0.5) ^ 2 + (y - 0.5) ^ 2 < 0.16
end
local train, test = data.table(points, inside):split(0.7, { seed = 1 })

local study = ag.experiment {
  name = "two_machines",
  space = { width = ag.Int(2, 64, { log = true }), rate = ag.Real(1e-4, 1e-1, { log = true }) },
  objectives = { accuracy = "MAX", parameters = "MIN" },
  scheduler = ag.hyperband { max_t = 81 },
  num_trials = 40, parallel_trials = 8, seed = 1,
  train = function(args, reporter)
    local kept = reporter:restore() or {
      epoch = 0,
      mlp = nn.MLPClassifier { hidden_layer_sizes = { args.width }, learning_rate_init = args.rate },
    }
    local mlp = kept.mlp
    for epoch = kept.epoch + 1, 81 do
      mlp:partial_fit(train)
      reporter { epoch = epoch, accuracy = mlp:score(test), parameters = mlp.n_parameters }
      if epoch % 9 == 0 then reporter:checkpoint { epoch = epoch, mlp = mlp } end
    end
  end,
}:run()

print(study)
print(study:pareto_front())
