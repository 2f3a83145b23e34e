#!/usr/bin/env mohpo-lua
-- Three objectives, a conditional space and trials that pause: what mnist.lua does not show.
--
-- The "model" is a formula, so this runs in a moment and needs no data. It stands for anything that
-- gets better with time: replace `train` with your own. Every optimizer has parameters of its own,
-- and a trial has only those of the one it got.
--
--   mohpo-lua scripts/toy.lua             writes toy.html beside you
--   mohpo-lua check scripts/toy.lua       shows what would be run

local ag = require "mohpo"

-- How fast the error falls: each optimizer has its best setting.
local function speed(optimizer)
  if optimizer.name == "sgd" then
    return 0.5 - math.abs(math.log(optimizer.rate / 0.05, 10)) / 8 + 0.3 * optimizer.momentum
  elseif optimizer.name == "adam" then
    return 0.9 - math.abs(math.log(optimizer.rate / 0.002, 10)) / 4
  end
  return 0.4                              -- newton: nothing to set
end

-- One trial: the error falls from step to step to a level that a wider model puts lower.
local function train(args, reporter)
  local floor = 0.5 / args.model.width ^ 0.5 + (args.model.bias and 0 or 0.05)
  local cost = args.optimizer.name == "newton" and 4 or 1
  local err = 1.0
  for step = 1, 27 do
    err = err - (err - floor) * math.max(0.02, speed(args.optimizer)) / 3
    reporter {
      step = step,
      error = err + 0.01 * math.random(),          -- the trial's own random numbers
      size = args.model.width * 8 + (args.model.bias and 1 or 0),
      seconds = cost * args.model.width * step / 1000,
    }
  end
end

local experiment = ag.experiment {
  space = {
    model = { width = ag.Ordinal(4, 8, 16, 32, 64), bias = ag.Bool() },
    optimizer = ag.Choice {
      sgd = { rate = ag.Real(1e-4, 1, { log = true }), momentum = ag.Real(0, 0.9) },
      adam = { rate = ag.Real(1e-5, 1e-1, { log = true }) },
      newton = {},
    },
  },
  objectives = { error = "MIN", size = "MIN", seconds = "MIN" },
  -- A trial pauses at every rung. The best of a rung continue later, from where they were.
  scheduler = ag.hyperband { time_attr = "step", max_t = 27, type = "promotion" },
  scalarization_options = { algorithm = "nondominated" },
  num_trials = 60,
  seed = 1,
  train = train,
}

local study = experiment:run()
print(study)

-- Every report counts as a point; what a trial was worth in the end is often what is wanted.
print "\nPareto front, one point a trial"
for _, point in ipairs(study:pareto_front { per = "trial" }) do
  print(("  error %.3f  size %3d  seconds %.3f  after step %2d  %s"):format(
    point.error, point.size, point.seconds, point.step, point.args.optimizer))
end

-- How far did each optimizer get?
local count, finished = {}, {}
for _, trial in ipairs(study.trials) do
  local name = trial.args.optimizer.name
  count[name] = (count[name] or 0) + 1
  finished[name] = (finished[name] or 0) + (trial.state == "completed" and 1 or 0)
end
print "\noptimizer  trials  completed"
for _, name in ipairs { "adam", "newton", "sgd" } do
  print(("%-9s  %6d  %9d"):format(name, count[name] or 0, finished[name] or 0))
end

local best = study:best "error"
if best then                              -- there is none when the experiment is only checked
  print("\nthe least error: " .. tostring(best))
  print("why that trial continued:\n" .. study:explain(best.trial))
end

study:plot "toy.html"
