#!/usr/bin/env mohpo-lua
-- Known functions to compare schedulers and searchers on: three of ZDT's, and learning curves.
--
-- Nothing is trained and no time passes. Every experiment spends the resource of 25 full trials, so
-- that what is compared is the front for the same work.
--
--   mohpo-lua bench scripts/known_functions.lua --seeds 10 --settings scripts/settings/*.lua
--   mohpo-lua scripts/known_functions.lua             draws the front of each
--
-- Source: Zitzler, Deb, Thiele 2000, "Comparison of multiobjective evolutionary algorithms"; Jin 1998
-- and Domhan and others 2015 for shapes of learning curves.

local ag = require "mohpo"

local epochs = 27

-- Two objectives of the values x, at the end of a training.
local problems = {
  zdt1 = function(x, g) return x[1], g * (1 - math.sqrt(x[1] / g)) end,
  zdt2 = function(x, g) return x[1], g * (1 - (x[1] / g) ^ 2) end,
  zdt3 = function(x, g)
    return x[1], g * (1 - math.sqrt(x[1] / g) - x[1] / g * math.sin(10 * math.pi * x[1]))
  end,
}

-- ZDT's g: 1 on the front, where all values but the first are 0; here at 0.3, so that no end of a range
-- is best.
local function distance(x)
  local sum = 0.0
  for i = 2, #x do sum = sum + math.abs(x[i] - 0.3) end
  return 1 + 9 * sum / (#x - 1)
end

local function zdt(name)
  local space = {}
  for i = 1, 6 do space[i] = ag.Real(0, 1) end
  return {
    name = name, space = { x = space, epochs = epochs }, objectives = { { "f1", "MIN" }, { "f2", "MIN" } },
    train = function(args, reporter)
      local x = args.x
      for epoch = 1, epochs do
        -- What is far from the front looks alike in its first epochs.
        local rest = math.exp(-4 * epoch / epochs)
        local f1, f2 = problems[name](x, distance(x) * (1 - rest) + 5 * rest)
        reporter { epoch = epoch, f1 = f1, f2 = f2, elapsed = epoch }
      end
    end,
  }
end

-- The error and the time of a network: the error falls as a power of the epochs, faster with the right
-- rate, to a floor that more units put lower.
local curves = {
  name = "curves", objectives = { { "error", "MIN" }, { "seconds", "MIN" } },
  space = {
    units = ag.Int(4, 512, { log = true }), layers = ag.Int(1, 4),
    rate = ag.Real(1e-5, 1, { log = true }), momentum = ag.Real(0, 0.99),
    decay = ag.Real(1e-7, 1e-1, { log = true }), solver = ag.Categorical("sgd", "adam"),
    epochs = epochs,
  },
  train = function(args, reporter)
    local best = args.solver == "adam" and 2e-3 or 5e-2 * (1 - args.momentum)
    local off = math.log(args.rate / best, 10)
    local speed = math.exp(-off ^ 2)
    local floor = 0.03 + 0.5 / args.units ^ 0.6 + 0.02 * math.abs(args.layers - 2)
      + 0.01 * math.log(args.decay / 1e-4, 10) ^ 2
    for epoch = 1, epochs do
      reporter {
        epoch = epoch, error = floor + (0.9 - floor) * (1 + epoch) ^ (-1.2 * speed),
        seconds = args.units * args.layers / 1000 * epoch, elapsed = epoch,
      }
    end
  end,
}

for _, problem in ipairs { zdt "zdt1", zdt "zdt2", zdt "zdt3", curves } do
  problem.scheduler = ag.hyperband {}       -- up to the constant `epochs` of the space
  problem.budget = 25 * epochs
  problem.seed = 1
  local study = ag.simulate(ag.experiment(problem))
  print(study)
  study:plot(problem.name .. ".svg")
end
