#!/usr/bin/env mohpo-lua
-- Three objectives and a constraint: a network for a device with little memory.
--
-- Accurate, small and quick to train; and it must fit: what is larger than `most` parameters is of no
-- use, however accurate it is. Reports that break the constraint are never on the front.
--
--   mohpo-lua scripts/constraint.lua           writes constraint.html beside you
--   mohpo-lua scripts/constraint.lua 60        with at most 60 parameters

local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"

local most = tonumber(arg[1] or 120)

math.randomseed(1)                            -- two spirals: which one does a point lie on?
local points, arms = {}, {}
for i = 1, 600 do
  local turn, arm = 3 * math.sqrt(math.random()), i % 2
  local angle = turn * math.pi / 1.5 + arm * math.pi
  points[i] = { turn * math.cos(angle) + 0.1 * math.random(), turn * math.sin(angle) }
  arms[i] = arm == 0 and "first" or "second"
end
local train, test = data.table(points, arms):split(0.7, { seed = 1, stratify = true })

local study = ag.experiment {
  name = "constraint",
  space = {
    layers = ag.Int(1, 3),
    width = ag.Int(2, 32, { log = true }),
    rate = ag.Real(1e-3, 1e-1, { log = true }),
  },
  objectives = { accuracy = "MAX", parameters = "MIN", operations = "MIN" },
  constraints = { parameters = { max = most } },
  scheduler = ag.hyperband { max_t = 27 },
  num_trials = 30,
  seed = 1,
  train = function(args, reporter)
    local hidden = {}
    for i = 1, args.layers do hidden[i] = args.width end
    local mlp = nn.MLPClassifier { hidden_layer_sizes = hidden, learning_rate_init = args.rate }
    for epoch = 1, 27 do
      mlp:partial_fit(train)
      reporter {
        epoch = epoch,
        accuracy = mlp:score(test),
        parameters = mlp.n_parameters,
        operations = mlp.n_parameters * epoch,      -- what its training has cost
      }
    end
  end,
}:run()

print(study)

local feasible, all = 0, 0
for _, reports in ipairs(study.history) do
  for _, report in ipairs(reports) do
    all = all + 1
    feasible = feasible + (report.feasible and 1 or 0)
  end
end
print(("\n%d of %d reports have at most %d parameters"):format(feasible, all, most))

print "\nPareto front, one point a trial"
for _, point in ipairs(study:pareto_front { per = "trial" }) do
  print(("  accuracy %.3f  parameters %3d  operations %5d  %d × %d"):format(
    point.accuracy, point.parameters, point.operations, point.args.layers, point.args.width))
  assert(point.parameters <= most)
end

study:plot "constraint.html"
