#!/usr/bin/env mohpo-lua
-- Learning curves with a known front: a toy to compare scheduler settings on, in no time.
--
-- A "network" of so many units has an error it cannot get below, and comes down to it as fast as its
-- learning rate is good. More units: less error, slower predictions. What is best is known for every
-- number of units, so the front found can be held against the true one.
--
--   mohpo-lua scripts/learning_curves.lua              type = "stopping"
--   mohpo-lua scripts/learning_curves.lua promotion

local ag = require "mohpo"

local epochs = 81
local best_rate = 0.01

-- The error that so many units end at.
local function floor(units) return 0.02 + 0.4 / units end

-- The share of its way down that a training has not gone yet after an epoch: the further the rate is
-- from the best one, the slower.
local function rest(rate, epoch)
  local off = math.log(rate / best_rate, 10)
  return math.exp(-0.2 * epoch * math.exp(-off ^ 2))
end

local function error_at(units, rate, epoch)
  return floor(units) + (0.9 - floor(units)) * rest(rate, epoch)
end

local objectives = { error = "MIN", time = "MIN" }

local experiment = ag.experiment {
  name = "learning curves",
  space = {
    units = ag.Int(1, 64, { log = true }),
    rate = ag.Real(1e-5, 1, { log = true }),
  },
  objectives = objectives,
  scheduler = ag.hyperband { max_t = epochs, type = arg[1] or "stopping" },
  scalarization_options = { algorithm = "nondominated" },
  num_trials = 1000,
  parallel_trials = 4,
  seed = 1,
  train = function(args, reporter)
    for epoch = 1, epochs do
      reporter {
        epoch = epoch,
        error = error_at(args.units, args.rate, epoch),
        time = args.units * 1e-3,
        elapsed = epoch * (0.5 + 0.05 * args.units),
      }
    end
  end,
}

local study = ag.simulate(experiment)
print(study)

local known = {}
for units = 1, 64 do
  known[units] = { error = error_at(units, best_rate, epochs), time = units * 1e-3 }
end
local reference = { error = 1, time = 0.065 }
local share = study:hypervolume { reference = reference }
  / ag.hypervolume(known, objectives, reference)
print(("\nhypervolume: %.1f %% of the known front's, after %.0f simulated seconds"):format(
  100 * share, study.seconds))

print("\nunits  least error  found")
local found = {}
for _, point in ipairs(study:pareto_front()) do
  local units = point.args.units
  if not found[units] or point.error < found[units] then found[units] = point.error end
end
for _, units in ipairs { 1, 2, 4, 8, 16, 32, 64 } do
  print(("%5d  %11.4f  %s"):format(
    units, known[units].error, found[units] and ("%.4f"):format(found[units]) or "-"))
end
